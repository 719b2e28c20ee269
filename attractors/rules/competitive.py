"""Competitive Hebbian learning: each winner's weights move towards the pattern it won."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights


@dataclass(frozen=True)
class Competitive(Rule):
    r"""Oja's rule with the winners that the target pattern prescribes.

    .. math:: ΔW_{ji} = η_j \, y_j (ξ_i - y_j W_{ji})

    row after row, with y the target and ξ the source pattern. An active unit moves its weights
    towards the source, an inactive 0/1 unit keeps them, so that they become a mean of the sources
    a unit has won: prototypes. The n-th win counts with :math:`η_j = \max(η, 1/n)`: a plain mean
    at first, one that forgets later. Weights stay within the values of the source.

    The factor to gain 1 is 1/k for 0/1 and 1/N for ±1 sources, exact as long as each unit belongs
    to one pattern; one that belongs to several answers each of them with less.

    Parameters
    ----------
    rate : float
        η, above 0 and at most 1. 1 keeps only the last pattern that a unit won.

    Notes
    -----
    Learning is local and online and costs as many operations a pattern as its winners have
    synapses. It makes categories rather than memories: with one pattern a unit N/k of them are
    kept, far fewer than by Willshaw's rule, and old ones fade at the rate η a win.
    :func:`attractors.rules.compete` lets units choose their winners themselves.

    References
    ----------
    Rumelhart & Zipser (1985), Cogn. Sci. 9:75, doi:10.1207/s15516709cog0901_5; Oja (1982),
    J. Math. Biol. 15:267, doi:10.1007/BF00275687.

    Examples
    --------
    >>> rule, x = Competitive(), np.array([[1, 1, 0], [1, 0, 1]], dtype=np.int8)
    >>> held = rule.learn(rule.start((2, 3)), np.array([[1, 0], [1, 0]]), x, (None, None))
    >>> rule.matrix(held)
    array([[1. , 0.5, 0.5],
           [0. , 0. , 0. ]])
    """

    rate: float = 0.1
    values: ClassVar = "any"
    symmetric: ClassVar[bool] = False
    order_free: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        if checks.real("Competitive", "rate", self.rate, low=0.0, open=True) > 1.0:
            raise ParameterError(f"Competitive: rate is {self.rate:g}; it must be at most 1.")

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return units that have won nothing yet."""
        wins = np.zeros(shape[0], np.int64)
        return {"weights": np.zeros(shape), "wins": wins, "signed": np.array(False)}

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Move the weights of the winners of each row, one row after the other."""
        matrix, wins = weights["weights"], weights["wins"]
        for y, x in zip(post, pre.astype(float), strict=True):
            winners = np.flatnonzero(y)
            wins[winners] += 1
            rates = np.maximum(self.rate, 1.0 / wins[winners])[:, None]
            matrix[winners] += rates * (y[winners, None] * x - matrix[winners])
        signed = bool(weights["signed"]) or bool((pre < 0).any())
        return {"weights": matrix, "wins": wins, "signed": np.array(signed)}

    def matrix(self, held: Held) -> Weights:
        """Return the weights."""
        weights: NDArray[Any] = held["weights"]
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / k; 0 while nothing is stored."""
        return 1.0 / (units * activity) if activity > 0 else 0.0

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return 1 / k for 0/1 sources, 1 / N for ±1 sources."""
        return 1.0 / units if held["signed"] else self.factor(units, activity)
