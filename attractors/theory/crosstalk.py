r"""Exact tails of crosstalk: sums of independent whole numbers, far into the tail.

With :math:`M(z) = \mathrm{E}\, e^{z(X - t/n)}`, X on the whole numbers, the chance that n draws
sum up to at least t is Cauchy's integral along a vertical line at any θ > 0,

.. math:: P(\textstyle\sum X \ge t) = \frac{1}{2π} \int_{-π}^{π}
          \frac{M(θ + iφ)^n}{1 - e^{-θ - iφ}} dφ,

a sum over equally spaced φ up to terms that wrap around. At the saddle point of Mⁿ the integrand
does not cancel, so that small probabilities keep their relative precision, which a convolution
loses below 10⁻¹⁶.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Array = NDArray[np.float64]

# numbers of one block of angles, and what is too small to matter beside 1
_BLOCK = 2**20
_SMALL = 1e-18
_LOST = 1e-30
# tilted deviations, and decays of the tilt, after which what wraps around is below 1e-16
_DEVIATIONS, _DECAYS = 12.0, 40.0


def tail(values: Sequence[int], probabilities: Array, count: int, threshold: int) -> float:
    """Return the chance that the sum of draws of a symmetric variable is above a threshold.

    Parameters
    ----------
    values : sequence of int
        Values of one draw.
    probabilities : (len(values),) array
        Their probabilities.
    count : int
        Number of draws, 0 allowed.
    threshold : int
        At least 0; the sum must exceed it.
    """
    lowest = min(values)
    step = math.gcd(*(value - lowest for value in values))
    if count == 0 or step == 0 or threshold >= count * max(values):
        return 0.0
    first = (threshold - count * lowest) // step + 1
    # whole numbers may be too large for 64 bits, their distance from the goal need not be exact
    offsets = np.array([(value - lowest) // step - first / count for value in values])
    if offsets.max() <= 0.0:
        # the highest value every time
        return float(probabilities[int(np.argmax(offsets))] ** count)
    tilt = _saddle(offsets, probabilities, count)
    weights, height = _tilted(offsets, probabilities, tilt)
    spread = math.sqrt(count * float(weights @ (offsets - weights @ offsets) ** 2))
    # an odd number, so that all angles but 0 come in pairs
    nodes = (int(_DEVIATIONS * spread + _DECAYS / tilt) + 100) | 1
    return math.exp(count * height) * _integral(offsets, weights, count, tilt, nodes)


def _saddle(offsets: Array, probabilities: Array, count: int) -> float:
    """Return the tilt that makes the threshold the mean, or half a deviation if that is less."""
    scale = math.sqrt(float(probabilities @ (offsets - probabilities @ offsets) ** 2))

    def mean(tilt: float) -> float:
        return float(_tilted(offsets, probabilities, tilt)[0] @ offsets)

    low, high = 0.5 / (scale * math.sqrt(count)), 1.0 / scale
    while mean(high) < 0.0 and high * scale < 1e3:
        high *= 2.0
    if mean(low) >= 0.0 or high <= low or mean(high) < 0.0:
        return low
    return float(optimize.brentq(mean, low, high, rtol=1e-6))


def _tilted(offsets: Array, probabilities: Array, tilt: float) -> tuple[Array, float]:
    """Return the tilted probabilities and the logarithm of their sum before normalisation."""
    # extreme values may have chances that underflow to 0
    with np.errstate(divide="ignore"):
        logs = np.log(probabilities) + tilt * offsets
    top = float(logs.max())
    weights = np.exp(logs - top)
    total = float(weights.sum())
    return weights / total, top + math.log(total)


def _integral(offsets: Array, weights: Array, count: int, tilt: float, nodes: int) -> float:
    """Return the mean of the integrand over an odd number of angles, relative to Mⁿ at 0."""
    total = 1.0 / -math.expm1(-tilt)
    felt = weights > _LOST
    offsets, weights = offsets[felt], weights[felt]
    block = max(_BLOCK // len(offsets), 64)
    for start in range(1, nodes // 2 + 1, block):
        angles = 2.0 * np.pi / nodes * np.arange(start, min(start + block, nodes // 2 + 1))
        # a transform of 0 has a logarithm of -inf, and its power is 0
        with np.errstate(divide="ignore", invalid="ignore"):
            power = np.exp(count * np.log(np.exp(1j * np.outer(angles, offsets)) @ weights))
        power = np.where(np.isfinite(power), power, 0.0)
        total += 2.0 * float((power / -np.expm1(-tilt - 1j * angles)).real.sum())
        if float(np.abs(power).max()) < _SMALL:
            break
    return total / nodes
