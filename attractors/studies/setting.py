"""The setting of a memory study: what is stored, how it is cued and what counts as recalled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from attractors import checks, measures, patterns
from attractors.architecture import AttractorNetwork
from attractors.dynamics import ORDERS, Dynamics, KWinners, Sign, Threshold
from attractors.errors import ParameterError
from attractors.rules import Covariance, Hebbian, Rule, Willshaw

RULES: dict[str, type[Rule]] = {
    "hebbian": Hebbian,
    "covariance": Covariance,
    "willshaw": Willshaw,
}
MEASURES = ("match", "overlap", "exact")
NETWORK = "memory"


@dataclass(frozen=True)
class Setting:
    """What is stored, how it is cued and what counts as recalled; checked and completed.

    Parameters are those of :func:`attractors.studies.capacity`.
    """

    rule: str
    units: int
    activity: float | None = None
    flipped: float = 0.0
    erased: float = 0.0
    held: float = 0.0
    threshold: float | None = None
    order: str | None = None
    steps: int = 100
    measure: str = "match"
    level: float = 0.9
    cues: int = 50

    def __post_init__(self) -> None:
        checks.choice("capacity", "rule", self.rule, RULES)
        checks.choice("capacity", "measure", self.measure, MEASURES)
        for field in ("units", "steps", "cues"):
            object.__setattr__(self, field, checks.whole("capacity", field, getattr(self, field)))
        checks.real("capacity", "held", self.held, low=0.0)
        for field in ("flipped", "erased", "level"):
            value = checks.real("capacity", field, getattr(self, field), low=0.0)
            if value >= 1.0:
                raise ParameterError(f"capacity: {field} is {value:g}; it must be 0 to below 1.")
        object.__setattr__(self, "activity", self._checked_activity())
        object.__setattr__(self, "order", self._checked_order())

    @property
    def values(self) -> Literal["01", "±1"]:
        """Values of the patterns."""
        return "±1" if self.rule == "hebbian" else "01"

    @property
    def active(self) -> int:
        """Number k of active units of every 0/1 pattern."""
        return round(self.units * (self.activity or 0.0))

    @property
    def winners(self) -> bool:
        """Whether the k units of largest field are active, rather than those above a threshold."""
        return self.values == "01" and self.threshold is None

    def network(self) -> AttractorNetwork:
        """Return the network that is filled."""
        rule = Covariance(self.activity) if self.rule == "covariance" else RULES[self.rule]()
        return AttractorNetwork(NETWORK, self.units, self._dynamics(), rule)

    def patterns(self, count: int, generator: np.random.Generator) -> NDArray[np.int8]:
        """Return random patterns, (count, N): ±1, or 0/1 with exactly k active units."""
        if self.values == "±1":
            return patterns.random_signs(count, self.units, generator)
        return patterns.random_sparse(count, self.units, self.active, generator)

    def cue(self, stored: NDArray[np.int8], generator: np.random.Generator) -> NDArray[np.int8]:
        """Return damaged copies of stored patterns, (B, N)."""
        dense = self.values == "±1"
        cues = stored
        if self.flipped:
            damage = patterns.flip if dense else patterns.move
            cues = damage(cues, self.flipped, generator)
        if self.erased:
            cues = (patterns.mask if dense else patterns.erase)(cues, self.erased, generator)
        return cues

    def scores(self, final: NDArray[Any], stored: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return how well each final state (B, N) fits the pattern (B, N) it was cued with."""
        if self.measure == "exact":
            return np.asarray((final == stored).all(axis=1), dtype=float)
        if self.measure == "overlap":
            level = 0.0 if self.values == "±1" else self.active / self.units
            return np.asarray(np.diagonal(measures.overlap(final, stored, level)))
        return np.asarray(np.diagonal(measures.match(final, stored)))

    def recalled(self, scores: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which scores (B,) count as success."""
        return scores == 1.0 if self.measure == "exact" else scores > self.level

    def criterion(self) -> dict[str, str | int]:
        """Return in words what a recall is and when it succeeds."""
        return {
            "patterns": self._patterns_in_words(),
            "cue": self._cue_in_words(),
            "threshold": self._threshold_in_words(),
            "order": str(self.order),
            "steps": self.steps,
            "success": "all units right" if self.measure == "exact" else self._success_in_words(),
        }

    def definition(self) -> dict[str, Any]:
        """Return the parameters."""
        return asdict(self)

    def _dynamics(self) -> Dynamics:
        if self.values == "±1":
            return Sign(order=str(self.order))
        if self.threshold is None:
            return KWinners(self.active)
        return Threshold(self.threshold, order=str(self.order))

    def _checked_activity(self) -> float:
        if self.values == "±1":
            if self.activity not in (None, 0.5):
                raise ParameterError(
                    f"capacity: rule 'hebbian' stores ±1 patterns of activity 0.5, not "
                    f"{self.activity!r}; use rule 'covariance' or 'willshaw' for sparse ones."
                )
            if self.threshold is not None:
                raise ParameterError("capacity: ±1 units have no threshold; leave it out.")
            return 0.5
        wanted = 0.02 if self.activity is None else self.activity
        activity = checks.real("capacity", "activity", wanted, low=0.0, open=True)
        if not 1 <= round(activity * self.units) <= self.units // 2:
            raise ParameterError(
                f"capacity: activity {activity:g} of {self.units} units makes "
                f"{round(activity * self.units)} active ones; 1 to {self.units // 2} are allowed."
            )
        return round(activity * self.units) / self.units

    def _checked_order(self) -> str:
        if self.winners and self.order == "asynchronous":
            raise ParameterError(
                "capacity: k winners are taken among all units at once; leave order out or set "
                "a threshold."
            )
        natural = "synchronous" if self.winners else "asynchronous"
        return (
            natural
            if self.order is None
            else checks.choice("capacity", "order", self.order, ORDERS)
        )

    def _patterns_in_words(self) -> str:
        if self.values == "±1":
            return f"random ±1 on {self.units} units"
        return f"random 0/1, exactly {self.active} of {self.units} units active"

    def _cue_in_words(self) -> str:
        among = "units" if self.values == "±1" else "active units"
        turned = "flipped" if self.values == "±1" else "moved to inactive places"
        lost = "unknown (0)" if self.values == "±1" else "erased"
        parts = [f"{self.flipped:.3g} of the {among} {turned}"] if self.flipped else []
        parts += [f"{self.erased:.3g} of the {among} {lost}"] if self.erased else []
        parts += [f"held on as input of strength {self.held:.3g}"] if self.held else []
        return ", ".join(["initial state: the stored pattern", *parts])

    def _threshold_in_words(self) -> str:
        if self.values == "±1":
            return "sign of the field"
        if self.threshold is None:
            return f"the {self.active} largest fields win, ties by unit index"
        return f"field above {self.threshold:g}"

    def _success_in_words(self) -> str:
        return f"final {self.measure} with the cued pattern > {self.level:g}"
