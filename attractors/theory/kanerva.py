r"""Geometry of Kanerva's sparse distributed memory: circles in the space of addresses.

A word activates the hard locations whose addresses, random ±1 words of N units, differ from it in
at most r units: with probability :math:`p = P(\mathrm{Bin}(N, ½) ≤ r)`. A location lies in the
circles of two words at distance δ, summed over the number b of those δ units in which it differs
from the first, with probability

.. math:: P_2(δ) = \sum_b \binom{δ}{b} 2^{-δ} \,
          P\left(\mathrm{Bin}(N-δ, ½) ≤ r - \max(b, δ-b)\right).

Both are exact for random addresses, at any size.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from attractors import checks
from attractors.theory.bounds import whole_below


def kanerva_activation(units: int, radius: int) -> float:
    """Return p, the probability that a word activates a location.

    Parameters
    ----------
    units : int
        Length N of an address, in units.
    radius : int
        Largest Hamming distance r at which a location is activated, 0 to N.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1988), Sparse Distributed Memory, MIT Press, ISBN 0-262-11132-2.

    Examples
    --------
    >>> round(kanerva_activation(1000, 451), 8)
    0.00107185
    """
    n, r = _circle("kanerva_activation", units, radius)
    return float(stats.binom.cdf(r, n, 0.5))


def kanerva_shared(units: int, radius: int, distance: int) -> float:
    """Return P₂, the probability that a location is activated by both of two words.

    Times the number of locations it is the expected number that they share.

    Parameters
    ----------
    units, radius : int
        N and r.
    distance : int
        Hamming distance δ of the two words, 0 to N.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1988), appendix B, ISBN 0-262-11132-2; Bricken & Pehlevan (2021), NeurIPS 34,
    doi:10.48550/arXiv.2111.05498.

    Examples
    --------
    >>> round(1e6 * kanerva_shared(1000, 451, 100), 3)
    285.831
    """
    n, r = _circle("kanerva_shared", units, radius)
    δ = whole_below("kanerva_shared", "distance", distance, n, f"{n} units")
    taken = np.arange(δ + 1)
    left = stats.binom.cdf(r - np.maximum(taken, δ - taken), n - δ, 0.5)
    return float(stats.binom.pmf(taken, δ, 0.5) @ left)


def kanerva_best_radius(units: int, locations: float, words: float) -> int:
    r"""Return the radius at which a stored address is read with the largest signal-to-noise.

    The ratio of :func:`kanerva_capacity` with shared locations is largest at the activation
    :math:`p^* = (2 T M)^{-1/3}`; the radius is the smallest that activates as much.

    Parameters
    ----------
    units : int
        N.
    locations, words : float
        M and T, at least 1; M may be all 2^N addresses.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1993), in Associative Neural Memories, 50, ISBN 0-19-507682-6; Bricken & Pehlevan
    (2021), NeurIPS 34, appendix B.5, doi:10.48550/arXiv.2111.05498.

    Examples
    --------
    >>> kanerva_best_radius(64, 2.0**64, 1024)
    11
    """
    owner = "kanerva_best_radius"
    n = checks.whole(owner, "units", units)
    size = checks.real(owner, "locations", locations, low=1.0)
    stored = checks.real(owner, "words", words, low=1.0)
    return int(stats.binom.ppf((2.0 * stored * size) ** (-1.0 / 3.0), n, 0.5))


def _circle(owner: str, units: int, radius: int) -> tuple[int, int]:
    n = checks.whole(owner, "units", units)
    return n, whole_below(owner, "radius", radius, n, f"{n} units")
