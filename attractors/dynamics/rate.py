"""Graded units in continuous time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import Alphabet, Dynamics
from attractors.dynamics.fatigue import Adaptation, Depression, check_fatigue
from attractors.errors import ParameterError

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
    adaptation : Adaptation, optional
        Thresholds that grow with recent activity; not for ``"tanh"``, whose off-state is active.
    depression : Depression, optional
        Synapses that transmit less after recent activity; not for ``"tanh"``.

    Notes
    -----
    With adaptation or depression a network leaves a stored pattern after a while and may jump
    to another that resembles it: latching.
    """

    time_constant: float = 20.0
    response: str = "sigmoid"
    threshold: float = 0.5
    slope: float = 8.0
    adaptation: Adaptation | None = None
    depression: Depression | None = None
    graded: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.real("Rate", "time_constant", self.time_constant, low=0.0, open=True)
        checks.choice("Rate", "response", self.response, RESPONSES)
        checks.real("Rate", "threshold", self.threshold)
        checks.real("Rate", "slope", self.slope, low=0.0, open=True)
        check_fatigue("Rate", "adaptation", self.adaptation, Adaptation)
        check_fatigue("Rate", "depression", self.depression, Depression)
        if self.response == "tanh" and (self.adaptation or self.depression):
            raise ParameterError(
                "Rate: tanh units are never at rest, so they cannot adapt or be depressed; use "
                "response='sigmoid' or 'relu'."
            )

    @property
    def values(self) -> Alphabet:
        """``"±1"`` for tanh units, ``"01"`` for the others."""
        return "±1" if self.response == "tanh" else "01"
