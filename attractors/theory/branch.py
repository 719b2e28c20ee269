"""A branch of retrieval states in one unknown, from none at all to perfect retrieval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import optimize

_GRID = 80


@dataclass(frozen=True)
class Branch:
    """Retrieval states along an unknown that grows with the strength of the signal.

    Equations that are awkward to solve for the state at a load are explicit the other way round:
    each value of the unknown is the state of one load. The load rises from 0, peaks at the
    capacity, and falls again as the overlap nears 1; the falling side is the stable one.

    Parameters
    ----------
    load, overlap : callable
        Load α and overlap m as functions of the unknown; the overlap rises.
    low, high : float
        Range of the unknown.
    """

    load: Callable[[float], float]
    overlap: Callable[[float], float]
    low: float
    high: float

    @cached_property
    def critical(self) -> float:
        """Unknown at which the load peaks and the retrieval state is about to vanish."""
        grid = np.linspace(self.low, self.high, _GRID)
        best = int(np.argmax([self.load(float(point)) for point in grid]))
        found = optimize.minimize_scalar(
            lambda point: -self.load(point),
            bounds=(grid[max(best - 1, 0)], grid[min(best + 1, _GRID - 1)]),
            method="bounded",
            options={"xatol": 1e-12},
        )
        return float(found.x)

    def capacity(self, level: float = 0.0) -> float:
        """Return the largest load with a state of at least this overlap, 0 for none."""
        if self.overlap(self.critical) >= level:
            return max(self.load(self.critical), 0.0)
        if self.overlap(self.high) < level:
            return 0.0
        least = optimize.brentq(
            lambda point: self.overlap(point) - level, self.critical, self.high, xtol=1e-14
        )
        return max(self.load(float(least)), 0.0)

    def at(self, load: float) -> float | None:
        """Return the unknown of the stable state at a load, None beyond the capacity."""
        if load > self.load(self.critical):
            return None
        if load <= self.load(self.high):
            return self.high
        return float(
            optimize.brentq(
                lambda point: self.load(point) - load, self.critical, self.high, xtol=1e-14
            )
        )

    def overlap_at(self, load: float) -> float:
        """Return the overlap of the stable state at a load, 0 beyond the capacity."""
        point = self.at(load)
        return 0.0 if point is None else self.overlap(point)
