r"""Mean-field theory of the covariance rule with 0/1 units at zero temperature.

With weights :math:`\sum_μ (ξ_j-a)(ξ_i-a) / (N a(1-a))` and replica symmetry, the field of an
active (inactive) unit is Gaussian with mean :math:`(1-a)m` (:math:`-am`) and deviation s. With
:math:`u_1 = ((1-a)m-θ')/s` and :math:`u_0 = (am+θ')/s`

.. math:: m = Φ(u_1)-Φ(-u_0), \quad q = aΦ(u_1)+(1-a)Φ(-u_0), \quad s = \frac{m}{u_1+u_0},

.. math:: C = \frac{aφ(u_1)+(1-a)φ(u_0)}{s}, \quad α = \frac{s^2 (1-C)^2}{q},

so that every pair (u₁, u₀) with C < 1 is the retrieval state of one load and one threshold. θ' is
the effective threshold: in equilibrium the network's reaction onto a unit, αC/(1-C), raises the
field of active units, so that θ' lies half of it below the threshold that is set.

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


class _States(NamedTuple):
    """Retrieval states; the load is −∞ where there is none."""

    load: Array
    overlap: Array
    threshold: Array
    activity: Array


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
    a = checks.real("covariance_capacity", "activity", activity, low=0.0, open=True)
    level = checks.real("covariance_capacity", "overlap", overlap, low=0.0)
    if a > 0.5 or level >= 1.0:
        raise ParameterError(
            f"covariance_capacity: activity {a:g} and overlap {level:g} must be at most 0.5 and "
            "below 1."
        )
    if isinstance(threshold, str):
        checks.choice("covariance_capacity", "threshold", threshold, ("winners", "optimal"))
    else:
        checks.real("covariance_capacity", "threshold", threshold)
    return _peak(lambda signal: _load(signal, a, threshold, level, centred))


def _states(signal: float, share: Array, a: float, centred: bool) -> _States:
    """Return the states with u₁ + u₀ = signal and u₀ = share × signal."""
    u1, u0 = (1.0 - share) * signal, share * signal
    hits, alarms = ndtr(u1), ndtr(-u0)
    m = hits - alarms
    q = a * hits + (1.0 - a) * alarms
    sent = q * (1.0 - 2.0 * a) + a * a if centred else q
    s = m / signal
    c = (a * _density(u1) + (1.0 - a) * _density(u0)) / s
    with np.errstate(divide="ignore"):
        load = np.where(c < 1.0, s**2 * (1.0 - c) ** 2 / sent, -np.inf)
    return _States(load, m, u0 * s - a * m, q)


def _density(u: Array) -> Array:
    return np.asarray(np.exp(-0.5 * u * u) / np.sqrt(2.0 * np.pi))


def _load(signal: float, a: float, policy: Policy, level: float, centred: bool) -> float:
    """Return the load of the state with this signal that the policy allows, −∞ for none."""

    def allowed(share: Array) -> Array:
        states = _states(signal, share, a, centred)
        return np.where(states.overlap >= level, states.load, -np.inf)

    def excess(share: Array) -> Array:
        states = _states(signal, share, a, centred)
        wrong = a - states.activity if isinstance(policy, str) else states.threshold - policy
        return np.where(np.isfinite(states.load), wrong, np.nan)

    if policy == "optimal":
        return float(allowed(_refined(allowed))[0])
    gaps = excess(_SHARE)
    found = np.flatnonzero(gaps[:-1] * gaps[1:] <= 0)
    roots = [
        optimize.brentq(lambda x: float(excess(np.array(x))), *_SHARE[i : i + 2]) for i in found
    ]
    return float(allowed(np.array(roots)).max(initial=-np.inf))


def _refined(function: Callable[[Array], Array]) -> Array:
    """Return the share at which a function is largest, (1,)."""
    grid = _SHARE
    for _ in range(5):
        best = int(np.argmax(function(grid)))
        grid = np.linspace(grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)], 21)
    return grid[[int(np.argmax(function(grid)))]]


def _peak(load: Callable[[float], float]) -> float:
    """Return the largest load over all signals."""
    loads = np.array([load(signal) for signal in _SIGNAL])
    best = int(np.argmax(loads))
    if not np.isfinite(loads[best]):
        return 0.0
    low, high = _SIGNAL[min(best + 1, len(loads) - 1)], _SIGNAL[max(best - 1, 0)]
    peak = optimize.minimize_scalar(
        lambda signal: -max(load(signal), 0.0),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-7},
    )
    return float(max(loads[best], -peak.fun))
