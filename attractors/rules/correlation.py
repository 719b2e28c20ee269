"""The correlation of units as the weight between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attractors.rules.tally import Reals, Tally


@dataclass(frozen=True)
class Correlation(Tally):
    r"""Pearson's correlation of the two ends over the stored 0/1 patterns.

    .. math:: W_{ji} = \frac{p_{ji} - p_j p_i}{\sqrt{p_j (1 - p_j) \, p_i (1 - p_i)}}

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
    Units that chance made active less often than others get larger weights than from the
    covariance rule, which costs capacity where units compete: of random patterns in 16 blocks of
    16 units, with 2 blocks of the cue wrong, 90 % come back exactly up to about 120, where that
    rule holds 140. Costs are those of :class:`~attractors.BCPNN`.

    References
    ----------
    Lansner, Ravichandran & Herman (2023), arXiv:2401.00335.

    Examples
    --------
    >>> rule, x = Correlation(), np.array([[1, 0, 0], [0, 1, 0]], dtype=np.int8)
    >>> held = rule.learn(rule.start((3, 3)), x, x, (1 / 3, 1 / 3))
    >>> np.round(rule.matrix(held)[0], 2)
    array([ 0.7 , -0.65, -0.08])
    """

    def weights(self, both: Reals, post: Reals, pre: Reals) -> Reals:
        """Return the covariance over both standard deviations."""
        deviations = np.sqrt(post * (1.0 - post)) * np.sqrt(pre * (1.0 - pre))
        return np.asarray((both - post * pre) / deviations)
