"""Storkey's rule for ±1 patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors.rules.base import Held, Levels, Patterns, Rule, Weights


@dataclass(frozen=True)
class Storkey(Rule):
    r"""Hebb's rule that leaves out of each new pattern what the old ones already predict.

    Pattern after pattern, with the raw weights W of the patterns before and N units,

    .. math:: ΔW_{ji} = ξ_j ξ_i - \frac{1}{N} h_{ji} ξ_i - \frac{1}{N} ξ_j h_{ij}, \qquad
        h_{ji} = \sum_{k ≠ i,j} W_{jk} ξ_k .

    The factor to gain 1 is :math:`1/N`; units have no synapse onto themselves, while learning
    either. Between two networks, with y in the target and x in the source, the two fields are
    :math:`\sum_{k ≠ i} W_{jk} x_k / N_x` and :math:`\sum_{k ≠ j} W_{ki} y_k / N_y`: what each end
    brings the other. With ``self_coupling=True`` a network learns as if it were two: the synapse
    of a unit onto itself changes like all others and, unlike in the paper, is part of its fields.

    Notes
    -----
    Learning is local and incremental, and costs N² operations a pattern as Hebb's rule does. The
    weights depend a little on the order of the patterns. A recurrent network keeps nearly all of
    N / √(2 ln N) random patterns exactly, 0.31 N at N = 200, where Hebb's rule keeps
    N / (2 ln N), 0.09 N.

    References
    ----------
    Storkey (1997), ICANN, LNCS 1327:451, doi:10.1007/BFb0020196; Storkey & Valabregue (1999),
    Neural Networks 12:869, doi:10.1016/S0893-6080(99)00038-6.

    Examples
    --------
    >>> rule, pattern = Storkey(), np.array([[1, -1]], dtype=np.int8)
    >>> held = rule.start((2, 2), recurrent=True)
    >>> rule.matrix(rule.learn(held, pattern, pattern, (None, None)))
    array([[ 0., -1.],
           [-1.,  0.]])
    """

    values: ClassVar = "±1"
    order_free: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return no weights, and whether those of units onto themselves stay away."""
        return {"weights": np.zeros(shape), "recurrent": np.array(recurrent, np.bool_)}

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Store row after row, each corrected by what is stored before it."""
        matrix: Weights = weights["weights"]
        rows, columns = matrix.shape
        for y, x in zip(post.astype(float), pre.astype(float), strict=True):
            # fields over all k; the two left out add W_ji to each field, since x² = y² = 1
            target, source = matrix @ x / columns, matrix.T @ y / rows
            matrix *= 1.0 + 1.0 / columns + 1.0 / rows
            matrix += np.outer(y - target, x) - np.outer(y, source)
            if weights["recurrent"]:
                np.fill_diagonal(matrix, 0.0)
        return weights

    def matrix(self, held: Held) -> Weights:
        """Return the weights."""
        weights: Weights = held["weights"]
        return weights

    def factor(self, units: int, activity: float) -> float:
        """Return 1 / units."""
        return 1.0 / units
