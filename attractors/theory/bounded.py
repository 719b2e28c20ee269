r"""Mean-field theory of Parisi's bounded synapses, which forget because they saturate.

A synapse takes steps of ±1/√N within ±A: in a full memory a Brownian motion in age x = t/N,
uniform between its bounds. Of the pattern of age x it keeps, on average, the chance that it has
met no bound since:

.. math:: λ(x) = \sum_{k\ \mathrm{odd}} \frac{8}{π^2k^2} e^{-π^2k^2x/8A^2}, \qquad
          Δ^2 = \frac{A^2}{3} - \int_0^\infty λ(x)^2 dx .

What products of several patterns contribute is independent between synapses and acts as the
static noise Δ² of a spin glass (Sompolinsky's equivalence for weights that are no linear function
of the Hebbian ones), beside the noise of :mod:`attractors.theory.forgetting`. Derived here from
these two; the paper has simulations, about 0.04 N patterns at A = 0.35. Valid for N → ∞, a memory
that is full, independent patterns of activity ½. As with the palimpsest, networks of N = 2400
still recall 14 % more than this in all, older ones with gaps, and as much without a gap.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from attractors import checks
from attractors.theory.branch import Branch
from attractors.theory.forgetting import forgetting

Array = NDArray[np.float64]

_ODD = np.arange(1.0, 60.0, 2.0)
# up to here (in units of A²) a synapse meets one bound at most, and the root is exact
_YOUNG, _OLD = 0.02, 40.0
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(400)


def bounded_capacity(bound: float) -> float:
    """Return how many of the newest patterns are recalled, a unit, by synapses within ±A.

    Parameters
    ----------
    bound : float
        A in units of √N steps, above 0, as :class:`attractors.Bounded` takes it.

    Returns
    -------
    float
        0 where nothing is recalled.

    Raises
    ------
    ParameterError
        If the bound is out of range.

    References
    ----------
    Parisi (1986), J. Phys. A 19:L617, doi:10.1088/0305-4470/19/10/011; Sompolinsky (1986), Phys.
    Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571.

    Examples
    --------
    >>> round(bounded_capacity(0.35), 4), bounded_capacity(1.0)
    (0.0405, 0.0)
    """
    return _branch("bounded_capacity", bound).capacity()


def bounded_overlap(age: float, bound: float) -> float:
    """Return the overlap m with which a pattern of this age is recalled, 0 if it is forgotten.

    Parameters
    ----------
    age : float
        Patterns stored since, divided by N, at least 0.
    bound : float
        A, above 0.

    Examples
    --------
    >>> round(bounded_overlap(0.02, 0.35), 4)
    0.9991
    """
    age = checks.real("bounded_overlap", "age", age, low=0.0)
    return _branch("bounded_overlap", bound).overlap_at(age)


def _branch(owner: str, bound: float) -> Branch:
    return _full(checks.real(owner, "bound", bound, low=0.0, open=True))


@lru_cache(maxsize=64)
def _full(bound: float) -> Branch:
    # the strength falls with the root of the age: equal steps of the root are fine at both ends
    root = (_NODES + 1.0) / 2.0 * np.sqrt(_OLD)
    measure = _WEIGHTS * root * np.sqrt(_OLD) * bound**2
    strength = _kept(root**2)
    static = bound**2 / 3.0 - float(measure @ strength**2)

    def variance(c: float) -> float:
        return float(measure @ (strength / (1.0 - c * strength)) ** 2) + static

    def age(left: float) -> float:
        if left >= 1.0:
            return 1.0 - left
        return bound**2 * float(
            optimize.brentq(lambda x: float(_kept(np.array([x]))[0]) - left, 0.0, _OLD)
        )

    return forgetting(variance, age, 1.0)


def _kept(age: Array) -> Array:
    """Return what is left of a step of this age, in units of A²."""
    rates = np.exp(-((np.pi * _ODD) ** 2) / 8.0 * age[:, None])
    late = rates @ (8.0 / (np.pi * _ODD) ** 2)
    return np.asarray(np.where(age < _YOUNG, 1.0 - np.sqrt(2.0 * age / np.pi), late))
