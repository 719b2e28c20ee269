"""The search for the critical load: which loads come next, given all finished rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from attractors.studies.critical import Array, fit
from attractors.studies.task import Row, Task

_SCOUTS = 2
_ZOOM = (0.7, 0.85, 1.0, 1.15, 1.4)
_LOGITS = (-2.5, -1.5, -0.75, 0.0, 0.75, 1.5, 2.5)
_NARROWEST, _WIDEST = 0.03, 0.6
_FINE = 3


@dataclass(frozen=True)
class Search:
    """A plan: bracket the transition, zoom in on it with few trials, then spend the rest there.

    Parameters
    ----------
    guess : int
        Number of patterns to begin at.
    largest : int
        Number of patterns that is not exceeded.
    trials : int
        Trials at each load of the last round.
    """

    guess: int
    largest: int
    trials: int

    def __call__(self, rounds: Sequence[Sequence[Row]]) -> list[Task]:
        """Return the next round, nothing when the critical load lies inside the last one."""
        if not rounds:
            return self._tasks((self.guess / 2, self.guess, self.guess * 2), _SCOUTS)
        bracketed = next((n for n in range(len(rounds)) if _crosses(rounds[: n + 1])), None)
        if bracketed is None:
            return self._further(list(chain.from_iterable(rounds)))
        half, slope = _fitted(rounds)
        if len(rounds) == bracketed + 1:
            return self._tasks([half * factor for factor in _ZOOM], _SCOUTS)
        fine = len(rounds) - bracketed - 2
        last = [float(row["patterns"]) for row in rounds[-1]]
        if fine == _FINE or (fine and min(last) <= half <= max(last)):
            return []
        width = min(max(-_LOGITS[0] / slope, _NARROWEST), _WIDEST)
        unit = width / -_LOGITS[0]
        return self._tasks([half * np.exp(logit * unit) for logit in _LOGITS], self.trials)

    def _further(self, rows: Sequence[Row]) -> list[Task]:
        """Return loads above or below those tried, until the limits are reached."""
        tried, recalled, cues = _by_load(rows)
        if recalled[-1] >= 0.5 * cues[-1] and tried[-1] < self.largest:
            return self._tasks((2 * tried[-1], 4 * tried[-1]), _SCOUTS)
        if recalled[0] < 0.5 * cues[0] and tried[0] > 1:
            return self._tasks((tried[0] / 2, tried[0] / 4), _SCOUTS)
        return []

    def _tasks(self, loads: Sequence[float], trials: int) -> list[Task]:
        counts = sorted({min(max(round(load), 1), self.largest) for load in loads})
        return [Task({"patterns": count}, n) for count in counts for n in range(trials)]


def _by_load(rows: Sequence[Row]) -> tuple[Array, Array, Array]:
    loads = sorted({float(row["patterns"]) for row in rows})
    sums = np.array(
        [
            [sum(float(row[what]) for row in rows if row["patterns"] == load) for load in loads]
            for what in ("recalled", "cues")
        ]
    )
    return np.array(loads), sums[0], sums[1]


def _crosses(rounds: Sequence[Sequence[Row]]) -> bool:
    return bool(np.isfinite(_fitted(rounds)[0]))


def _fitted(rounds: Sequence[Sequence[Row]]) -> tuple[float, float]:
    loads, recalled, cues = _by_load(list(chain.from_iterable(rounds)))
    half, slope = fit(loads, recalled[None], cues[None])
    return float(half[0]), float(slope[0])
