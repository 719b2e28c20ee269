r"""What one step does to a stored pattern of the ±1 Hopfield network.

To unit i, N − 1 others and P − 1 other patterns send a crosstalk of nearly normal distribution,
so that one unit flips with probability

.. math:: p = \tfrac12 \mathrm{erfc}\sqrt{N/2P}.

Whether a whole pattern stays depends on errors that come together, as all units hear the same
overlaps :math:`A^ν = \sum_j ξ_j ξ_j^ν`. Given their square sum :math:`NS`, with S distributed as
chi-square of P − 1 degrees, the crosstalk of a unit is the coordinate of a random direction in
P − 1 dimensions times :math:`\sqrt{NS(P-1)}`, tilted by :math:`e^{h/N}` since the overlaps contain
the unit itself; given S, units are independent:

.. math:: F = \left\langle \left(1 - p(S)\right)^N \right\rangle_S .

Valid for P from ten to N², at loads above 1 in its order of magnitude only; units without
self-coupling that keep their state at a tie.
"""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from attractors import checks
from attractors.errors import ParameterError

_SIZES = 200
_FIELDS = 20_001


def hopfield_step_error(load: float) -> float:
    """Return the probability that one unit of a stored pattern flips in one step.

    Parameters
    ----------
    load : float
        α = P/N, above 0.

    References
    ----------
    Hertz, Krogh & Palmer (1991), Introduction to the Theory of Neural Computation, section 2.2,
    doi:10.1201/9780429499661.

    Examples
    --------
    >>> round(hopfield_step_error(0.185), 3)
    0.01
    """
    load = checks.real("hopfield_step_error", "load", load, low=0.0, open=True)
    return float(special.erfc(np.sqrt(0.5 / load))) / 2.0


def hopfield_step_load(error: float) -> float:
    """Return the load P/N at which one unit in one step flips with this probability.

    Parameters
    ----------
    error : float
        Strictly between 0 and ½.

    Examples
    --------
    >>> round(hopfield_step_load(0.001), 4)
    0.1047
    """
    error = checks.real("hopfield_step_load", "error", error, low=0.0, open=True)
    if error >= 0.5:
        raise ParameterError(f"hopfield_step_load: error is {error:g}; it must be below 0.5.")
    return float(0.5 / special.erfcinv(2.0 * error) ** 2)


def hopfield_fixed_fraction(units: int, patterns: int) -> float:
    """Return the fraction of stored patterns that one step leaves exactly as they are.

    Parameters
    ----------
    units, patterns : int
        N, and P from 10 to N².

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    McEliece, Posner, Rodemich & Venkatesh (1987), IEEE Trans. Inf. Theory 33:461,
    doi:10.1109/TIT.1987.1057328, for the limit N/(2 ln N); the average over S is derived here.

    Examples
    --------
    >>> round(hopfield_fixed_fraction(1000, 72), 2)
    0.92
    """
    n = checks.whole("hopfield_fixed_fraction", "units", units)
    others = checks.whole("hopfield_fixed_fraction", "patterns", patterns, low=10) - 1
    if others >= n * n:
        # the tilted coordinate's mean is then off by more than 1/√N of its deviation
        raise ParameterError(
            f"hopfield_fixed_fraction: patterns is {patterns!r}; for {n} units the theory holds up "
            f"to {n * n}."
        )
    middles = (np.arange(_SIZES) + 0.5) / _SIZES
    wrong = [_flip(n, others, float(size)) for size in stats.chi2.ppf(middles, others)]
    return float(np.mean((1.0 - np.array(wrong)) ** n))


def _flip(units: int, others: int, size: float) -> float:
    """Return the probability that a unit flips, given the square sum of the overlaps over N."""
    scale = np.sqrt(units * size * others)
    # without self-coupling the field is N − P plus the crosstalk, in steps of 2: half a step
    # parts −2 from the tie at 0 if the field is even, −1 from 1 if it is odd
    patterns = others + 1
    odd = (units - 1) * patterns % 2
    border = (patterns - units - 1 + odd) / scale
    if border <= -1.0:
        return 0.0
    angle = np.linspace(-1.0, 1.0, _FIELDS)[1:-1]
    # at high loads the tilt alone exceeds what a float holds
    log = (others - 3) / 2.0 * np.log1p(-(angle**2)) + angle * scale / units
    weight = np.exp(log - log.max())
    below = np.concatenate([[0.0], np.cumsum(weight[1:] + weight[:-1])])
    return float(np.interp(border, angle, below / below[-1]))
