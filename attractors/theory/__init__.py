"""Theory beside the curves: solved from its equations, never tabulated."""

from attractors.theory.attention import attention_base, attention_capacity, exact_retrieval_margin
from attractors.theory.bidirectional import bidirectional_capacity, bidirectional_overlap
from attractors.theory.bounded import bounded_capacity, bounded_overlap
from attractors.theory.chain import chain_snr, chain_trace
from attractors.theory.cliques import clique_density, clique_error
from attractors.theory.covariance import (
    CovarianceState,
    Policy,
    covariance_capacity,
    covariance_critical,
)
from attractors.theory.dense import dense_capacity, dense_error, dense_error_limit
from attractors.theory.dilution import (
    diluted_capacity,
    diluted_overlap,
    strongly_diluted_capacity,
    strongly_diluted_overlap,
)
from attractors.theory.expansion import expansion_noise, expansion_readout_error
from attractors.theory.exponential import exponential_bound, exponential_capacity
from attractors.theory.gardner import gardner_capacity
from attractors.theory.hopfield import (
    HopfieldState,
    hopfield_capacity,
    hopfield_overlap,
    hopfield_state,
)
from attractors.theory.information import entropy, identification, transinformation
from attractors.theory.kanerva import kanerva_activation, kanerva_best_radius, kanerva_shared
from attractors.theory.kanerva_reading import (
    kanerva_capacity,
    kanerva_critical_distance,
    kanerva_distance,
)
from attractors.theory.linear import linear_memory_accuracy
from attractors.theory.matches import false_match, false_match_any, union_false_match
from attractors.theory.palimpsest import (
    palimpsest_best,
    palimpsest_capacity,
    palimpsest_overlap,
    palimpsest_weakest,
)
from attractors.theory.phases import (
    hopfield_glass_temperature,
    hopfield_phases,
    hopfield_transition_load,
    hopfield_transition_temperature,
)
from attractors.theory.polynomial_sequence import (
    polynomial_sequence_capacity,
    polynomial_sequence_error,
    polynomial_sequence_error_limit,
)
from attractors.theory.potts import potts_capacity, potts_overlap
from attractors.theory.scaffold import scaffold_information, scaffold_overlap
from attractors.theory.sequences import sequence_capacity, sequence_course, sequence_overlap
from attractors.theory.single_step import (
    hopfield_fixed_fraction,
    hopfield_step_error,
    hopfield_step_load,
)
from attractors.theory.switching import switching_lifetime, switching_snr
from attractors.theory.willshaw import (
    willshaw_capacity,
    willshaw_false_positive,
    willshaw_recall_load,
)
from attractors.theory.willshaw_binomial import WillshawBinomial, willshaw_binomial

__all__ = [
    "CovarianceState",
    "HopfieldState",
    "Policy",
    "WillshawBinomial",
    "attention_base",
    "attention_capacity",
    "bidirectional_capacity",
    "bidirectional_overlap",
    "bounded_capacity",
    "bounded_overlap",
    "chain_snr",
    "chain_trace",
    "clique_density",
    "clique_error",
    "covariance_capacity",
    "covariance_critical",
    "dense_capacity",
    "dense_error",
    "dense_error_limit",
    "diluted_capacity",
    "diluted_overlap",
    "entropy",
    "exact_retrieval_margin",
    "expansion_noise",
    "expansion_readout_error",
    "exponential_bound",
    "exponential_capacity",
    "false_match",
    "false_match_any",
    "gardner_capacity",
    "hopfield_capacity",
    "hopfield_fixed_fraction",
    "hopfield_glass_temperature",
    "hopfield_overlap",
    "hopfield_phases",
    "hopfield_state",
    "hopfield_step_error",
    "hopfield_step_load",
    "hopfield_transition_load",
    "hopfield_transition_temperature",
    "identification",
    "kanerva_activation",
    "kanerva_best_radius",
    "kanerva_capacity",
    "kanerva_critical_distance",
    "kanerva_distance",
    "kanerva_shared",
    "linear_memory_accuracy",
    "palimpsest_best",
    "palimpsest_capacity",
    "palimpsest_overlap",
    "palimpsest_weakest",
    "polynomial_sequence_capacity",
    "polynomial_sequence_error",
    "polynomial_sequence_error_limit",
    "potts_capacity",
    "potts_overlap",
    "scaffold_information",
    "scaffold_overlap",
    "sequence_capacity",
    "sequence_course",
    "sequence_overlap",
    "strongly_diluted_capacity",
    "strongly_diluted_overlap",
    "switching_lifetime",
    "switching_snr",
    "transinformation",
    "union_false_match",
    "willshaw_binomial",
    "willshaw_capacity",
    "willshaw_false_positive",
    "willshaw_recall_load",
]
