"""Order parameters of recall and the statistics of success."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

NONE = -1
WINNING_MATCH = 0.5
MARGIN = 0.2


def overlap(states: NDArray[Any], patterns: NDArray[Any], activity: float) -> NDArray[np.float64]:
    r"""Return theory's overlap :math:`m^μ = Σ(ξ^μ-a)s / Σ(ξ^μ-a)ξ^μ`.

    Parameters
    ----------
    states : (..., N)
        States of the units.
    patterns : (P, N)
        Stored patterns.
    activity : float
        Nominal activity a, 0 for ±1 patterns.

    Returns
    -------
    (..., P) float
        1 for the pattern itself, about 0 for one unrelated; nearly blind to extra active units.
    """
    centred = patterns.astype(np.float32) - np.float32(activity)
    norm = (centred * patterns).sum(axis=1, dtype=float)
    return np.asarray(_products(states, centred) / np.where(norm == 0, np.inf, norm))


def match(states: NDArray[Any], patterns: NDArray[Any]) -> NDArray[np.float64]:
    """Return the Pearson correlation of states and patterns, 0 where either is constant.

    Parameters
    ----------
    states : (..., N)
        States of the units.
    patterns : (P, N)
        Stored patterns.

    Returns
    -------
    (..., P) float
        Between -1 and 1.
    """
    values = patterns.astype(np.float64)
    centred = (values - values.mean(axis=1, keepdims=True)).astype(np.float32)
    spread = states.std(axis=-1, dtype=float)[..., None] * values.std(axis=1) * states.shape[-1]
    # centred on both sides: graded states may differ by little from a large mean
    products = _products(states - states.mean(axis=-1, dtype=float)[..., None], centred)
    return np.asarray(np.divide(products, spread, out=np.zeros(spread.shape), where=spread > 1e-9))


def _products(states: NDArray[Any], patterns: NDArray[np.float32]) -> NDArray[np.float64]:
    rows = states.reshape(-1, states.shape[-1]).astype(np.float32, copy=False)
    return (rows @ patterns.T).astype(float).reshape(*states.shape[:-1], len(patterns))


def winner(matches: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return which pattern won, -1 for none.

    Parameters
    ----------
    matches : (..., P)
        Mean match over the last 50 ms.

    Returns
    -------
    (...) int
        Index of the largest match if it is at least 0.5, else -1.
    """
    if matches.shape[-1] == 0:
        return np.full(matches.shape[:-1], NONE)
    return np.where(matches.max(axis=-1) >= WINNING_MATCH, matches.argmax(axis=-1), NONE)


def margin(matches: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how clear the outcome of :func:`winner` is.

    Parameters
    ----------
    matches : (..., P)
        Mean match over the last 50 ms.

    Returns
    -------
    (...) float
        Lead of the winner over the second pattern; where none won, what the best one lacks to
        0.5.
    """
    if matches.shape[-1] == 0:
        return np.full(matches.shape[:-1], WINNING_MATCH)
    ordered = np.sort(matches, axis=-1)
    best = ordered[..., -1]
    second = ordered[..., -2] if matches.shape[-1] > 1 else np.zeros_like(best)
    return np.where(best >= WINNING_MATCH, best - second, WINNING_MATCH - best)


def interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson interval of a success rate.

    Parameters
    ----------
    successes, trials : int
        Counts, trials at least 1.
    confidence : float
        Coverage of the interval.

    References
    ----------
    Wilson (1927), JASA 22:209, doi:10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> low, high = interval(95, 100)
    >>> round(low, 3), round(high, 3)
    (0.888, 0.978)
    """
    bounds = stats.binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    return float(bounds.low), float(bounds.high)
