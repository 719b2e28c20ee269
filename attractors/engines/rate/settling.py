"""Whether trials have come to rest in a fixed point or a two-cycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.schedule import Schedule

TOLERANCE = 1e-6


class Settling:
    """Watches the states of each trial step by step, once its inputs change no more.

    Parameters
    ----------
    schedule : Schedule
        The trials.
    memory : int
        Longest delay in steps: a state must repeat that often before it is called settled.
    hot : bool
        Whether updates have a temperature: a state may then repeat itself by chance, and none
        is called settled.
    synchronous : bool
        Whether all units update at once: where a random order is drawn for every sweep, a
        state may come back by chance, and that is no two-cycle.

    Attributes
    ----------
    settled_at : (B,) float
        Time in ms since which a trial repeats itself, NaN where it does not.
    period : (B,) int
        1 for a fixed point, 2 for a two-cycle, 0 for neither.
    """

    def __init__(
        self, schedule: Schedule, memory: int, *, hot: bool = False, synchronous: bool = True
    ) -> None:
        never = np.full(schedule.count, schedule.steps)
        self._quiet_from = never if hot else schedule.quiet_from
        self._first = self._quiet_from.min()
        self._step = schedule.step
        repeats = {1: max(memory, 1), 2: max(memory, 2)}
        self._needed = repeats if synchronous else {1: repeats[1]}
        self._before: list[Mapping[str, NDArray[Any]]] = []
        self._repeats = np.zeros((2, schedule.count), int)
        self.settled_at = np.full(schedule.count, np.nan)
        self.period = np.zeros(schedule.count, np.int64)

    def after(self, step: int, states: Mapping[str, NDArray[Any]]) -> bool:
        """Take in the states at the end of a step; tell whether all trials have settled."""
        if step >= self._first:
            for lag in (1, 2):
                if len(self._before) >= lag:
                    # trial by trial: when one settles must not depend on the others' inputs
                    quiet = step - lag >= self._quiet_from
                    same = quiet & _same(states, self._before[-lag])
                    self._repeats[lag - 1] = np.where(same, self._repeats[lag - 1] + 1, 0)
            self._judge(step)
            self._before = [*self._before[-1:], states]
        return bool((self.period > 0).all())

    def _judge(self, step: int) -> None:
        for period, needed in self._needed.items():
            found = (self._repeats[period - 1] >= needed) & (self.period == 0)
            if period == 2:
                found &= self._repeats[0] == 0
            self.period[found] = period
            since = step + 1 - self._repeats[period - 1][found] - (period - 1)
            self.settled_at[found] = since * self._step


def _same(now: Mapping[str, NDArray[Any]], before: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    equal = [np.abs(now[name] - before[name]).max(axis=1) <= TOLERANCE for name in now]
    return np.asarray(np.logical_and.reduce(equal))
