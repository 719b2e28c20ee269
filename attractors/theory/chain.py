r"""Signal and noise of Benna & Fusi's synapse, a chain of variables of growing inertia.

Variable k = 0 … m − 1 has capacity :math:`C_k = b^k` and exchanges with the next through
:math:`g_k = g b^{-k}`; patterns push the first, the last leaks to 0:

.. math:: C_k \dot u_k = g_{k-1}(u_{k-1} - u_k) - g_k(u_k - u_{k+1}) .

The trace r(t) of a pattern, the solution from u₀ = 1, falls as :math:`t^{-1/2}` between 1/g and
the time :math:`b^{2m}/g` of the last variable, exponentially thereafter. n synapses that take one
independent ±1 a unit of time remember it with

.. math:: \mathrm{SNR}(t) = \sqrt n\, r(t) \Big/ \sqrt{\textstyle\sum_{τ \ge 0} r(τ)^2} .

Exact for unbounded variables, a memory that is full, and independent synapses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.errors import ParameterError

Array = NDArray[np.float64]


def chain_trace(
    ages: ArrayLike, variables: int = 8, *, base: float = 2.0, coupling: float = 0.25
) -> Array:
    """Return what the first variable keeps of a pattern, a share of what it received.

    Parameters
    ----------
    ages : (n,) array_like
        t in patterns since, at least 0.
    variables : int
        m.
    base : float
        b, above 1.
    coupling : float
        g, above 0.

    Returns
    -------
    (n,) ndarray

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Benna & Fusi (2016), Nat. Neurosci. 19:1697, doi:10.1038/nn.4401.

    Examples
    --------
    >>> chain_trace([0, 20, 80, 320]).round(3)
    array([1.   , 0.213, 0.106, 0.053])
    """
    times = _times("chain_trace", ages)
    rates, shares = _modes("chain_trace", variables, base, coupling)
    return np.asarray(np.exp(-times[:, None] * rates) @ shares)


def chain_snr(
    ages: ArrayLike, synapses: int, variables: int = 8, *, base: float = 2.0, coupling: float = 0.25
) -> Array:
    """Return the signal-to-noise ratio of patterns of these ages.

    Parameters
    ----------
    ages : (n,) array_like
        t in patterns since, at least 0.
    synapses : int
        n.
    variables : int
        m.
    base, coupling : float
        b and g.

    Returns
    -------
    (n,) ndarray

    Examples
    --------
    >>> chain_snr([20, 80], 10000).round(1)
    array([6.1, 3.1])
    """
    times = _times("chain_snr", ages)
    n = checks.whole("chain_snr", "synapses", synapses)
    rates, shares = _modes("chain_snr", variables, base, coupling)
    # the sum over all ages of products of two decays
    noise = shares @ (1.0 / -np.expm1(-(rates[:, None] + rates))) @ shares
    return np.asarray(np.sqrt(n / noise) * (np.exp(-times[:, None] * rates) @ shares))


def _modes(owner: str, variables: int, base: float, coupling: float) -> tuple[Array, Array]:
    """Return the rates (m,) at which the chain's modes decay, and their shares of the trace."""
    m = checks.whole(owner, "variables", variables)
    b = checks.real(owner, "base", base, low=1.0, open=True)
    g = checks.real(owner, "coupling", coupling, low=0.0, open=True)
    down = g * b ** -np.arange(float(m))
    root = b ** (np.arange(float(m)) / 2.0)
    flow = np.diag(down + np.concatenate([[0.0], down[:-1]]))
    flow -= np.diag(down[:-1], 1) + np.diag(down[:-1], -1)
    # scaled by the roots of the capacities the flow is symmetric
    rates, modes = np.linalg.eigh(flow / root / root[:, None])
    return rates, modes[0] ** 2


def _times(owner: str, ages: ArrayLike) -> Array:
    try:
        times = np.atleast_1d(np.asarray(ages, float))
    except (TypeError, ValueError):
        times = np.array([np.nan])
    if not np.isfinite(times).all() or (times < 0.0).any():
        raise ParameterError(
            f"{owner}: ages are {ages!r}; they must be numbers, finite and at least 0."
        )
    return times
