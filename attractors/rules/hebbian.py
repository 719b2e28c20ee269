"""Hebb's rule for ±1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors.rules.base import Patterns, Rule, Weights


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

    def learn(
        self,
        weights: Weights,
        post: Patterns,
        pre: Patterns,
        activity: tuple[float | None, float | None],
    ) -> Weights:
        """Add the outer products (whole numbers, exact up to 2^24 patterns)."""
        weights += post.T.astype(np.float32) @ pre.astype(np.float32)
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / units."""
        return 1.0 / units
