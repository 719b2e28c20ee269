"""One line of the table: what was measured, against what, and what it must reach."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Spread:
    """A median, and the interval that covers it.

    Parameters
    ----------
    value : float
        The median.
    low, high : float
        Bounds of a 95 % interval, or the extremes where there are too few measurements for one.
    """

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, measured: ArrayLike) -> Spread:
        """Return median and interval, by the ranks that bound a median without assumptions.

        Examples
        --------
        >>> Spread.of([5, 1, 2, 9, 3, 8, 4, 7, 6])
        Spread(value=5.0, low=2.0, high=8.0)
        """
        ordered = np.sort(np.asarray(measured, dtype=float))
        left_out = _outside(len(ordered))
        low, high = ordered[left_out], ordered[-1 - left_out]
        return cls(float(np.median(ordered)), float(low), float(high))


def _outside(count: int) -> int:
    """Return how many of so many values may be left out at either end of the interval.

    Each value lies below the median with probability ½. With m left out at an end, the median
    lies beyond it if at most m values lie on that side, in so many of 2ⁿ cases.
    """
    cases = accumulate(math.comb(count, below) for below in range(count + 1))
    most = (1 - CONFIDENCE) / 2 * 2.0**count
    return max(sum(each <= most for each in cases) - 1, 0)


@dataclass(frozen=True)
class Bound:
    """What a measured number must reach.

    Parameters
    ----------
    value : float
        The number.
    side : {"least", "most"}
        Whether it must be at least or at most that.
    """

    value: float
    side: Literal["least", "most"] = "least"

    def met(self, measured: float) -> bool:
        """Tell whether a measured number is on the right side."""
        return measured >= self.value if self.side == "least" else measured <= self.value


@dataclass(frozen=True)
class Row:
    """One comparison.

    Parameters
    ----------
    work : str
        What is done.
    ours : Spread, optional
        What ours took; missing if it could not be measured.
    unit : str
        Unit of ``ours`` and ``theirs``: ``"s"`` a piece of work, ``"B"``, ``"share"``, ``"/s"``
        or ``""``.
    against : str
        What was measured beside it, with its version.
    theirs : Spread, optional
        What that took.
    ratio : Spread, optional
        How many times as good ours is, from pairs measured one after the other.
    bound : Bound, optional
        What the ratio, or where there is none the number of ours, must reach.
    agrees : bool, optional
        Whether both gave the same result.
    note : str
        What a reader must know, above all why something is missing.
    series : mapping of str to sequences
        Columns behind the numbers, to be drawn.
    judged : bool
        Whether the bound is meant for this size.
    case : str
        Case that it belongs to.
    """

    work: str
    ours: Spread | None = None
    unit: str = "s"
    against: str = ""
    theirs: Spread | None = None
    ratio: Spread | None = None
    bound: Bound | None = None
    agrees: bool | None = None
    note: str = ""
    series: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    judged: bool = True
    case: str = ""

    @property
    def measured(self) -> Spread | None:
        """What the bound is about."""
        return self.ours if self.ratio is None and not self.against else self.ratio

    @property
    def holds(self) -> bool | None:
        """Whether the bound is met and the results agree; ``None`` if there is nothing to tell."""
        if self.agrees is False:
            return False
        if self.bound is None or self.measured is None or not self.judged:
            return None
        return self.bound.met(self.measured.value)

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {**asdict(self), "holds": self.holds}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Row:
        """Return the row that :meth:`as_dict` was called on."""
        kinds = {"ours": Spread, "theirs": Spread, "ratio": Spread, "bound": Bound}
        given = {name: value for name, value in found.items() if name != "holds"}
        for name, kind in kinds.items():
            given[name] = None if given[name] is None else kind(**given[name])
        return cls(**given)
