r"""Gardner's bound: how many patterns any weights at all can hold.

With units whose activity is a at both ends, margin κ in units of the field's standard deviation
and :math:`g(z) = \int_{-z}^{\infty} \frac{dt}{\sqrt{2π}} e^{-t^2/2} (t + z)^2`,

.. math:: \frac{1}{α_c} = \min_u \; a \, g(κ - u) + (1 - a) \, g(κ + u),

where u is the best threshold. Valid for N → ∞ at fixed α = P/N with independent patterns.
"""

from __future__ import annotations

import math

from scipy import optimize, special

from attractors import checks
from attractors.patterns.random import check_activity


def gardner_capacity(margin: float = 0.0, activity: float = 0.5) -> float:
    """Return the largest load α = P/N at which weights of this margin exist.

    :class:`attractors.Perceptron` finds them, in a time that grows without bound towards α.

    Parameters
    ----------
    margin : float
        κ, at least 0.
    activity : float
        a, strictly between 0 and 1; ½ stands for ±1 patterns.

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Gardner (1988), J. Phys. A 21:257, doi:10.1088/0305-4470/21/1/030.

    Examples
    --------
    >>> round(gardner_capacity(), 6), round(gardner_capacity(1.0), 4)
    (2.0, 0.5196)
    """
    margin = checks.real("gardner_capacity", "margin", margin, low=0.0)
    activity = check_activity("gardner_capacity", activity)

    def slope(u: float) -> float:
        return activity * _excess(margin - u) - (1.0 - activity) * _excess(margin + u)

    # the threshold lies where the tails of both kinds of units balance
    u = float(optimize.brentq(slope, -40.0, 40.0, xtol=1e-12))
    return 1.0 / (activity * _square(margin - u) + (1.0 - activity) * _square(margin + u))


def _density(z: float) -> float:
    return math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)


def _excess(z: float) -> float:
    """Return the mean of max(t + z, 0) over normal t."""
    return float(z * special.ndtr(z)) + _density(z)


def _square(z: float) -> float:
    """Return the mean of max(t + z, 0)² over normal t."""
    return float((1.0 + z * z) * special.ndtr(z)) + z * _density(z)
