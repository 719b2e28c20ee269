r"""Guarantees for memories of real patterns that update by attention.

A query q moves to :math:`X^\top \, \mathrm{p}(β X q)`, the stored patterns X weighed by softmax or
by one of the maps that reach zero weights: α-entmax, of which sparsemax is α = 2.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.bounds import share


def attention_base(
    dimension: int, radius: float, beta: float = 1.0, failure: float = 0.001
) -> float:
    r"""Return c, the base of the number of patterns that softmax attention holds.

    For patterns uniform on the sphere of radius :math:`K \sqrt{d-1}` in d dimensions,

    .. math:: c = \frac{b}{W_0(e^{a + \ln b})}, \qquad a = \frac{2}{d-1}
              \left(1 + \ln(2 β K^2 p (d-1))\right), \qquad b = \frac{2 K^2 β}{5}.

    Parameters
    ----------
    dimension : int
        d, at least 2.
    radius : float
        K, above 0.
    beta : float
        β, above 0.
    failure : float
        p, the probability that the bound fails for the patterns drawn, between 0 and 1.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Ramsauer et al. (2021), ICLR, theorem 3, doi:10.48550/arXiv.2008.02217.

    Examples
    --------
    >>> round(attention_base(20, 3.0), 4), round(attention_base(75, 1.0), 4)
    (3.1546, 1.3719)
    """
    owner = "attention_base"
    d = checks.whole(owner, "dimension", dimension, low=2)
    size = checks.real(owner, "radius", radius, low=0.0, open=True)
    β = checks.real(owner, "beta", beta, low=0.0, open=True)
    p = share(owner, "failure", failure)
    a = 2.0 / (d - 1) * (1.0 + math.log(2.0 * β * size**2 * p * (d - 1)))
    b = 2.0 * size**2 * β / 5.0
    # Wright's ω(x) is W₀(eˣ) without the overflow
    return b / float(np.real(special.wrightomega(a + math.log(b))))


def attention_capacity(
    dimension: int, radius: float, beta: float = 1.0, failure: float = 0.001
) -> float:
    r"""Return :math:`N = \sqrt p\, c^{(d-1)/4}`, a number of patterns that are surely held.

    Every pattern then has a fixed point of its own beside it, found from it, with probability
    1 − p. A lower bound: true capacities are far larger.

    Parameters
    ----------
    dimension, radius, beta, failure
        As of :func:`attention_base`.

    Raises
    ------
    ParameterError
        If a number is out of range, or if :math:`c < (2/\sqrt p)^{4/(d-1)}`, where the theorem
        does not speak: it would promise fewer than two patterns.

    References
    ----------
    Ramsauer et al. (2021), ICLR, theorem 3, doi:10.48550/arXiv.2008.02217.

    Examples
    --------
    >>> round(attention_capacity(20, 3.0), 2), round(attention_capacity(75, 1.0), 2)
    (7.41, 10.97)
    """
    c = attention_base(dimension, radius, beta, failure)
    count = math.exp(0.5 * math.log(failure) + 0.25 * (dimension - 1) * math.log(c))
    if count < 2.0:
        raise ParameterError(
            f"attention_capacity: the theorem needs 2 patterns or more and finds {count:.3g}; "
            "raise dimension, radius or beta."
        )
    return count


def exact_retrieval_margin(
    beta: float, alpha: float = 2.0, *, distance: float = 0.0, radius: float = 1.0
) -> float:
    r"""Return the separation at which one step retrieves a pattern exactly.

    α-entmax gives all weight to one score iff it exceeds every other by :math:`1/(α-1)`. A pattern
    is a fixed point iff :math:`Δ = x·x - \max_ν x·x^ν ≥ \frac{1}{β(α-1)}`, and it is
    retrieved in one step from every query within ε of it if

    .. math:: Δ ≥ \frac{1}{β (α-1)} + 2 ε M

    for patterns no longer than M (sufficient for ε > 0, exact for ε = 0).

    Parameters
    ----------
    beta : float
        β, above 0.
    alpha : float
        α of entmax, above 1; 2 is sparsemax. Softmax, α = 1, has no margin.
    distance : float
        ε, Euclidean distance of the query from the pattern.
    radius : float
        M, the largest norm of a pattern, above 0; no effect at distance 0.

    Returns
    -------
    float
        Separation Δ, in units of the inner product.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Santos, Niculae, McNamee & Martins (2024), ICML, doi:10.48550/arXiv.2402.13725; (2024),
    doi:10.48550/arXiv.2411.08590; margins: Blondel, Martins & Niculae (2020), JMLR 21:35,
    doi:10.48550/arXiv.1901.02324.

    Examples
    --------
    >>> exact_retrieval_margin(4.0), exact_retrieval_margin(4.0, 1.5, distance=0.1)
    (0.25, 0.7)
    """
    owner = "exact_retrieval_margin"
    β = checks.real(owner, "beta", beta, low=0.0, open=True)
    excess = checks.real(owner, "alpha", alpha, low=1.0, open=True) - 1.0
    ε = checks.real(owner, "distance", distance, low=0.0)
    return 1.0 / (β * excess) + 2.0 * ε * checks.real(owner, "radius", radius, low=0.0, open=True)
