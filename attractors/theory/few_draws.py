"""Sums of a few independent draws, whose values are counted one by one.

The draws are parted into two halves. Each half's sums are listed with their probabilities, and two
sorted lists tell how often both together exceed a threshold. All terms are positive: nothing
cancels, whatever the shape of the distribution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# whole numbers: 64 bits wide, or Python's where those do not suffice
Whole = NDArray[Any]

_MOST_SUMS = 300_000


def countable(values: int, count: int) -> bool:
    """Return whether half of the draws have few enough sums to be listed."""
    half = (count + 1) // 2
    # the number of ways to choose half as many values, whatever their order
    return half <= 64 and math.comb(values + half - 1, half) <= _MOST_SUMS


def counted_tail(law: Mapping[int, float], count: int, first: int) -> float:
    """Return the chance that the sum of draws is at least a whole number.

    Parameters
    ----------
    law : mapping of int to float
        Probability of each value of one draw.
    count : int
        Number of draws, few: see :func:`countable`.
    first : int
        Least sum that counts.
    """
    widest = count * max(map(abs, law)) + abs(first)
    kind: type = np.int64 if widest < 2**62 else object
    values: Whole = np.array(sorted(law), dtype=kind)
    chances = np.array([law[value] for value in sorted(law)])
    sums: Whole = np.zeros(1, dtype=kind)
    weights = np.ones(1)
    shorter = sums, weights
    for draw in range((count + 1) // 2):
        shorter = (sums, weights) if draw == count // 2 else shorter
        sums, weights = _added(sums, weights, values, chances)
    others, shares = (sums, weights) if count % 2 == 0 else shorter
    above = np.concatenate([np.cumsum(shares[::-1])[::-1], [0.0]])
    return float(weights @ above[np.searchsorted(others, first - sums)])


def _added(sums: Whole, weights: Array, values: Whole, chances: Array) -> tuple[Whole, Array]:
    """Return the sums after one more draw, in order, and their probabilities."""
    found, places = np.unique(np.add.outer(sums, values).ravel(), return_inverse=True)
    chance = np.bincount(places, np.outer(weights, chances).ravel())
    return found, np.asarray(chance, dtype=np.float64)
