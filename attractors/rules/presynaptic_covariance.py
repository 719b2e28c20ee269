"""The covariance rule normalised by how often the source unit is active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from attractors.rules.tally import Reals, Tally


@dataclass(frozen=True)
class PresynapticCovariance(Tally):
    r"""How much more probable the target unit is when the source unit is active.

    .. math:: W_{ji} = \frac{p_{ji} - p_j p_i}{p_i} = P(j \mid i) - P(j)

    with frequencies smoothed by n₀ imagined patterns of independent units:
    :math:`p_j = (c_j + n_0 a_j)/(P + n_0)`, :math:`p_{ji} = (C_{ji} + n_0 a_j a_i)/(P + n_0)`.

    Parameters
    ----------
    activity : float, optional
        Coding level a of both ends; by default each network's nominal activity.
    prior : float
        n₀, above 0.

    Notes
    -----
    Source units that are active in many patterns say less about each; the rule divides by just
    that. It was made for correlated patterns in networks of k winners. Of random patterns in 16
    blocks of 16 units, with 2 blocks of the cue wrong, 90 % come back exactly up to about 150.
    Of the variants that bear the name, this one comes to the capacities published under it; the
    first paper's own formula was not at hand. Weights are not symmetric: there is no energy.
    Costs are those of :class:`~attractors.BCPNN`.

    References
    ----------
    Minai (1997), Neural Comput. 9:667, doi:10.1162/neco.1997.9.3.667; Lansner, Ravichandran &
    Herman (2023), arXiv:2401.00335.

    Examples
    --------
    >>> rule, x = PresynapticCovariance(), np.array([[1, 0, 0], [0, 1, 0]], dtype=np.int8)
    >>> held = rule.learn(rule.start((3, 3)), x, x, (1 / 3, 1 / 3))
    >>> np.round(rule.matrix(held)[0], 2)
    array([ 0.39, -0.36, -0.11])
    """

    symmetric: ClassVar[bool] = False

    def weights(self, both: Reals, post: Reals, pre: Reals) -> Reals:
        """Return p_ji / p_i - p_j."""
        return np.asarray(both / pre - post)
