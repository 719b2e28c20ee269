"""Graded units in continuous time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import Alphabet, Dynamics

RESPONSES = ("sigmoid", "relu", "tanh")


@dataclass(frozen=True)
class Rate(Dynamics):
    r"""Graded units in continuous time: :math:`τ \dot r_j = -r_j + φ(h_j)`.

    φ is ``"sigmoid"``: :math:`1/(1+e^{-g(h-θ)})`, ``"relu"``: :math:`\max(0, g(h-θ))` or
    ``"tanh"``: :math:`\tanh(g(h-θ))`, with slope g and threshold θ. Both engines integrate
    with the exponential Euler method.

    Parameters
    ----------
    time_constant : float
        τ in ms.
    response : {"sigmoid", "relu", "tanh"}
        φ; ``"tanh"`` networks store ±1 patterns, the others 0/1.
    threshold : float
        θ, in units of the field.
    slope : float
        g, per unit of field.
    """

    time_constant: float = 20.0
    response: str = "sigmoid"
    threshold: float = 0.5
    slope: float = 8.0
    graded: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.real("Rate", "time_constant", self.time_constant, low=0.0, open=True)
        checks.choice("Rate", "response", self.response, RESPONSES)
        checks.real("Rate", "threshold", self.threshold)
        checks.real("Rate", "slope", self.slope, low=0.0, open=True)

    @property
    def values(self) -> Alphabet:
        """``"±1"`` for tanh units, ``"01"`` for the others."""
        return "±1" if self.response == "tanh" else "01"
