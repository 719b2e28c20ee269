"""A palimpsest in which memories decay exponentially."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors import checks
from attractors.rules.base import Levels, Patterns, Rule, Weights


@dataclass(frozen=True)
class Marginalist(Rule):
    r"""Hebb's rule with decay: :math:`W_{ji} ← e^{-ε^2/2N} W_{ji} + ξ_j ξ_i`.

    N counts the units of the source. The paper's weights are :math:`J = εW/N`: its ε is the
    strength at which a pattern is acquired while J keeps its variance. The newest patterns are
    recalled, however many were stored before. The factor :math:`1/N` to gain 1 is that of the
    newest pattern.

    Parameters
    ----------
    strength : float
        ε, above 0.

    Notes
    -----
    At ε = 4.108 the newest 0.049 N patterns are recalled, the most there can be; at ε = 6 it is
    0.041 N, and below ε = 2.465 none of a full memory. A lesson costs N² operations a pattern.

    References
    ----------
    Mézard, Nadal & Toulouse (1986), J. Physique 47:1457, doi:10.1051/jphys:019860047090145700;
    Nadal et al. (1986), Europhys. Lett. 1:535, doi:10.1209/0295-5075/1/10/008.

    Examples
    --------
    >>> patterns = np.array([[1, 1], [1, -1]], dtype=np.int8)
    >>> Marginalist(2.0).learn(np.zeros((2, 2)), patterns, patterns, (None, None)).round(3)
    array([[ 1.368, -0.632],
           [-0.632,  1.368]])
    """

    strength: float = 4.1
    values: ClassVar = "±1"
    order_free: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        checks.real("Marginalist", "strength", self.strength, low=0.0, open=True)

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Let what is stored decay with every pattern, and add the pattern."""
        rate = self.strength**2 / (2 * weights.shape[1])
        # ages at the end of the lesson: one product for all rows instead of one decay a row
        kept = np.exp(-rate * np.arange(len(post))[::-1])
        weights *= np.exp(-rate * len(post))
        weights += (post * kept[:, None]).T @ pre.astype(weights.dtype)
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / units."""
        return 1.0 / units
