"""Hebb's rule for ±1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.rules.base import Levels, Patterns, Rule, Weights
from attractors.rules.counts import Counts


@dataclass(frozen=True)
class Hebbian(Rule):
    r"""Outer products of ±1 patterns: :math:`W_{ji} = \sum_μ ξ^μ_j ξ^μ_i`, factor :math:`1/N`.

    A recurrent network of N units holds about 0.138 N random patterns.

    References
    ----------
    Hopfield (1982), PNAS 79:2554, doi:10.1073/pnas.79.8.2554; Amit, Gutfreund & Sompolinsky
    (1985), PRL 55:1530, doi:10.1103/PhysRevLett.55.1530.

    Examples
    --------
    >>> pattern = np.array([[1, -1]], dtype=np.int8)
    >>> Hebbian().learn(np.zeros((2, 2), np.float32), pattern, pattern, (None, None))
    array([[ 1., -1.],
           [-1.,  1.]], dtype=float32)
    """

    values: ClassVar = "±1"
    counted: ClassVar[bool] = True
    whole: ClassVar[bool] = True

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Add the outer products (whole numbers, exact up to 2^24 patterns)."""
        weights += post.T.astype(np.float32) @ pre.astype(np.float32)
        return weights

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the patterns themselves."""
        return post, pre

    def from_counts(self, counts: Counts, activity: Levels) -> Weights:
        """Return 4 C - 2 c_post - 2 c_pre + P, with C the coincidences of +1."""
        own = counts.post[:, None] + counts.pre[None, :]
        return np.asarray(4.0 * counts.pairs - 2.0 * own + counts.stored, np.float32)

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / units."""
        return 1.0 / units
