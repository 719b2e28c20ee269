"""Willshaw's memory: exact counting."""

from __future__ import annotations

from attractors import theory
from attractors.catalog import Measured
from attractors.verify.families.family import Family, exactly, whole
from attractors.verify.row import Parameters


def pairs(parameters: Parameters, seed: int) -> Measured:
    """Return the largest M at which ε = 0.01 of an answer is wrong."""
    found = theory.willshaw_capacity(whole(parameters, "n"), whole(parameters, "k"))
    return exactly(float(int(found)))


def false_positive(parameters: Parameters, seed: int) -> Measured:
    """Return the probability that a wrong unit fires on a whole cue."""
    size = (whole(parameters, name) for name in "nkM")
    return exactly(theory.willshaw_false_positive(*size))


FAMILIES = (Family("wil", pairs), Family("wp", false_positive))
