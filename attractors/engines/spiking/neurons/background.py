"""Spikes that come from outside the circuit."""

from __future__ import annotations

from dataclasses import dataclass

from attractors import checks


@dataclass(frozen=True)
class Background:
    """Poisson spikes that every unit receives, each unit its own.

    Parameters
    ----------
    rate : float
        In Hz, all sources together.
    weight : float
        Of one spike, in the preset's own unit (mV, or nS of AMPA conductance).
    """

    rate: float
    weight: float

    def __post_init__(self) -> None:
        checks.real("Background", "rate", self.rate, low=0.0)
        checks.real("Background", "weight", self.weight, low=0.0, open=True)
