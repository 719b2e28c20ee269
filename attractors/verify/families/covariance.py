"""Sparse 0/1 patterns with the covariance rule, mean field at the best threshold."""

from __future__ import annotations

from attractors import theory
from attractors.catalog import Measured
from attractors.verify.families.family import Family, exactly, real
from attractors.verify.row import Parameters


def plain(parameters: Parameters, seed: int) -> Measured:
    """Return α_c where units send their states."""
    return exactly(theory.covariance_capacity(real(parameters, "a")))


def centred(parameters: Parameters, seed: int) -> Measured:
    """Return α_c where units send their states less their mean."""
    return exactly(theory.covariance_capacity(real(parameters, "a"), centred=True))


FAMILIES = (Family("cov01", plain), Family("covc", centred))
