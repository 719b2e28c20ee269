r"""Mean-field theory of the covariance rule with 0/1 units at zero temperature.

With weights :math:`\sum_μ (ξ_j-a)(ξ_i-a) / (N a(1-a))` and replica symmetry, the field of an
active (inactive) unit is Gaussian with mean :math:`(1-a)m` (:math:`-am`) and deviation s. With
:math:`u_1 = ((1-a)m-θ')/s` and :math:`u_0 = (am+θ')/s`

.. math:: m = Φ(u_1)-Φ(-u_0), \quad q = aΦ(u_1)+(1-a)Φ(-u_0), \quad s = \frac{m}{u_1+u_0},

.. math:: C = \frac{aφ(u_1)+(1-a)φ(u_0)}{s}, \quad α = \frac{s^2 (1-C)^2}{q},

so that every pair (u₁, u₀) with C < 1 is the retrieval state of one load and one threshold. θ' is
the effective threshold: in equilibrium the network's reaction onto a unit, αC/(1-C), raises the
field of active units, so that θ' lies half of it below the threshold that is set. With it
:math:`u_0 s = am + θ'`, so that for a fixed θ' each s has a few states, the roots in m.

Valid for N → ∞ at fixed a and α = P/N, with independent patterns and asynchronous updates; at
finite Na the number of wrong units is granular, and simulations leave the curve.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from scipy.special import ndtr

from attractors import checks
from attractors.errors import ParameterError

Array = NDArray[np.float64]
Policy = float | Literal["winners", "optimal"]

# u₁ + u₀ from far below capacity to far above it, and the share of u₀ in it
_SIGNAL = np.linspace(14.0, 1.0, 261)
_SHARE = np.linspace(0.01, 0.99, 197)
# noise s from far below capacity to far above it, in units of the smaller of the two distances
# that a fixed threshold keeps from the noiseless fields, and m from the least that it lets pass
_NOISE = np.geomspace(0.02, 4.0, 261)
_RISE = np.linspace(0.0, 1.0, 201)


class CovarianceState(NamedTuple):
    """Retrieval state at its critical load α.

    ``threshold`` is θ', ``activity`` q, ``misses`` 1 − Φ(u₁) and ``false_alarms`` Φ(−u₀).
    """

    load: float
    overlap: float
    threshold: float
    activity: float
    misses: float
    false_alarms: float


def covariance_capacity(
    activity: float,
    threshold: Policy = "optimal",
    *,
    overlap: float = 0.5,
    centred: bool = False,
) -> float:
    """Return the largest load α = P/N with a retrieval state of at least this overlap.

    Parameters
    ----------
    activity : float
        Coding level a, above 0 and at most ½.
    threshold : float, "winners" or "optimal"
        Fixed effective threshold θ' in units of the field; ``"winners"`` holds the mean activity
        at a, as k winners do; ``"optimal"`` takes the best threshold for the load.
    overlap : float
        Smallest overlap m that counts as retrieval, 0 to below 1.
    centred : bool
        Whether units send s − a instead of s.

    Returns
    -------
    float
        0 if there is no such state.

    Raises
    ------
    ParameterError
        If a parameter is out of range.

    References
    ----------
    Tsodyks & Feigelman (1988), Europhys. Lett. 6:101, doi:10.1209/0295-5075/6/2/002; Buhmann,
    Divko & Schulten (1989), Phys. Rev. A 39:2689, doi:10.1103/PhysRevA.39.2689.

    Examples
    --------
    >>> round(covariance_capacity(0.1), 4)
    0.441
    """
    state = covariance_critical(activity, threshold, overlap=overlap, centred=centred)
    return 0.0 if state is None else state.load


def covariance_critical(
    activity: float,
    threshold: Policy = "optimal",
    *,
    overlap: float = 0.5,
    centred: bool = False,
) -> CovarianceState | None:
    """Return the retrieval state at the load :func:`covariance_capacity`, None where that is 0.

    The parameters are those of :func:`covariance_capacity`.

    Examples
    --------
    >>> round(covariance_critical(0.1).false_alarms, 4)
    0.0075
    """
    owner = "covariance_capacity"
    a = checks.real(owner, "activity", activity, low=0.0, open=True)
    level = checks.real(owner, "overlap", overlap, low=0.0)
    if a > 0.5 or level >= 1.0:
        raise ParameterError(
            f"{owner}: activity {a:g} and overlap {level:g} must be at most 0.5 and below 1."
        )
    if isinstance(threshold, str):
        checks.choice(owner, "threshold", threshold, ("winners", "optimal"))
        chosen = _optimal if threshold == "optimal" else _winners
        return _critical(lambda signal: chosen(signal, a, level, centred), _SIGNAL, level)
    theta = checks.real(owner, "threshold", threshold)
    clearance = min(1.0 - a - theta, a + theta)
    if clearance <= 0.0:
        return None
    return _critical(lambda s: _fixed(s, a, theta, centred), clearance * _NOISE, level)


class _States(NamedTuple):
    """Retrieval states, each (n,); the load is −∞ where there is none."""

    load: Array
    overlap: Array
    threshold: Array
    activity: Array
    misses: Array
    false_alarms: Array


def _states(u1: Array, u0: Array, a: float, centred: bool) -> _States:
    hits, alarms = ndtr(u1), ndtr(-u0)
    m = hits - alarms
    q = a * hits + (1.0 - a) * alarms
    sent = q * (1.0 - 2.0 * a) + a * a if centred else q
    s = m / (u1 + u0)
    c = (a * _density(u1) + (1.0 - a) * _density(u0)) / s
    with np.errstate(divide="ignore"):
        load = np.where(c < 1.0, s**2 * (1.0 - c) ** 2 / sent, -np.inf)
    return _States(load, m, u0 * s - a * m, q, ndtr(-u1), alarms)


def _density(u: Array) -> Array:
    return np.asarray(np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi))


def _optimal(signal: float, a: float, level: float, centred: bool) -> _States:
    """Return the state of the largest load with this u₁ + u₀, (1,)."""

    def states(share: Array) -> _States:
        return _states((1.0 - share) * signal, share * signal, a, centred)

    grid = _SHARE
    for _ in range(6):
        best = int(np.argmax(_loads(states(grid), level)))
        grid = np.linspace(grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)], 21)
    return states(grid[[int(np.argmax(_loads(states(grid), level)))]])


def _winners(signal: float, a: float, _level: float, centred: bool) -> _States:
    """Return the states with this u₁ + u₀ whose mean activity is a."""
    # misses among the active equal false alarms among the others
    share = _roots(
        lambda share: a * ndtr((share - 1.0) * signal) - (1.0 - a) * ndtr(-share * signal), _SHARE
    )
    return _states((1.0 - share) * signal, share * signal, a, centred)


def _fixed(s: float, a: float, theta: float, centred: bool) -> _States:
    """Return the states with this noise and effective threshold."""
    least = max(theta / (1.0 - a), -theta / a, 0.0)
    m = _roots(
        lambda m: ndtr(((1.0 - a) * m - theta) / s) - ndtr(-(a * m + theta) / s) - m,
        least + (1.0 - least) * _RISE[1:],
    )
    return _states(((1.0 - a) * m - theta) / s, (a * m + theta) / s, a, centred)


def _roots(function: Callable[[Array], Array], grid: Array) -> Array:
    """Return the roots of a function that the grid parts."""
    values = function(grid)
    found = np.flatnonzero((values[:-1] > 0) != (values[1:] > 0))
    return np.array([optimize.brentq(function, *grid[i : i + 2], xtol=1e-14) for i in found])


def _loads(states: _States, level: float) -> Array:
    return np.where(states.overlap >= level, states.load, -np.inf)


def _critical(
    family: Callable[[float], _States], grid: Array, level: float
) -> CovarianceState | None:
    """Return the state of the largest load in a family of one unknown."""

    def load(unknown: float) -> float:
        return float(_loads(family(unknown), level).max(initial=-np.inf))

    loads = [load(float(unknown)) for unknown in grid]
    best = int(np.argmax(loads))
    if not loads[best] > 0.0:
        return None
    ends = sorted((grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]))
    found = optimize.minimize_scalar(
        lambda unknown: -max(load(unknown), 0.0),
        bounds=ends,
        method="bounded",
        options={"xatol": 1e-9},
    )
    unknown = float(found.x) if -found.fun >= loads[best] else float(grid[best])
    states = family(unknown)
    chosen = int(np.argmax(_loads(states, level)))
    return CovarianceState(*(float(column[chosen]) for column in states))
