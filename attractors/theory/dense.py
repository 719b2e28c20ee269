r"""Error rates of dense associative memories with polynomial energies.

Energy :math:`-\sum_μ F(\sum_j ξ_j^μ s_j)` with :math:`F(x) = x^n`, ±1 units. One unit takes the
sign that lowers the energy while all others stay: from a cue with w wrong units among the other
N − 1 the own pattern contributes the signal :math:`g(N-1-2w)` and each of the K − 1 others
:math:`±g(S)` with a fair sign, where

.. math:: g(S) = F(S+1) - F(S-1), \qquad S = \text{sum of } N-1 \text{ fair signs}.

These are independent, so that the sum's tail is exact at any N and K, for independent patterns of
activity ½ and one step. It is computed where :mod:`attractors.theory.crosstalk` reaches: at large
powers some tens of patterns can be too many to count and too few for an integral. For large N the
sum is Gaussian of variance :math:`4 n^2 (2n-3)!!\, K N^{n-1}` against :math:`2 n N^{n-1}`:

.. math:: P = Φ\left(-\sqrt{N^{n-1} / (K (2n-3)!!)}\right).

The Gaussian form neglects what is of order 1/N and, at n ≥ 3, the sum's heavy tails: at N = 100,
n = 4 and K = 3000 there are 1.5 times as many errors as it says, 1.8 in a million units.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.bounds import share, whole_below
from attractors.theory.crosstalk import tail

Array = NDArray[np.float64]

# logarithm of the largest float, with room for rounding
_LARGEST = 709.0


def dense_error(
    power: int, units: int, patterns: int, wrong: int = 0, *, rectified: bool = False
) -> float:
    """Return the exact probability that a unit is wrong after one step by energy differences.

    Parameters
    ----------
    power : int
        n of the energy, at least 2; 2 is Hopfield's network.
    units, patterns : int
        N, at least 2, and K.
    wrong : int
        Number w of wrong units among the N − 1 others, below half of them.
    rectified : bool
        Whether F is 0 for negative overlaps.

    Returns
    -------
    float
        An exact tie counts as right: from a stored pattern, sign(0) keeps the unit.

    Raises
    ------
    ParameterError
        If a number is out of range.
    UnsupportedError
        If the exact tail is out of reach: simulate, or take :func:`dense_error_limit`.

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29, doi:10.48550/arXiv.1606.01164.

    Examples
    --------
    >>> f"{dense_error(2, 400, 80):.5f} {dense_error(3, 100, 500):.6f}"
    '0.01213 0.005254'
    """
    owner = "dense_error"
    n, size = checks.whole(owner, "power", power, low=2), _size(owner, units)
    stored = checks.whole(owner, "patterns", patterns)
    flipped = whole_below(owner, "wrong", wrong, (size - 2) // 2, f"{size} units")

    def gain(total: int) -> int:
        ends = (total + 1, total - 1)
        up, down = (max(end, 0) if rectified else end for end in ends)
        return int(up**n - down**n)

    sums, chances = signs(size - 1)
    values = [sign * gain(total) for sign in (-1, 1) for total in sums]
    return tail(owner, values, np.tile(chances / 2.0, 2), stored - 1, gain(size - 1 - 2 * flipped))


def dense_error_limit(power: int, units: int, patterns: float) -> float:
    """Return the Gaussian error rate of one step from a stored pattern, leading order in N.

    Parameters
    ----------
    power : int
        n, at least 2.
    units : int
        N, at least 2.
    patterns : float
        K, above 0.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29, doi:10.48550/arXiv.1606.01164; for n = 2 Hertz, Krogh &
    Palmer (1991), Introduction to the Theory of Neural Computation, ISBN 0-201-51560-1.

    Examples
    --------
    >>> round(dense_error_limit(3, 100, 500), 6)
    0.004912
    """
    owner = "dense_error_limit"
    capacity = _patterns_at_unit_signal(owner, power, units)
    stored = checks.real(owner, "patterns", patterns, low=0.0, open=True)
    return float(special.ndtr(-math.sqrt(capacity / stored)))


def dense_capacity(power: int, units: int, error: float | None = None) -> float:
    r"""Return the number of patterns at an error rate, leading order in N.

    :math:`K = N^{n-1} / ((2n-3)!!\, z^2)` with Φ(−z) the error rate, and with
    :math:`z^2 = 2 \ln N` where no unit at all of a pattern is to be wrong.

    Parameters
    ----------
    power, units : int
        n and N, at least 2.
    error : float, optional
        Probability that a unit is wrong, below ½; by default none is to be.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29, doi:10.48550/arXiv.1606.01164.

    Examples
    --------
    >>> round(dense_capacity(2, 1000, error=0.001) / 1000, 4), round(dense_capacity(3, 1000))
    (0.1047, 24127)
    """
    owner = "dense_capacity"
    capacity = _patterns_at_unit_signal(owner, power, units)
    if error is None:
        return capacity / (2.0 * math.log(units))
    # an error of ½ is chance, which no number of patterns exceeds
    chance = share(owner, "error × 2", 2.0 * checks.real(owner, "error", error))
    return capacity / float(special.ndtri(chance / 2.0)) ** 2


def signs(count: int) -> tuple[list[int], Array]:
    """Return the sums that fair signs can have, and their probabilities."""
    chances = stats.binom.pmf(np.arange(count + 1), count, 0.5)
    return list(range(-count, count + 1, 2)), np.asarray(chances, dtype=np.float64)


def power_by_odd_factorial(owner: str, units: int, degree: int) -> float:
    r"""Return :math:`N^d / (2d-1)!!`, patterns at a signal of one deviation of the noise."""
    # (2d-1)!! = 2^d Γ(d + ½) / √π; either alone may exceed what a float holds
    log = degree * math.log(units / 2.0) - math.lgamma(degree + 0.5) + 0.5 * math.log(math.pi)
    if log > _LARGEST:
        raise ParameterError(
            f"{owner}: {units} units to the power {degree} hold more patterns than a float "
            "can tell;\nuse fewer units or a lower power."
        )
    return math.exp(log)


def _size(owner: str, units: int) -> int:
    return checks.whole(owner, "units", units, low=2)


def _patterns_at_unit_signal(owner: str, power: int, units: int) -> float:
    n, size = checks.whole(owner, "power", power, low=2), _size(owner, units)
    return power_by_odd_factorial(owner, size, n - 1)
