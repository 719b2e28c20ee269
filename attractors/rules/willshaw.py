"""The Willshaw rule: clipped Hebbian learning of sparse 0/1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import PatternError
from attractors.rules.base import Levels, Patterns, Rule, Weights
from attractors.rules.counts import Counts


@dataclass(frozen=True)
class Willshaw(Rule):
    r"""Synapses switched on by coincidence: :math:`W_{ji} = \max_μ ξ^μ_j ξ^μ_i`.

    The factor to gain 1 is :math:`1/k`; k = N a is the number of active source units. The
    memory holds most per synapse when about half of the synapses are on: k ≈ log₂ N.

    References
    ----------
    Willshaw, Buneman & Longuet-Higgins (1969), Nature 222:960, doi:10.1038/222960a0;
    Palm (1980), Biol. Cybern. 36:19, doi:10.1007/BF00337019.
    """

    values: ClassVar = "01"
    signed: ClassVar[bool] = False
    clipped: ClassVar[bool] = True
    counted: ClassVar[bool] = True
    whole: ClassVar[bool] = True
    dtype: ClassVar[type[np.generic]] = np.bool_

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse rows with more than half of the units active; a target may be active in all.

        A diversion onto all units of its target is such a row.
        """
        for end, patterns in (("source", pre), ("target", post)):
            active = _active(patterns)
            units = patterns.shape[1]
            dense = (2 * active > units) & ((active < units) | (end == "source"))
            if dense.any():
                row = int(dense.argmax())
                raise PatternError(
                    f"Willshaw: {end} pattern {row} has {active[row]} of {units} units active; a "
                    "few so dense switch all synapses on. Store sparser ones or use Covariance()."
                )

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Switch on every synapse whose two ends are active in one pair."""
        # float products: counts in int8 would wrap around
        weights |= (post.T.astype(np.float32) @ pre.astype(np.float32)) > 0
        return weights

    def from_counts(self, counts: Counts, activity: Levels) -> Weights:
        """Return where both ends were ever active together, compressed as the table is."""
        weights: Weights = counts.pairs > 0
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / k; 0 while nothing is stored."""
        return 1.0 / (units * activity) if activity > 0 else 0.0


def _active(patterns: Any) -> NDArray[np.int64]:
    """Return how many units are active in each pattern, (P,)."""
    # of sparse patterns it is known; to add them up again takes a second a million
    rows = np.diff(patterns.indptr) if sparse.issparse(patterns) else patterns.sum(axis=1)
    return np.asarray(rows, np.int64)
