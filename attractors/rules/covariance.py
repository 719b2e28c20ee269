"""The covariance rule for sparse 0/1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.rules.base import Levels, Patterns, Rule, Weights
from attractors.rules.coding import check_activity, check_level, coding_level
from attractors.rules.counts import Counts


@dataclass(frozen=True)
class Covariance(Rule):
    r"""Outer products of centred 0/1 patterns: :math:`W_{ji} = \sum_μ (ξ^μ_j-a)(ξ^μ_i-a)`.

    The factor to gain 1 is :math:`1/(N a (1-a))` with N and a of the source. The critical load
    depends sharply on the threshold of the units.

    Parameters
    ----------
    activity : float, optional
        Coding level a of both ends; by default each network's nominal activity.

    References
    ----------
    Tsodyks & Feigelman (1988), Europhys. Lett. 6:101, doi:10.1209/0295-5075/6/2/002.
    """

    activity: float | None = None
    values: ClassVar = "01"
    counted: ClassVar[bool] = True
    # centred products are no whole numbers: double precision keeps the order of storing unseen
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        check_activity("Covariance", self.activity)

    def check(self, activity: Levels) -> None:
        """Refuse networks without an activity between 0 and 1."""
        for nominal in activity:
            self.level(nominal)

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse patterns whose mean activity is more than a factor 2 off the coding level."""
        for end, patterns, nominal in zip(("target", "source"), (post, pre), activity, strict=True):
            check_level("Covariance", end, patterns, self.level(nominal))

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Add the centred outer products.

        Raises
        ------
        ParameterError
            If neither the rule nor the network says what the activity is.
        """
        level_post, level_pre = (self.level(nominal) for nominal in activity)
        weights += (post - level_post).T @ (pre - level_pre)
        return weights

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the centred patterns."""
        level_post, level_pre = (self.level(nominal) for nominal in activity)
        return post - level_post, pre - level_pre

    def centring(self, activity: Levels) -> tuple[float, float]:
        """Return the coding levels of target and source."""
        level_post, level_pre = (self.level(nominal) for nominal in activity)
        return level_post, level_pre

    def from_counts(self, counts: Counts, activity: Levels) -> Weights:
        """Return C - a_pre c_post - a_post c_pre + P a_post a_pre, with C the coincidences."""
        level_post, level_pre = (self.level(nominal) for nominal in activity)
        own = level_pre * counts.post[:, None] + level_post * counts.pre[None, :]
        return np.asarray(counts.pairs - own + counts.stored * level_post * level_pre)

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / (N a (1-a))."""
        level = self.level(activity)
        return 1.0 / (units * level * (1.0 - level))

    def level(self, nominal: float | None) -> float:
        """Return the coding level of an end with this nominal activity."""
        return coding_level("Covariance", self.activity, nominal)
