r"""False matches of sparse codes, counted exactly.

Two patterns of which one is fixed, with v active among n units, and the other drawn at random with
w active overlap in b units with the hypergeometric probability
:math:`\binom{v}{b} \binom{n-v}{w-b} / \binom{n}{w}`; they match if b ≥ θ.

A union is the OR of M random patterns. Of a query's v active units the M patterns cover more and
more: from j covered, one more pattern covers l new ones with the hypergeometric probability of l
among v − j, a Markov chain whose M-th power is exact. The usual estimate
:math:`[1 - (1 - w/n)^M]^v` takes units as independent.

Exact at any size for patterns uniform among those of w active units; codes that share features
match more often.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from attractors import checks
from attractors.theory.bounds import whole_below


def false_match(units: int, active: int, threshold: int, query: int | None = None) -> float:
    """Return the probability that a random pattern matches a query by chance.

    Parameters
    ----------
    units : int
        n.
    active : int
        w, active units of the pattern, or the part of them that is kept by subsampling.
    threshold : int
        θ, smallest overlap that counts as a match, at least 0.
    query : int, optional
        v, active units of the query, by default w.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Ahmad & Hawkins (2015), doi:10.48550/arXiv.1503.07469; Ahmad & Scheinkman (2019),
    doi:10.48550/arXiv.1903.11257.

    Examples
    --------
    >>> f"{false_match(1024, 20, 10):.4e}"
    '9.3292e-14'
    """
    n, w, v = _sizes("false_match", units, active, query)
    return _false_match(n, w, v, checks.whole("false_match", "threshold", threshold, low=0))


def false_match_any(
    units: int, active: int, threshold: int, patterns: int, query: int | None = None
) -> float:
    """Return the probability that a query matches any of M stored random patterns.

    1 − (1 − p)ᴹ, exact for independent patterns; the union bound M·p is never below it.

    Parameters
    ----------
    units, active, threshold, query
        As of :func:`false_match`.
    patterns : int
        M, at least 1.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Ahmad & Hawkins (2015), doi:10.48550/arXiv.1503.07469.

    Examples
    --------
    >>> f"{false_match_any(600, 40, 12, 1000):.3e}"
    '2.128e-03'
    """
    owner = "false_match_any"
    n, w, v = _sizes(owner, units, active, query)
    count = checks.whole(owner, "patterns", patterns)
    p = _false_match(n, w, v, checks.whole(owner, "threshold", threshold, low=0))
    return 1.0 if p >= 1.0 else -math.expm1(count * math.log1p(-p))


def union_false_match(
    units: int, active: int, threshold: int, patterns: int, query: int | None = None
) -> float:
    """Return the probability that a random query matches the union (OR) of M patterns.

    Parameters
    ----------
    units, active, threshold, query
        As of :func:`false_match`.
    patterns : int
        M, at least 1.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Ahmad & Hawkins (2015), doi:10.48550/arXiv.1503.07469; the exact chain is derived above.

    Examples
    --------
    >>> f"{union_false_match(1024, 20, 20, 20):.3e}"
    '1.329e-10'
    """
    owner = "union_false_match"
    n, w, v = _sizes(owner, units, active, query)
    count = checks.whole(owner, "patterns", patterns)
    wanted = checks.whole(owner, "threshold", threshold, low=0)
    new = np.arange(v + 1)
    chain = np.zeros((v + 1, v + 1))
    for covered in range(v + 1):
        chain[covered, covered:] = stats.hypergeom.pmf(new[: v + 1 - covered], n, v - covered, w)
    return float(np.linalg.matrix_power(chain, count)[0, wanted:].sum())


def _false_match(n: int, w: int, v: int, threshold: int) -> float:
    return float(stats.hypergeom.sf(threshold - 1, n, v, w))


def _sizes(owner: str, units: int, active: int, query: int | None) -> tuple[int, int, int]:
    n = checks.whole(owner, "units", units)
    w = whole_below(owner, "active", active, n, f"{n} units")
    return n, w, w if query is None else whole_below(owner, "query", query, n, f"{n} units")
