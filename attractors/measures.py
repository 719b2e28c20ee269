"""Order parameters of recall and the statistics of success."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from attractors import room

NONE = -1
WINNING_MATCH = 0.5
MARGIN = 0.2


class Templates:
    """Stored patterns made ready to be compared with states again and again.

    Parameters
    ----------
    patterns : (P, N) array or scipy.sparse matrix
        Stored patterns.
    activity : float
        Nominal activity a, 0 for ±1 patterns.

    Raises
    ------
    MemoryLimitError
        If sparse patterns would not fit in memory in full.
    """

    def __init__(self, patterns: Any, activity: float) -> None:
        if sparse.issparse(patterns):
            size = 12 * patterns.shape[0] * patterns.shape[1]
            room.require("Overlaps with sparse patterns", size, "record 'state' or 'activity'")
            patterns = patterns.toarray()
        values = patterns.astype(np.float64)
        self._activity = activity
        self._patterns = patterns.astype(np.float32)
        # Σ ξ s - a Σ s and Σ ξ s - mean(ξ) Σ s: one product serves both measures
        self._sums, self._norm = values.sum(axis=1), ((values - activity) * values).sum(axis=1)
        self._spread = values.std(axis=1)

    def overlap(self, states: NDArray[Any]) -> NDArray[np.float64]:
        """Return what :func:`overlap` returns."""
        centred = self._products(states) - self._activity * _total(states)
        norm = np.where(self._norm == 0, np.inf, self._norm)
        return np.asarray(centred / norm)

    def match(self, states: NDArray[Any]) -> NDArray[np.float64]:
        """Return what :func:`match` returns."""
        size = states.shape[-1]
        # graded states may differ by little from a large mean
        level = states - states.mean(axis=-1, dtype=float)[..., None]
        spread = states.std(axis=-1, dtype=float)[..., None] * self._spread * size
        products = self._products(level) - _total(level) * self._sums / size
        return np.asarray(
            np.divide(products, spread, out=np.zeros(spread.shape), where=spread > 1e-9)
        )

    def _products(self, states: NDArray[Any]) -> NDArray[np.float64]:
        rows = states.reshape(-1, states.shape[-1]).astype(np.float32, copy=False)
        shape = (*states.shape[:-1], len(self._patterns))
        return np.asarray((rows @ self._patterns.T).astype(float).reshape(shape))


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
    return Templates(patterns, activity).overlap(states)


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
    return Templates(patterns, 0.0).match(states)


def _total(states: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(states.sum(axis=-1, dtype=float))[..., None]


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
