"""Rounds until the critical load is as precise as wanted, or no more trials are allowed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from attractors.seeding import stream
from attractors.studies.critical import Array, Critical, critical_load
from attractors.studies.search import Search
from attractors.studies.task import Row, Task

# a round may double what has been spent, so that a bad first guess costs little
_GROWTH = 1.0
_PARTS = 4


@dataclass(frozen=True)
class Precise:
    """A plan: a search, then trials where they say most, until the interval is narrow enough.

    A trial at a load of success p adds p (1 − p) to what is known of the critical load, so that is
    how the trials of a round are shared among the loads of the search's last round. Where all is
    recalled at one load and nothing at the next, the gap between them is parted instead.

    Parameters
    ----------
    search : Search
        What finds the transition.
    precision : float
        Half width of the 95 % interval that is wanted, as a fraction of the critical load.
    most : int
        Trials in all that are not exceeded after the search.
    seed : int
        Seed of the study.
    """

    search: Search
    precision: float
    most: int
    seed: int

    def __call__(self, rounds: Sequence[Sequence[Row]]) -> list[Task]:
        """Return the next round, nothing once it is precise enough or nothing is left to spend."""
        ended = next((n for n in range(len(rounds) + 1) if not self.search(rounds[:n])), None)
        if ended is None:
            return self.search(rounds)
        table = tidy(list(chain.from_iterable(rounds)))
        critical = interval_of(table, self.seed)
        allowed = self.most - len(table)
        width = half_width(table, critical)
        if math.isnan(critical.load) or width <= self.precision or allowed <= 0:
            return []
        gap = step(table)
        if gap is not None:
            return self._parted(gap)[:allowed]
        loads = sorted({int(row["patterns"]) for row in rounds[ended - 1]})
        return _shared(loads, table, critical, self._wanted(table, width, allowed))

    def _wanted(self, table: pd.DataFrame, width: float, allowed: int) -> int:
        """Return how many trials more would make the interval as narrow as wanted."""
        factor = min((width / self.precision) ** 2 - 1.0, _GROWTH)
        return min(max(math.ceil(factor * len(table)), self.search.trials), allowed)

    def _parted(self, gap: tuple[int, int]) -> list[Task]:
        counts = {round(count) for count in np.linspace(*gap, _PARTS + 1)} - {*gap}
        return [Task({"patterns": p}, n) for n in range(self.search.trials) for p in sorted(counts)]


def tidy(rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a table in the order of points and trials, each trial once."""
    table = pd.DataFrame(rows).sort_values(["patterns", "trial"], ignore_index=True)
    return table.drop_duplicates(["patterns", "trial"], ignore_index=True)


def interval_of(table: pd.DataFrame, seed: int) -> Critical:
    """Return the critical load of a table with the interval that this seed draws."""
    return critical_load(table, stream(seed, "capacity", "bootstrap"))


def half_width(table: pd.DataFrame, critical: Critical) -> float:
    """Return half of the 95 % interval over the critical load.

    Where all is recalled at one load and nothing at the next, resampling sees no spread; the
    critical load is then known to half of that gap.
    """
    drawn = (critical.high - critical.low) / 2 / critical.load
    gap = step(table)
    if gap is None or gap[1] - gap[0] <= 1:
        return drawn
    return max(drawn, (gap[1] - gap[0]) / (gap[0] + gap[1]))


def told(table: pd.DataFrame, critical: Critical, wanted: float, most: int) -> dict[str, Any]:
    """Return for a header whether the precision was reached, or what ended the study."""
    width = half_width(table, critical)
    reached = bool(width <= wanted)
    words = "reached" if reached else f"not reached with {most} trials at most"
    return {
        "wanted": wanted,
        "half_width": width,
        "reached": reached,
        "trials": len(table),
        "most": most,
        "note": f"half width {width:.2%} after {len(table)} trials; {wanted:.2%} {words}",
    }


def step(table: pd.DataFrame) -> tuple[int, int] | None:
    """Return the neighbouring numbers of patterns between which success falls from 1 to 0."""
    sums = table.groupby("patterns")[["recalled", "cues"]].sum().sort_index()
    shares = (sums["recalled"] / sums["cues"]).to_numpy()
    counts = [int(count) for count in sums.index]
    for n in range(len(counts) - 1):
        if shares[n] == 1.0 and (shares[n + 1 :] == 0.0).all():
            return counts[n], counts[n + 1]
    return None


def _shared(loads: Sequence[int], table: pd.DataFrame, found: Critical, trials: int) -> list[Task]:
    """Return so many further trials, shared among loads by what they say of the critical one."""
    share = table.drop_duplicates("patterns").set_index("patterns")["load"]
    p = 1.0 / (1.0 + (share[list(loads)].to_numpy() / found.load) ** found.slope)
    weight: Array = p * (1.0 - p) + 1e-9
    ends = np.round(np.cumsum(weight) / weight.sum() * trials).astype(int)
    counts = np.diff(ends, prepend=0)
    begun = table.groupby("patterns")["trial"].max() + 1
    return [
        Task({"patterns": load}, int(begun[load]) + n)
        for load, count in zip(loads, counts, strict=True)
        for n in range(count)
    ]
