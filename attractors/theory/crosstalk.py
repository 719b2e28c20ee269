r"""Exact tails of crosstalk: sums of independent whole numbers, far into the tail.

With :math:`M(z) = \mathrm{E}\, e^{z(X - t/n)}`, X on the whole numbers, the chance that n draws
sum up to at least t is Cauchy's integral along a vertical line at any θ > 0,

.. math:: P(\textstyle\sum X \ge t) = \frac{1}{2π} \int_{-π}^{π}
          \frac{M(θ + iφ)^n}{1 - e^{-θ - iφ}} dφ,

a sum over equally spaced φ up to terms that wrap around. At the saddle point of Mⁿ the integrand
does not cancel, so that small probabilities keep their relative precision, which a convolution
loses below 10⁻¹⁶.

Not every law allows this. Where values lie far apart, the power of M that few draws make comes back
near its height at angles without end. The sums of few draws are listed one by one instead. The
integral's rounding costs :math:`n ε` of each term, ε = 2⁻⁵², so that the terms tell how many digits
are left: where they are fewer than four, or the angles too many, the result is refused.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from attractors.errors import UnsupportedError
from attractors.theory.few_draws import countable, counted_tail

Array = NDArray[np.float64]

# numbers of one block of angles, those that are tried at most, and what is too small beside 1
_BLOCK = 2**20
_MOST = 2**25
_SMALL = 1e-18
_LOST = 1e-30
# tilted deviations, and decays of the tilt, after which what wraps around is below 1e-16
_DEVIATIONS, _DECAYS = 12.0, 40.0
# relative error at which a result is refused
_TOLERANCE = 1e-4
_EPSILON = float(np.finfo(float).eps)


def tail(
    owner: str, values: Sequence[int], probabilities: Array, count: int, threshold: int
) -> float:
    """Return the chance that the sum of draws of a symmetric variable is above a threshold.

    Parameters
    ----------
    owner : str
        The function that asks, for messages.
    values : sequence of int
        Values of one draw.
    probabilities : (len(values),) array
        Their probabilities.
    count : int
        Number of draws, 0 allowed.
    threshold : int
        At least 0; the sum must exceed it.

    Raises
    ------
    UnsupportedError
        If there are too many draws to list their sums and the integral has no four digits.
    """
    lowest, highest = min(values), max(values)
    step = math.gcd(*(value - lowest for value in values))
    if count == 0 or step == 0 or threshold >= count * highest:
        return 0.0
    law: dict[int, float] = defaultdict(float)
    for value, chance in zip(values, probabilities.tolist(), strict=True):
        law[(value - lowest) // step] += chance
    first = (threshold - count * lowest) // step + 1
    if first == count * max(law):
        # the highest value every time
        return float(law[max(law)] ** count)
    if countable(len(law), count):
        return counted_tail(law, count, first)
    found = _by_integral(law, count, first)
    if found is None:
        raise UnsupportedError(
            f"{owner}: the sum of {count} draws of {len(law)} values is out of reach of the exact "
            f"tail;\nuse {owner}_limit for many units, or simulate."
        )
    return min(found, 1.0)


def _by_integral(law: Mapping[int, float], count: int, first: int) -> float | None:
    """Return the chance of a sum of at least ``first``, or None where too few digits are left."""
    # whole numbers may be too large for 64 bits, their distance from the goal need not be exact
    offsets = np.array([(value * count - first) / count for value in law])
    probabilities = np.array(list(law.values()))
    tilt = _saddle(offsets, probabilities, count)
    weights, height = _tilted(offsets, probabilities, tilt)
    spread = math.sqrt(count * float(weights @ (offsets - weights @ offsets) ** 2))
    # an odd number, so that all angles but 0 come in pairs
    nodes = (int(_DEVIATIONS * spread + _DECAYS / tilt) + 100) | 1
    share, error = _integral(offsets, weights, count, tilt, nodes)
    if not error < _TOLERANCE * share:
        return None
    # one may overflow where the product does not
    return math.exp(count * height + math.log(share))


def _saddle(offsets: Array, probabilities: Array, count: int) -> float:
    """Return the tilt that makes the threshold the mean, or half a deviation if that is less."""
    scale = math.sqrt(float(probabilities @ (offsets - probabilities @ offsets) ** 2))

    def mean(tilt: float) -> float:
        return float(_tilted(offsets, probabilities, tilt)[0] @ offsets)

    low = 0.5 / (scale * math.sqrt(count))
    # rare values that a sum of many hardly feels may outweigh all others in a tilted one
    while mean(low) >= 0.0 and count * _tilted(offsets, probabilities, low)[1] > 1.0:
        low /= 2.0
    if mean(low) >= 0.0:
        return low
    high = 2.0 * low
    while mean(high) < 0.0:
        high *= 2.0
    # tilts may be far below 1: their logarithms have a scale
    root = optimize.brentq(lambda x: mean(math.exp(x)), math.log(low), math.log(high), xtol=1e-6)
    return math.exp(root)


def _tilted(offsets: Array, probabilities: Array, tilt: float) -> tuple[Array, float]:
    """Return the tilted probabilities and the logarithm of their sum before normalisation."""
    # extreme values may have chances that underflow to 0
    with np.errstate(divide="ignore"):
        logs = np.log(probabilities) + tilt * offsets
    top = float(logs.max())
    weights = np.exp(logs - top)
    total = float(weights.sum())
    return weights / total, top + math.log(total)


def _integral(
    offsets: Array, weights: Array, count: int, tilt: float, nodes: int
) -> tuple[float, float]:
    """Return the mean of the integrand over the angles, relative to Mⁿ at 0, and its error."""
    total = size = 1.0 / -math.expm1(-tilt)
    felt = weights > _LOST
    offsets, weights = offsets[felt], weights[felt]
    block = max(_BLOCK // len(offsets), 64)
    most = min(nodes // 2, _MOST // len(offsets)) + 1
    left = nodes // 2 >= most
    for start in range(1, most, block):
        angles = 2.0 * np.pi / nodes * np.arange(start, min(start + block, most))
        # a transform of 0 has a logarithm of -inf, and its power is 0
        with np.errstate(divide="ignore", invalid="ignore"):
            power = np.exp(count * np.log(np.exp(1j * np.outer(angles, offsets)) @ weights))
        power = np.where(np.isfinite(power), power, 0.0)
        terms = power / -np.expm1(-tilt - 1j * angles)
        total, size = total + 2.0 * float(terms.real.sum()), size + 2.0 * float(np.abs(terms).sum())
        if float(np.abs(power).max()) < _SMALL:
            left = False
            break
    error = math.inf if left else count * _EPSILON * size
    return total / nodes, error / nodes
