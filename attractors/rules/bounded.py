"""Synapses that stop at a bound: new patterns overwrite old ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors import checks
from attractors.rules.base import Levels, Patterns, Rule, Weights

# weights that stay in the cache while all patterns pass over them
BLOCK = 2**16


@dataclass(frozen=True)
class Bounded(Rule):
    r"""Hebbian steps within bounds: :math:`W_{ji} ← φ(W_{ji} + ξ_j ξ_i)`.

    φ cuts at :math:`±A\sqrt N`, with N units of the source. Weights are counted in steps; in units
    of the paper, a step is :math:`1/\sqrt N` and the bound A. A memory that is full keeps working:
    the newest patterns are recalled, the older ones are gone. The factor :math:`1/N` to gain 1 is
    that of the newest pattern.

    Parameters
    ----------
    bound : float
        A, above 0.

    Notes
    -----
    At A = 0.35 about the 0.04 N newest patterns are recalled; for a small A fewer, and for a
    large A, from about 1 on, none of a full memory. A lesson costs N² operations a pattern.

    References
    ----------
    Parisi (1986), J. Phys. A 19:L617, doi:10.1088/0305-4470/19/10/011.

    Examples
    --------
    >>> pattern = np.array([[1, -1, 1, 1]], dtype=np.int8)
    >>> nine = np.repeat(pattern, 9, axis=0)
    >>> Bounded(bound=1.5).learn(np.zeros((4, 4)), nine, nine, (None, None))[0]
    array([ 3., -3.,  3.,  3.])
    """

    bound: float = 0.35
    values: ClassVar = "±1"
    order_free: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        checks.real("Bounded", "bound", self.bound, low=0.0, open=True)

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Take one bounded step a pattern."""
        bound = self.bound * math.sqrt(weights.shape[1])
        source = pre.astype(weights.dtype)
        height = max(BLOCK // weights.shape[1], 1)
        for start in range(0, len(weights), height):
            block = weights[start : start + height]
            target = post[:, start : start + height, None].astype(weights.dtype)
            step = np.empty_like(block)
            for y, x in zip(target, source, strict=True):
                np.multiply(y, x, out=step)
                np.add(block, step, out=block)
                np.clip(block, -bound, bound, out=block)
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / units, or more where a single step already exceeds the bound."""
        return 1.0 / (units * min(1.0, self.bound * math.sqrt(units)))
