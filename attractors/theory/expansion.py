r"""Noise that a random expansion with a threshold adds, and what a readout makes of it.

N ±1 inputs reach M units through Gaussian weights, and a threshold θ leaves a fraction f of the
units active. Two inputs whose units differ in a fraction x have fields of correlation 1 − 2x, so
that a unit is active for both with probability

.. math:: P_2 = f - 2\,T_{Owen}\left(θ, \sqrt{x / (1-x)}\right), \qquad f = Φ(-θ).

Differences are stated relative to those of unrelated patterns: :math:`Δ_S = 2x` of the input,
:math:`Δ_m = (f - P_2) / f(1-f)` of the code, 0 if nothing changes and 1 if all is forgotten. With
finite fan-in K the fraction differs from unit to unit, binomial with K draws, over which P₂ is
averaged. The number of units M does not enter: it averages, but adds no noise.

M enters where a Hebbian readout, :math:`\sum_μ η^μ (m^μ - f)`, tells P random patterns' random
labels η = ±1 from the code of a noisy pattern. Codes of different patterns overlap by
:math:`O = \sum_i (m_i-f)(m'_i-f)`, beyond chance because N inputs overlap by chance, so that

.. math:: SNR = \frac{[M f(1-f)(1-Δ_m)]^2}{(P-1)\, \mathrm{E}[O^2]}, \qquad
          \mathrm{E}[O^2] = \mathrm{E}_x[M v(x) + M(M-1)(P_2(x) - f^2)^2],

with v(x) the mean of :math:`(m-f)^2(m'-f)^2` at a unit and x binomial over N inputs. However large
M, it ends at :math:`(1-Δ_m)^2/PQ^2`, the excess overlap
:math:`Q^2 = \mathrm{E}[(P_2-f^2)^2]/f^2(1-f)^2`.

Valid for independent ±1 inputs, one threshold for all units, and P ≫ 1; codes of exactly k winners
come close.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.bounds import share

Array = NDArray[np.float64]


def expansion_noise(noise: float, activity: float, fan_in: int | None = None) -> float:
    """Return Δ_m, the difference of two codes relative to that of unrelated ones.

    Parameters
    ----------
    noise : float
        Δ_S, twice the fraction of input units that differ; 0 to 2.
    activity : float
        Coding level f, strictly between 0 and 1.
    fan_in : int, optional
        Number K of inputs of a unit, by default all of very many.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Babadi & Sompolinsky (2014), Neuron 83:1213, doi:10.1016/j.neuron.2014.07.035; with finite
    fan-in, derived above.

    Examples
    --------
    >>> round(expansion_noise(0.1, 0.5), 4), round(expansion_noise(0.1, 0.1), 4)
    (0.2871, 0.3459)
    >>> round(expansion_noise(0.1, 0.1, fan_in=4), 4)
    0.1429
    """
    owner = "expansion_noise"
    f = share(owner, "activity", activity)
    differing = np.array([_differing(owner, noise)])
    both = _both(f, differing, _inputs(owner, fan_in))[0]
    return float((f - both) / (f * (1.0 - f)))


def expansion_readout_error(
    inputs: int,
    units: int,
    patterns: int,
    activity: float,
    noise: float = 0.0,
    fan_in: int | None = None,
) -> float:
    """Return the probability that a Hebbian readout of the code tells a wrong label.

    Parameters
    ----------
    inputs, units : int
        N and M; their ratio is the expansion.
    patterns : int
        P, at least 2.
    activity : float
        Coding level f, strictly between 0 and 1.
    noise : float
        Δ_S of what is shown, relative to the pattern that was stored; 0 to 2.
    fan_in : int, optional
        Number K of inputs of a unit, by default all.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Babadi & Sompolinsky (2014), Neuron 83:1213, doi:10.1016/j.neuron.2014.07.035, here with the
    chance overlaps of N inputs summed exactly.

    Examples
    --------
    >>> [round(expansion_readout_error(100, m, 200, 0.1, 0.2), 3) for m in (100, 1000, 10000)]
    [0.366, 0.22, 0.156]
    """
    owner = "expansion_readout_error"
    n, m = checks.whole(owner, "inputs", inputs), checks.whole(owner, "units", units)
    others = checks.whole(owner, "patterns", patterns, low=2) - 1
    f = share(owner, "activity", activity)
    k = _inputs(owner, fan_in)
    # f(1 − f)(1 − Δ_m), the covariance of a unit's two states
    kept = float(_both(f, np.array([_differing(owner, noise)]), k)[0]) - f * f
    counts = np.arange(n + 1)
    both = _both(f, counts / n, k)
    one, none = f - both, 1.0 - 2.0 * f + both
    spread = (1 - f) ** 4 * both + 2 * (f * (1 - f)) ** 2 * one + f**4 * none
    squares = m * spread + m * (m - 1) * (both - f * f) ** 2
    variance = others * float(stats.binom.pmf(counts, n, 0.5) @ squares)
    return float(special.ndtr(-m * kept / math.sqrt(variance)))


def _both(f: float, differing: Array, fan_in: int | None) -> Array:
    """Return P₂ at each fraction of differing inputs."""
    if fan_in is not None:
        draws = np.arange(fan_in + 1)
        chances = stats.binom.pmf(draws[:, None], fan_in, differing)
        return np.asarray(_both(f, draws / fan_in, None) @ chances)
    threshold = -special.ndtri(f)
    with np.errstate(divide="ignore"):
        slope = np.sqrt(differing / (1.0 - differing))
    return np.asarray(f - 2.0 * special.owens_t(threshold, slope))


def _differing(owner: str, noise: float) -> float:
    number = checks.real(owner, "noise", noise, low=0.0)
    if number > 2.0:
        raise ParameterError(f"{owner}: noise is {noise!r}; all units differ at 2.")
    return number / 2.0


def _inputs(owner: str, fan_in: int | None) -> int | None:
    return None if fan_in is None else checks.whole(owner, "fan_in", fan_in)
