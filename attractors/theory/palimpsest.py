r"""Mean-field theory of the marginalist palimpsest, whose patterns fade exponentially.

:math:`W ← e^{-ε^2/2N} W + \frac{ε}{N} ξξ^T` keeps the weights' variance at 1/N, and leaves the
pattern of age xN the strength :math:`λ(x) = εe^{-ε^2x/2}`. With these, the noise of
:mod:`attractors.theory.forgetting` is, w = εC and Δ = 0,

.. math:: V(C) = \frac{2}{ε^2C^2} \left[\frac{1}{1-w} - 1 + \ln(1-w)\right].

Below ε ≈ 2.465 not even the newest pattern is recalled; the memory is longest near ε ≈ 4.108.
Valid for N → ∞, a memory that is full, independent patterns of activity ½.
"""

from __future__ import annotations

import numpy as np
from scipy import optimize

from attractors import checks
from attractors.theory.branch import Branch
from attractors.theory.forgetting import forgetting

# below, the closed form loses its digits and a series does better
_SMALL = 1e-3
_WEAK, _STRONG = 2.0, 10.0


def palimpsest_capacity(strength: float) -> float:
    """Return the largest age, in patterns a unit, at which a pattern is still recalled.

    Parameters
    ----------
    strength : float
        ε, above 0.

    Returns
    -------
    float
        0 where nothing is recalled.

    Raises
    ------
    ParameterError
        If the strength is out of range.

    References
    ----------
    Mézard, Nadal & Toulouse (1986), J. Physique 47:1457, doi:10.1051/jphys:019860047090145700.

    Examples
    --------
    >>> round(palimpsest_capacity(4.108), 5), palimpsest_capacity(2.4)
    (0.04896, 0.0)
    """
    return _branch("palimpsest_capacity", strength).capacity()


def palimpsest_overlap(age: float, strength: float) -> float:
    """Return the overlap m with which a pattern of this age is recalled, 0 if it is forgotten.

    Parameters
    ----------
    age : float
        Patterns stored since, divided by N, at least 0.
    strength : float
        ε, above 0.

    Examples
    --------
    >>> round(palimpsest_overlap(0.02, 4.108), 4)
    0.9994
    """
    age = checks.real("palimpsest_overlap", "age", age, low=0.0)
    return _branch("palimpsest_overlap", strength).overlap_at(age)


def palimpsest_weakest() -> float:
    """Return the smallest strength ε at which the newest pattern is recalled.

    Examples
    --------
    >>> round(palimpsest_weakest(), 4)
    2.4648
    """

    def newest(strength: float) -> float:
        branch = _branch("palimpsest_weakest", strength)
        return branch.load(branch.critical)

    return float(optimize.brentq(newest, _WEAK, _STRONG / 2.0))


def palimpsest_best() -> float:
    """Return the strength ε at which the oldest patterns are recalled.

    Examples
    --------
    >>> round(palimpsest_best(), 2)
    4.11
    """
    found = optimize.minimize_scalar(
        lambda strength: -palimpsest_capacity(strength),
        bounds=(_WEAK, _STRONG),
        method="bounded",
        options={"xatol": 1e-6},
    )
    return float(found.x)


def _branch(owner: str, strength: float) -> Branch:
    epsilon = checks.real(owner, "strength", strength, low=0.0, open=True)

    def variance(c: float) -> float:
        w = epsilon * c
        series = w * w * (1.0 / 2.0 + w * (2.0 / 3.0 + w * 3.0 / 4.0))
        bracket = series if w < _SMALL else w / (1.0 - w) + np.log1p(-w)
        return float(2.0 * bracket / w**2)

    def age(left: float) -> float:
        return float(2.0 / epsilon**2 * np.log(epsilon / left))

    return forgetting(variance, age, epsilon)
