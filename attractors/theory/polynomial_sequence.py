r"""Sequences in networks with polynomial separation: errors of one transition.

Units step to :math:`\mathrm{sign} \sum_μ ξ_i^{μ+1} \left(\sum_{j≠i} ξ_j^μ s_j\right)^d`. From
pattern μ the signal is :math:`(N-1)^d`, and each of the P − 1 other transitions adds
:math:`±S^d`, S a sum of N − 1 fair signs: independent, so that the error of one transition is exact
at any N and P, where :mod:`attractors.theory.crosstalk` reaches. For large N the sum is Gaussian,

.. math:: P_{error} = Φ\left(-\sqrt{N^d / (P (2d-1)!!)}\right).

Valid for independent ±1 patterns of activity ½ and one synchronous step from a stored pattern;
errors that gather along a sequence are not included, but for the capacity of whole sequences.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from attractors import checks
from attractors.theory.crosstalk import tail
from attractors.theory.dense import power_by_odd_factorial, signs


def polynomial_sequence_error(degree: int, units: int, patterns: int) -> float:
    """Return the exact probability that a unit is wrong after one transition.

    Parameters
    ----------
    degree : int
        d; 1 is the linear sequence network.
    units, patterns : int
        N, at least 2, and P, the number of transitions.

    Returns
    -------
    float
        Half of the exact ties count as errors: the unit's own state tells nothing about the next.

    Raises
    ------
    ParameterError
        If a number is out of range.
    UnsupportedError
        If the exact tail is out of reach: simulate, or take
        :func:`polynomial_sequence_error_limit`.

    References
    ----------
    Chaudhry, Zavatone-Veth, Krotov & Pehlevan (2023), NeurIPS 36, doi:10.48550/arXiv.2306.04532.

    Examples
    --------
    >>> round(polynomial_sequence_error(2, 100, 723), 5)
    0.01647
    """
    owner = "polynomial_sequence_error"
    d = checks.whole(owner, "degree", degree)
    size = checks.whole(owner, "units", units, low=2)
    stored = checks.whole(owner, "patterns", patterns)
    sums, chances = signs(size - 1)
    values = [sign * total**d for sign in (-1, 1) for total in sums]
    goal, halves = (size - 1) ** d, np.tile(chances / 2.0, 2)
    above = tail(owner, values, halves, stored - 1, goal)
    return (above + tail(owner, values, halves, stored - 1, goal - 1)) / 2.0


def polynomial_sequence_error_limit(degree: int, units: int, patterns: float) -> float:
    """Return the Gaussian error rate of one transition, leading order in N.

    Parameters
    ----------
    degree, units : int
        d, and N of at least 2.
    patterns : float
        P, above 0.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Chaudhry, Zavatone-Veth, Krotov & Pehlevan (2023), NeurIPS 36, doi:10.48550/arXiv.2306.04532.

    Examples
    --------
    >>> round(polynomial_sequence_error_limit(2, 100, 723), 5)
    0.01589
    """
    owner = "polynomial_sequence_error_limit"
    capacity = _patterns_at_unit_signal(owner, degree, units)
    stored = checks.real(owner, "patterns", patterns, low=0.0, open=True)
    return float(special.ndtr(-math.sqrt(capacity / stored)))


def polynomial_sequence_capacity(degree: int, units: int, *, whole: bool = False) -> float:
    r"""Return the largest number of patterns without errors, leading order in N.

    :math:`N^d / (2 (2d-1)!! \ln N)` for one transition, and d + 1 times fewer for a whole
    sequence, which fails by one error anywhere in its N·P units.

    Parameters
    ----------
    degree, units : int
        d, and N of at least 2.
    whole : bool
        Whether all transitions are to be free of errors, instead of a given one.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Chaudhry, Zavatone-Veth, Krotov & Pehlevan (2023), NeurIPS 36, doi:10.48550/arXiv.2306.04532.

    Examples
    --------
    >>> round(polynomial_sequence_capacity(2, 100))
    362
    >>> round(polynomial_sequence_capacity(2, 100, whole=True))
    121
    """
    capacity = _patterns_at_unit_signal("polynomial_sequence_capacity", degree, units)
    return capacity / (2.0 * math.log(units)) / (degree + 1 if whole else 1)


def _patterns_at_unit_signal(owner: str, degree: int, units: int) -> float:
    d = checks.whole(owner, "degree", degree)
    size = checks.whole(owner, "units", units, low=2)
    return power_by_odd_factorial(owner, size, d)
