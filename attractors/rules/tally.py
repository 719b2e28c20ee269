"""Rules whose weights are a function of frequencies: they hold the counts themselves."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import checks
from attractors.errors import UnsupportedError
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights
from attractors.rules.coding import check_activity, check_level, coding_level
from attractors.rules.counts import Counts

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Tally(Rule):
    r"""Base of rules whose weights follow from how often units are active, alone and together.

    Derive from it and write :meth:`weights`. Frequencies are estimated as if, before the first
    pattern, n₀ patterns of independent units of activity a had been seen: with P stored pairs,
    counts c and coincidences C

    .. math:: p_j = \frac{c_j + n_0 a_j}{P + n_0}, \qquad
        p_{ji} = \frac{C_{ji} + n_0 a_j a_i}{P + n_0} ,

    so that none is 0 or 1. Storing adds counts, so the order does not matter and every lesson
    can be taken back; the weights are computed when they are next needed. The table costs 4
    bytes a synapse besides the weights, a lesson N² operations a pattern.

    Parameters
    ----------
    activity : float, optional
        Coding level a of both ends; by default each network's nominal activity.
    prior : float
        n₀, above 0.
    """

    activity: float | None = None
    prior: float = 1.0
    values: ClassVar = "01"
    counted: ClassVar[bool] = True
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        check_activity(type(self).__name__, self.activity)
        checks.real(type(self).__name__, "prior", self.prior, low=0.0, open=True)

    @abc.abstractmethod
    def weights(self, both: Reals, post: Reals, pre: Reals) -> Reals:
        """Return the raw weights of given frequencies.

        Parameters
        ----------
        both : (n_post, n_pre)
            How often both ends are active together.
        post, pre : (n_post, 1) and (1, n_pre)
            How often each target and source unit is.
        """

    def check(self, activity: Levels) -> None:
        """Refuse networks without an activity between 0 and 1."""
        for nominal in activity:
            self._level(nominal)

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse patterns whose mean activity is more than a factor 2 off the coding level."""
        for end, patterns, nominal in zip(("target", "source"), (post, pre), activity, strict=True):
            check_level(type(self).__name__, end, patterns, self._level(nominal))

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return counts of nothing."""
        post, pre = (np.zeros(units, np.int64) for units in shape)
        return _held(Counts(np.zeros(shape, np.int32), post, pre, 0), np.zeros(2))

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Count which units are active, alone and together."""
        return self.from_counts(_counts(weights) + Counts.of(post, pre), activity)

    def from_counts(self, counts: Counts, activity: Levels) -> Held:
        """Return what the rule holds after learning what a table has counted."""
        return _held(counts, np.array([self._level(nominal) for nominal in activity]))

    def matrix(self, held: Held) -> Weights:
        """Return the raw weights; 0 while nothing is stored."""
        counts = _counts(held)
        if not counts.stored:
            return np.zeros(counts.shape)
        post, pre = self.frequencies(held)
        chance = self.prior * held["levels"].prod()
        both = (counts.pairs + chance) / (counts.stored + self.prior)
        return self.weights(both, post[:, None], pre[None, :])

    def frequencies(self, held: Held) -> tuple[Reals, Reals]:
        """Return how often target units (n_post,) and source units (n_pre,) are active."""
        counts, levels = _counts(held), held["levels"]
        seen = counts.stored + self.prior
        return (
            (counts.post + self.prior * levels[0]) / seen,
            (counts.pre + self.prior * levels[1]) / seen,
        )

    def factor(self, units: int, activity: float) -> float:
        """Refuse: there is no factor without counts.

        Raises
        ------
        UnsupportedError
            Always.
        """
        raise UnsupportedError(
            f"The factor of {type(self).__name__} depends on what is stored; use scale(held, ...)."
        )

    def scale(self, held: Held, units: int, activity: float) -> float:
        r"""Return the factor that parts active from inactive units by 1, mean over stored pairs.

        Without bias, the mean field of active units is
        :math:`\sum_{ji} W_{ji} C_{ji} / \sum_j c_j`, that of inactive ones
        :math:`\sum_{ji} W_{ji} (c_i - C_{ji}) / \sum_j (P - c_j)`.
        """
        counts, weights = _counts(held), self.matrix(held)
        active = int(counts.post.sum())
        inactive = counts.stored * len(counts.post) - active
        if not (active and inactive):
            return 0.0
        on = float((weights * counts.pairs).sum())
        off = float((weights @ counts.pre).sum()) - on
        gap = on / active - off / inactive
        return 1.0 / gap if gap > 0 else 0.0

    def _level(self, nominal: float | None) -> float:
        return coding_level(type(self).__name__, self.activity, nominal)


def _held(counts: Counts, levels: Reals) -> dict[str, NDArray[Any]]:
    pairs = counts.pairs.toarray() if sparse.issparse(counts.pairs) else counts.pairs
    ends = {"post": counts.post, "pre": counts.pre, "stored": np.array(counts.stored)}
    return {"pairs": pairs, **ends, "levels": levels}


def _counts(held: Held) -> Counts:
    return Counts(held["pairs"], held["post"], held["pre"], int(held["stored"]))
