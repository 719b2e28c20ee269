"""The Bayesian confidence propagation rule for 0/1 patterns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attractors.rules.base import Held
from attractors.rules.tally import Reals, Tally


@dataclass(frozen=True)
class BCPNN(Tally):
    r"""Log odds of coincidence, and the log of each unit's own frequency as its bias.

    .. math:: W_{ji} = \ln \frac{p_{ji}}{p_j p_i}, \qquad b_j = \ln p_j,

    so that the field of a unit is the log of its probability given the active units, were these
    independent. Frequencies are smoothed: with P stored pairs, counts c, coincidences C and n₀
    patterns of independent units of activity a imagined before them,
    :math:`p_j = (c_j + n_0 a_j)/(P + n_0)` and :math:`p_{ji} = (C_{ji} + n_0 a_j a_i)/(P + n_0)`.
    A pair that never met has a floor of about :math:`\ln(n_0/P)`. Weights and bias are scaled
    alike, to gain 1 in the mean over the stored pairs.

    Parameters
    ----------
    activity : float, optional
        Coding level a of both ends; by default each network's nominal activity.
    prior : float
        n₀, above 0. As it grows, the weights approach those of the covariance rule.
    biased : bool
        Whether units have the bias.

    Notes
    -----
    Fields are log odds, to be compared with each other: use the rule where units compete, in
    ``Blocks`` (hypercolumns, for which it was made) or ``KWinners``. The best field may be
    negative when much is stored; ``threshold=None`` lets it win all the same. A lesson costs N²
    operations a pattern, the table of counts 4 bytes a synapse besides the weights.

    Of random patterns in 16 blocks of 16 units, with 2 blocks of the cue wrong, 90 % come back
    exactly up to about 260; up to 140 with the covariance rule.

    References
    ----------
    Lansner & Ekeberg (1989), Int. J. Neural Syst. 1:77, doi:10.1142/S0129065789000499; Sandberg,
    Lansner, Petersson & Ekeberg (2002), Network 13:179, doi:10.1080/net.13.2.179.194; compared
    with other rules: Lansner, Ravichandran & Herman (2023), arXiv:2401.00335.

    Examples
    --------
    >>> rule, x = BCPNN(), np.array([[1, 0, 0], [0, 1, 0]], dtype=np.int8)
    >>> held = rule.learn(rule.start((3, 3)), x, x, (1 / 3, 1 / 3))
    >>> np.round(rule.matrix(held)[0], 2)
    array([ 0.63, -1.67, -0.29])
    """

    biased: bool = True

    def weights(self, both: Reals, post: Reals, pre: Reals) -> Reals:
        """Return ln(p_ji / (p_j p_i))."""
        return np.asarray(np.log(both) - np.log(post) - np.log(pre))

    def bias(self, held: Held) -> Reals | None:
        """Return ln p_j of every target unit, to be scaled as the weights are."""
        return np.log(self.frequencies(held)[0]) if self.biased and held["stored"] else None
