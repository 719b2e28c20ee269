"""0/1 units of which the k with the largest field are active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import Alphabet, Dynamics
from attractors.dynamics.fatigue import Adaptation, Depression, check_fatigue
from attractors.errors import ParameterError


@dataclass(frozen=True)
class KWinners(Dynamics):
    """0/1 units of which at most k are active: those with the largest field.

    Parameters
    ----------
    k : int
        Number of winners.
    threshold : float or None
        Winners must have a field above it; ``None`` takes exactly k whatever their field.
    temperature : float
        Scale of the Gumbel noise added to the fields before the winners are taken, so that k
        are drawn without replacement with probabilities ∝ exp(field / temperature).
    adaptation : Adaptation, optional
        Thresholds that grow with recent activity.
    depression : Depression, optional
        Synapses that transmit less after recent activity.

    Notes
    -----
    Ties at the cut break by unit index; recordings count the trials that met one.
    """

    k: int
    threshold: float | None = 0.0
    temperature: float = 0.0
    adaptation: Adaptation | None = None
    depression: Depression | None = None
    values: ClassVar[Alphabet] = "01"

    def __post_init__(self) -> None:
        checks.whole("KWinners", "k", self.k)
        if self.threshold is not None:
            checks.real("KWinners", "threshold", self.threshold)
        checks.real("KWinners", "temperature", self.temperature, low=0.0)
        check_fatigue("KWinners", "adaptation", self.adaptation, Adaptation)
        check_fatigue("KWinners", "depression", self.depression, Depression)

    def activity(self, units: int) -> float:
        """Return k / units.

        Raises
        ------
        ParameterError
            If there are fewer than k units.
        """
        if self.k > units:
            raise ParameterError(
                f"KWinners: k = {self.k} exceeds the {units} units; use k ≤ {units}."
            )
        return self.k / units
