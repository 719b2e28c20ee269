"""0/1 units that are active above a threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import ORDERS, Alphabet, Dynamics
from attractors.dynamics.fatigue import Adaptation, Depression, check_fatigue
from attractors.errors import ParameterError


@dataclass(frozen=True)
class Threshold(Dynamics):
    r"""0/1 units that are active while their field exceeds a threshold: :math:`s_j = [h_j > θ]`.

    At temperature T :math:`P(s_j = 1) = 1 / (1 + e^{-(h_j - θ) / T})`.

    Parameters
    ----------
    threshold : float
        θ, in units of the field (gain 1 gives active units a field 1 above inactive ones).
    temperature : float
        T, in units of the field.
    order : {"synchronous", "asynchronous"}
        Update order.
    adaptation : Adaptation, optional
        Thresholds that grow with recent activity.
    depression : Depression, optional
        Synapses that transmit less after recent activity; not of units in asynchronous order.

    Raises
    ------
    ParameterError
        If a value is not allowed.
    """

    threshold: float = 0.5
    temperature: float = 0.0
    order: str = "synchronous"
    adaptation: Adaptation | None = None
    depression: Depression | None = None
    values: ClassVar[Alphabet] = "01"

    def __post_init__(self) -> None:
        checks.real("Threshold", "threshold", self.threshold)
        checks.real("Threshold", "temperature", self.temperature, low=0.0)
        checks.choice("Threshold", "order", self.order, ORDERS)
        check_fatigue("Threshold", "adaptation", self.adaptation, Adaptation)
        check_fatigue("Threshold", "depression", self.depression, Depression)
        if self.depression is not None and self.order == "asynchronous":
            raise ParameterError(
                "Threshold: depressed synapses transmit once a step; use order='synchronous' or "
                "depression=None."
            )
