"""The covariance rule for sparse 0/1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Patterns, Rule, Weights


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
    # centred products are no whole numbers: double precision keeps the order of storing unseen
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        if self.activity is not None:
            value = checks.real("Covariance", "activity", self.activity, low=0.0, open=True)
            if value >= 1.0:
                raise ParameterError(
                    f"Covariance: activity is {value:g}; it must lie between 0 and 1."
                )

    def check(self, activity: tuple[float | None, float | None]) -> None:
        """Refuse networks without an activity between 0 and 1."""
        for nominal in activity:
            self._level(nominal)

    def learn(
        self,
        weights: Weights,
        post: Patterns,
        pre: Patterns,
        activity: tuple[float | None, float | None],
    ) -> Weights:
        """Add the centred outer products.

        Raises
        ------
        ParameterError
            If neither the rule nor the network says what the activity is.
        """
        level_post, level_pre = (self._level(nominal) for nominal in activity)
        weights += (post - level_post).T @ (pre - level_pre)
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / (N a (1-a))."""
        level = self._level(activity)
        return 1.0 / (units * level * (1.0 - level))

    def _level(self, nominal: float | None) -> float:
        level = self.activity if self.activity is not None else nominal
        if level is None or not 0.0 < level < 1.0:
            raise ParameterError(
                f"Covariance needs an activity between 0 and 1, the network gives {level}; "
                "write Covariance(activity=...)."
            )
        return level
