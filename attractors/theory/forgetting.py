r"""Retrieval from weights to which each pattern has contributed by its age.

Weights hold the pattern of age xN with strength λ(x), falling from λ(0). At T = 0, with replica
symmetry, a pattern is recalled with overlap m = erf(y) from noise of variance V(C), where C is
the units' response:

.. math:: V(C) = \int_0^\infty \frac{λ(x)^2}{(1-λ(x)C)^2} dx + Δ^2, \quad
          C^2 V(C) = \frac{2}{π} e^{-2y^2}, \quad
          λ(x) = \frac{2}{\sqrtπ} \frac{y e^{-y^2}}{C\,\mathrm{erf}(y)},

with Δ² the variance of what in the weights is no sum over patterns. Each y gives C, hence the
strength it takes, hence the age.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import optimize

from attractors.theory.branch import Branch
from attractors.theory.sign_units import LARGEST, overlap

# C from hardly any response to all but the one that diverges
_LOWEST, _HIGHEST = -60.0, -1e-9


def forgetting(
    variance: Callable[[float], float], age: Callable[[float], float], strongest: float
) -> Branch:
    """Return the retrieval states as a branch whose load is the age.

    Parameters
    ----------
    variance : callable
        V(C), rising, for C below 1/``strongest``.
    age : callable
        x at which the strength has fallen to a value; negative for values above ``strongest``.
    strongest : float
        λ(0).
    """

    def load(y: float) -> float:
        target = -2.0 * y * y + np.log(2.0 / np.pi)

        def excess(log: float) -> float:
            c = np.exp(log) / strongest
            return float(2.0 * np.log(c) + np.log(variance(c)) - target)

        if excess(_HIGHEST) < 0.0:
            return -np.inf
        c = np.exp(optimize.brentq(excess, _LOWEST, _HIGHEST)) / strongest
        return age(float(2.0 / np.sqrt(np.pi) * y * np.exp(-y * y) / (c * overlap(y))))

    return Branch(load, overlap, 0.05, LARGEST)
