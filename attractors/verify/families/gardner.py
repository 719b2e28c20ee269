"""Gardner's bound on any rule."""

from __future__ import annotations

from attractors import theory
from attractors.catalog import Measured
from attractors.verify.families.family import Family, exactly, real
from attractors.verify.row import Parameters


def by_margin(parameters: Parameters, seed: int) -> Measured:
    """Return α_c of ±1 patterns at a margin."""
    return exactly(theory.gardner_capacity(real(parameters, "kappa")))


def by_activity(parameters: Parameters, seed: int) -> Measured:
    """Return α_c of sparse patterns without a margin."""
    return exactly(theory.gardner_capacity(0.0, real(parameters, "f")))


FAMILIES = (Family("gard", by_margin), Family("gardf", by_activity))
