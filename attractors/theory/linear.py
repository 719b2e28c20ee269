r"""How often a linear associative memory names the right item.

:math:`W = \sum_k u_k e_k^\top` of n pairs of Gaussian vectors in d dimensions, of mean square
length 1. The cue :math:`e_i` reads :math:`v = a u_i + g` with :math:`a = |e_i|^2` and
:math:`g = \sum_k c_k u_k`, the :math:`c_k` independent with variance a/d. The right score is
:math:`s = a b + u_i·g` with :math:`b = |u_i|^2`, and each of the n − 1 others is Gaussian of
variance

.. math:: σ^2 = \frac{|v|^2}{d} + \frac{a}{d} \left(\frac{g·v}{C}\right)^2, \qquad
          C = \sum_k c_k^2 = a\frac{n-1}{d},

where the second term is the item's own part in g. Given a, b, the normal number
:math:`x = u_i·g \sqrt{d/bC}` and the length y of the rest of g, all is known, and

.. math:: P = \mathrm{E}_{a, b, x, y}\, Φ(s/σ)^{n-1}.

Others are taken as independent of each other, and C at its mean: within 0.006 of simulations for
d ≥ 32. For n → ∞ all items are named up to :math:`2 n \ln n = d^2`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from attractors import checks

Array = NDArray[np.float64]

_NODES = 16


def linear_memory_accuracy(dimension: int, pairs: int) -> float:
    """Return the probability that the right item has the largest score.

    Parameters
    ----------
    dimension : int
        d of keys and items, at least 2.
    pairs : int
        n, the items that are stored and compared.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Set-up of Cabannes, Dohmatob & Bietti (2024), ICLR, doi:10.48550/arXiv.2310.02984; the integral
    is derived above.

    Examples
    --------
    >>> round(linear_memory_accuracy(128, 844), 3)
    0.744
    """
    d = checks.whole("linear_memory_accuracy", "dimension", dimension, low=2)
    n = checks.whole("linear_memory_accuracy", "pairs", pairs)
    if n == 1:
        return 1.0
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    weights = weights / weights.sum()
    squares = _chi_square(nodes, d) / d
    a, b, x, y = np.meshgrid(
        squares, squares, nodes, _chi_square(nodes, d - 1), indexing="ij", sparse=True
    )
    chances = _named(d, n, a, b, x, y)
    return float(np.einsum("i,j,k,l,ijkl->", weights, weights, weights, weights, chances))


def _chi_square(normal: Array, freedom: int) -> Array:
    """Return the χ² numbers that stand at the same quantiles as normal ones."""
    tails, half = special.ndtr(-np.abs(normal)), freedom / 2.0
    low, high = special.gammaincinv(half, tails), special.gammainccinv(half, tails)
    return np.asarray(2.0 * np.where(normal < 0.0, low, high))


def _named(d: int, n: int, a: Array, b: Array, x: Array, y: Array) -> Array:
    """Return the chance that the right score is the largest, given a, b, x and y."""
    spread = a * (n - 1) / d
    along = x * np.sqrt(b * spread / d)
    length = spread * (x**2 + y) / d
    read = a**2 * b + 2.0 * a * along + length
    own = (a * along + length) / spread
    deviation = np.sqrt((read + a * own**2) / d)
    return np.asarray(np.exp((n - 1) * special.log_ndtr((a * b + along) / deviation)))
