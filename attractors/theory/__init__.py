"""Theory beside the curves: solved from its equations, never tabulated."""

from attractors.theory.attention import attention_base, attention_capacity, exact_retrieval_margin
from attractors.theory.covariance import Policy, covariance_capacity
from attractors.theory.dense import dense_capacity, dense_error, dense_error_limit
from attractors.theory.expansion import expansion_noise, expansion_readout_error
from attractors.theory.exponential import exponential_bound, exponential_capacity
from attractors.theory.gardner import gardner_capacity
from attractors.theory.hopfield import hopfield_capacity, hopfield_overlap
from attractors.theory.information import entropy, identification, transinformation
from attractors.theory.kanerva import kanerva_activation, kanerva_best_radius, kanerva_shared
from attractors.theory.kanerva_reading import (
    kanerva_capacity,
    kanerva_critical_distance,
    kanerva_distance,
)
from attractors.theory.linear import linear_memory_accuracy
from attractors.theory.matches import false_match, false_match_any, union_false_match
from attractors.theory.polynomial_sequence import (
    polynomial_sequence_capacity,
    polynomial_sequence_error,
    polynomial_sequence_error_limit,
)
from attractors.theory.scaffold import scaffold_information, scaffold_overlap
from attractors.theory.willshaw import (
    willshaw_capacity,
    willshaw_false_positive,
    willshaw_recall_load,
)
from attractors.theory.willshaw_binomial import WillshawBinomial, willshaw_binomial

__all__ = [
    "Policy",
    "WillshawBinomial",
    "attention_base",
    "attention_capacity",
    "covariance_capacity",
    "dense_capacity",
    "dense_error",
    "dense_error_limit",
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
    "hopfield_overlap",
    "identification",
    "kanerva_activation",
    "kanerva_best_radius",
    "kanerva_capacity",
    "kanerva_critical_distance",
    "kanerva_distance",
    "kanerva_shared",
    "linear_memory_accuracy",
    "polynomial_sequence_capacity",
    "polynomial_sequence_error",
    "polynomial_sequence_error_limit",
    "scaffold_information",
    "scaffold_overlap",
    "transinformation",
    "union_false_match",
    "willshaw_binomial",
    "willshaw_capacity",
    "willshaw_false_positive",
    "willshaw_recall_load",
]
