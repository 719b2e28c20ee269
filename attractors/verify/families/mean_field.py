"""What is solved from mean-field equations, or computed exactly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from attractors import theory
from attractors.catalog import Measured
from attractors.verify.families.family import Family, exactly, real, whole
from attractors.verify.row import Parameters

# of Kanerva's book: bits of a word, hard locations, radius; capacity at this activation
BITS, LOCATIONS, RADIUS, ACTIVATION = 1000, 1e6, 451, 0.001
# patterns since, over which the slope of a chain's trace is taken
AGES = np.arange(20, 301)


def solved(prefix: str, function: Callable[..., float], *names: str) -> Family:
    """Return the family of a function of a row's parameters, real numbers in this order."""

    def measure(parameters: Parameters, seed: int) -> Measured:
        return exactly(float(function(*(real(parameters, name) for name in names))))

    return Family(prefix, measure)


def counted(prefix: str, function: Callable[..., float], *names: str) -> Family:
    """Return the same where the parameters are whole numbers."""

    def measure(parameters: Parameters, seed: int) -> Measured:
        return exactly(float(function(*(whole(parameters, name) for name in names))))

    return Family(prefix, measure)


def strongly_diluted(parameters: Parameters, seed: int) -> Measured:
    """Return the overlap at a load, α_c where none is given."""
    if "alpha" in parameters:
        return exactly(theory.strongly_diluted_overlap(real(parameters, "alpha")))
    return exactly(theory.strongly_diluted_capacity())


def shared_locations(distance: int) -> float:
    """Return the expected number of locations near both of two addresses."""
    return LOCATIONS * theory.kanerva_shared(BITS, RADIUS, distance)


def best_radius(bits: int, words: int, locations: float) -> float:
    """Return the radius of the largest signal-to-noise ratio."""
    return theory.kanerva_best_radius(bits, locations, words)


def slope() -> float:
    """Return the slope of the trace of Benna and Fusi's chain over age, both in logarithms."""
    trace = theory.chain_trace(AGES, 8, base=2.0, coupling=0.25)
    return float(np.polyfit(np.log(AGES), np.log(trace), 1)[0])


FAMILIES = (
    solved("hop_aM", theory.hopfield_transition_load),
    solved("hop_acT", lambda t: theory.hopfield_capacity(temperature=t), "T"),
    solved("hop_Tc", theory.hopfield_transition_temperature, "alpha"),
    solved("hop_mT", theory.hopfield_overlap, "alpha", "T"),
    solved("hkp", theory.hopfield_step_load, "P_error"),
    solved("symdil", theory.diluted_capacity, "c"),
    Family("dgz", strongly_diluted),
    counted("potts", theory.potts_capacity, "q"),
    solved("seq_ac", theory.sequence_capacity),
    solved("seq", theory.sequence_overlap, "alpha"),
    solved("bam_ac", theory.bidirectional_capacity),
    solved("bam", theory.bidirectional_overlap, "alpha"),
    solved("pal", theory.palimpsest_capacity, "eps"),
    solved("pal_min", theory.palimpsest_weakest),
    solved("bf_slope", slope),
    counted("chau", theory.polynomial_sequence_error, "d", "N", "P"),
    counted("kps", lambda n, k: theory.willshaw_binomial(n, k).bits, "n", "k"),
    counted("sdr", theory.false_match, "n", "w_stored", "theta", "w_query"),
    solved("sdm_p", lambda: theory.kanerva_activation(BITS, RADIUS)),
    solved("sdm_cap99", lambda: theory.kanerva_capacity(BITS, LOCATIONS, ACTIVATION, 0.99)),
    counted("sdm_I", shared_locations, "distance"),
    counted("sdm_snr", best_radius, "n", "m", "r"),
)
