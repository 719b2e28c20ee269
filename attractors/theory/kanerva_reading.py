r"""What Kanerva's memory reads: capacity at stored addresses, and distance from other cues.

A cue at distance δ from the address of a word reads the A locations in its circle, of which s hold
the word: s is binomial with M·P₂(δ), and A = s + (M − s)(p − P₂)/(1 − P₂) on the mean. Each of the
T − 1 other words lies in c of them, binomial given its distance from the cue, so that per unit
the noise has the variance

.. math:: σ^2 = (T-1) \left[A (p - p_2) + A^2 p_2\right], \qquad
          p_2 = \sum_δ \binom{N}{δ} 2^{-N} \left(P_2(δ) / p\right)^2,

where the first term alone takes what locations hold for independent and A²p₂ counts that
two words share several locations. With data independent of addresses a unit is wrong with
probability Φ(−s/σ). Where words are their own data, locations near the cue hold words near the
cue: with γ the mean agreement of a location with the centre of its circle, the noise is drawn
towards the cue by :math:`b = (T-1) A p γ^2`, and has
:math:`(T-1)^2 p^2 γ^2 (1-γ^2) A - (T-1) (A p γ^2)^2` more variance, so that the N − δ units that
the cue has right are wrong with Φ(−(s + b)/σ) and the δ others with Φ(−(s − b)/σ).

Random words and addresses. Exact second moments and a Gaussian noise: fewer than about ten active
locations, or words, are too few for that.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.bounds import share, whole_below
from attractors.theory.kanerva import kanerva_activation, kanerva_shared

Array = NDArray[np.float64]

# probability of distances and counts that are left out
_RARE = 1e-12
# counts that are summed one by one; more are a normal number
_COUNTS = 2000
_MANY = 10**9


class _Geometry(NamedTuple):
    """What depends on N and r alone: p, p₂ and γ."""

    activation: float
    twice: float
    agreement: float


def kanerva_capacity(
    units: int, locations: float, activation: float, success: float = 0.99, *, shared: bool = False
) -> float:
    r"""Return the number of words of which one is read without error from its own address.

    Each of N units must be right with probability :math:`Φ(z) = \text{success}^{1/N}`, where

    .. math:: z^2 = \frac{pM}{1 + pT(1 + p^2 M)}, \qquad
              T = \frac{M/z^2 - 1/p}{1 + p^2 M}

    if words share locations; without p²M if what locations hold is taken for independent, as in
    Kanerva's figure of 54,000 words for a million locations.

    Parameters
    ----------
    units : int
        N.
    locations : float
        M, at least 1.
    activation : float
        p, strictly between 0 and 1.
    success : float
        Probability that the whole word is right, strictly between 0 and 1.
    shared : bool
        Whether p²M, the locations that two words share by chance, is counted; simulations
        have it.

    Returns
    -------
    float
        T, 0 if not even one word is read so well.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1988), Sparse Distributed Memory, ISBN 0-262-11132-2; (1993), in Associative Neural
    Memories, 50, ISBN 0-19-507682-6.

    Examples
    --------
    >>> int(kanerva_capacity(1000, 1e6, 0.001))
    54006
    >>> int(kanerva_capacity(1000, 1e6, 0.001, shared=True))
    27003
    """
    owner = "kanerva_capacity"
    n = checks.whole(owner, "units", units)
    size = checks.real(owner, "locations", locations, low=1.0)
    p = share(owner, "activation", activation)
    # the error of a unit is too small to be taken from 1
    error = -math.expm1(math.log(share(owner, "success", success)) / n)
    z = -float(special.ndtri(error))
    if z <= 0.0:
        raise ParameterError(
            f"{owner}: success is {success!r}; guessing all {n} units does better."
        )
    return max(size / z**2 - 1.0 / p, 0.0) / (1.0 + (p * p * size if shared else 0.0))


def kanerva_distance(
    units: int, radius: int, locations: int, words: int, distance: int, *, auto: bool = True
) -> float:
    """Return the expected distance of what is read from the word whose address is cued.

    Parameters
    ----------
    units, radius, locations : int
        N, r and M.
    words : int
        T, with the word that is cued.
    distance : int
        δ between cue and address, 0 to N.
    auto : bool
        Whether words are their own addresses, instead of data independent of them.

    Returns
    -------
    float
        Expected number of wrong units, after one read.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1988), chapter 7, ISBN 0-262-11132-2, with independent noise; shared locations and
    the draw towards the cue are derived above.

    Examples
    --------
    >>> round(kanerva_distance(256, 105, 20000, 2000, 20), 1)
    22.9
    >>> round(kanerva_distance(256, 105, 20000, 2000, 20, auto=False), 1)
    37.3
    """
    owner = "kanerva_distance"
    geometry = _geometry(owner, units, radius)
    size, others = (
        checks.whole(owner, "locations", locations),
        checks.whole(owner, "words", words) - 1,
    )
    δ = whole_below(owner, "distance", distance, units, f"{units} units")
    return _distance(geometry, units, radius, size, others, δ, auto)


def kanerva_critical_distance(
    units: int, radius: int, locations: int, words: int, *, auto: bool = True
) -> int:
    """Return the largest distance from which a read comes nearer to the word.

    Parameters
    ----------
    units, radius, locations, words, auto
        As of :func:`kanerva_distance`.

    Returns
    -------
    int
        Distance in units, below N/2; 0 if no cue is corrected.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Kanerva (1988), chapter 7, ISBN 0-262-11132-2.

    Examples
    --------
    >>> kanerva_critical_distance(256, 105, 20000, 2000)
    14
    """
    owner = "kanerva_critical_distance"
    geometry = _geometry(owner, units, radius)
    size, others = (
        checks.whole(owner, "locations", locations),
        checks.whole(owner, "words", words) - 1,
    )
    low, high = 0, (units + 1) // 2
    while high - low > 1:
        δ = (low + high) // 2
        nearer = _distance(geometry, units, radius, size, others, δ, auto) < δ
        low, high = (δ, high) if nearer else (low, δ)
    return low


def _geometry(owner: str, units: int, radius: int) -> _Geometry:
    p = kanerva_activation(units, radius)
    if p == 0.0:
        raise ParameterError(f"{owner}: radius {radius} activates nothing among {units} units.")
    if p >= 1.0:
        raise ParameterError(
            f"{owner}: radius {radius} activates every location, whatever the cue; take one below "
            f"{units // 2}."
        )
    near, far = stats.binom.ppf([_RARE, 1.0 - _RARE], units, 0.5).astype(int)
    distances = np.arange(near, far + 1)
    weights = stats.binom.pmf(distances, units, 0.5)
    ratios = np.array([kanerva_shared(units, radius, int(δ)) / p for δ in distances])
    within = np.arange(radius + 1)
    apart = float(stats.binom.pmf(within, units, 0.5) @ within) / p
    return _Geometry(p, float(weights @ ratios**2), 1.0 - 2.0 * apart / units)


def _distance(
    geometry: _Geometry, units: int, radius: int, size: int, others: int, δ: int, auto: bool
) -> float:
    p, twice, γ = geometry
    both = kanerva_shared(units, radius, δ)
    signal, weights = _counts(size, both)
    # within rounding of δ = 0, where all locations that are read hold the word
    read = signal + (size - signal) * max(p - both, 0.0) / (1.0 - both)
    variance = others * (read * (p - twice) + read**2 * twice)
    draw = others * read * p * γ**2 * auto
    variance += auto * (others * p * γ) ** 2 * (1.0 - γ**2) * read - draw**2 / max(others, 1)
    # a word alone has no noise, and no signal where it has no location: chance
    noise = np.sqrt(np.maximum(variance, _RARE))
    right = special.ndtr(-(signal + draw) / noise)
    wrong = special.ndtr(-(signal - draw) / noise)
    return float(weights @ ((units - δ) * right + δ * wrong))


def _counts(size: int, chance: float) -> tuple[Array, Array]:
    """Return numbers of locations that hold the word, and their probabilities."""
    mean, deviation = size * chance, math.sqrt(size * chance * (1.0 - chance))
    if deviation * 14.0 > _COUNTS:
        nodes, weights = np.polynomial.hermite_e.hermegauss(64)
        return mean + deviation * nodes, weights / weights.sum()
    # so few out of so many are Poisson, within their chance
    law = stats.poisson(mean) if size > _MANY else stats.binom(size, chance)
    low, high = law.ppf([_RARE, 1.0 - _RARE])
    counts = np.arange(low, high + 1.0)
    return counts, np.asarray(law.pmf(counts))
