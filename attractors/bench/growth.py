"""How cost grows: measured at sizes a factor apart, with the exponent fitted to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from attractors.bench.row import CONFIDENCE, Spread


def exponent(size: ArrayLike, cost: ArrayLike) -> Spread:
    r"""Return x of :math:`\text{cost} \propto \text{size}^x` by least squares on logarithms.

    The interval is Student's for the slope, as if each point scattered on its own; where the
    law itself bends, as costs do that leave a cache, it is a description and no law.

    Parameters
    ----------
    size, cost : (n,) array_like
        At least three points, all above 0.

    Examples
    --------
    >>> found = exponent([1, 2, 4, 8], [3, 6, 12, 24])
    >>> round(found.value, 6)
    1.0
    """
    x, y = np.log(np.asarray(size, float)), np.log(np.asarray(cost, float))
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x)
    scatter = y - slope * x
    error = np.sqrt(scatter @ scatter / (len(x) - 2) / (x @ x))
    half = special.stdtrit(len(x) - 2, (1 + CONFIDENCE) / 2) * error
    return Spread(float(slope), float(slope - half), float(slope + half))


def sizes(first: int, last: int, factor: int = 2) -> list[int]:
    """Return whole sizes from first to last, a factor apart.

    Examples
    --------
    >>> sizes(100, 800)
    [100, 200, 400, 800]
    """
    found = [first]
    while found[-1] * factor <= last:
        found.append(found[-1] * factor)
    return found


def line_through(size: Sequence[float], cost: Sequence[float], slope: float) -> list[float]:
    """Return the costs on the fitted line, which passes through the middle of the logarithms."""
    x, y = np.log(np.asarray(size, float)), np.log(np.asarray(cost, float))
    return [float(value) for value in np.exp(y.mean() + slope * (x - x.mean()))]
