"""What a spike does to a variable of its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Receptor:
    """One variable of the target that a spike adds to.

    Parameters
    ----------
    variable : str
        Its name in the target's equations.
    jump : float
        What a spike through a synapse of strength 1 adds.
    unit : str
        Unit of the variable, e.g. ``"nS"``.
    saturating : bool
        Whether a spike opens a share of what is still closed at its source (NMDA).
    """

    variable: str
    jump: float
    unit: str
    saturating: bool = False
