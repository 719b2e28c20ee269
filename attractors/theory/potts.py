r"""Mean-field theory of Hopfield networks whose units have q states.

Units are one of q corners of a simplex in d = q − 1 dimensions, weights the Hebbian sum of their
products; the field is m along the stored corner plus isotropic normal noise of deviation s a
dimension, and the unit takes the nearest corner. With :math:`y = (m/s)\sqrt{q/d}` and normal ζ,
at T = 0 and with replica symmetry,

.. math:: p = \langle Φ(ζ+y)^d \rangle, \quad m = \frac{qp - 1}{d}, \quad
          C = \frac{\sqrt{q/d}}{sd} \left[\langle ζΦ(ζ+y)^d \rangle
          + d \langle ζΦ(ζ)^{d-1}Φ(ζ-y) \rangle\right], \quad
          α = d^2 s^2 (1-C)^2 .

Valid for N → ∞ at fixed α = P/N and q, all states equally frequent; q = 2 is the ±1 network.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.branch import Branch

_Z = np.linspace(-10.0, 10.0, 401)
_WEIGHT = np.exp(-(_Z**2) / 2.0) * (_Z[1] - _Z[0]) / np.sqrt(2.0 * np.pi)
_LOWEST, _HIGHEST = 0.1, 9.0


def potts_capacity(states: int, overlap: float = 0.0) -> float:
    """Return the largest load α = P/N of units with q states that has a retrieval state.

    Parameters
    ----------
    states : int
        q, at least 2.
    overlap : float
        Smallest overlap m that counts, 0 to below 1.

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Kanter (1988), Phys. Rev. A 37:2739, doi:10.1103/PhysRevA.37.2739, who approximates it by
    0.138 q(q − 1)/2.

    Examples
    --------
    >>> round(potts_capacity(3), 4)
    0.4144
    """
    level = checks.real("potts_capacity", "overlap", overlap, low=0.0)
    if level >= 1.0:
        raise ParameterError(f"potts_capacity: overlap is {level:g}; it must be below 1.")
    return _branch(checks.whole("potts_capacity", "states", states, low=2)).capacity(level)


def potts_overlap(load: float, states: int) -> float:
    """Return the overlap m = (qp − 1)/(q − 1), with p the fraction of right units.

    Parameters
    ----------
    load : float
        α = P/N, above 0.
    states : int
        q, at least 2.

    Returns
    -------
    float
        0 where there is no retrieval state.

    Examples
    --------
    >>> round(potts_overlap(0.3, 3), 4)
    0.9971
    """
    load = checks.real("potts_overlap", "load", load, low=0.0, open=True)
    return _branch(checks.whole("potts_overlap", "states", states, low=2)).overlap_at(load)


@lru_cache(maxsize=64)
def _branch(q: int) -> Branch:
    d = q - 1

    def overlap(y: float) -> float:
        return float((q * (_WEIGHT @ ndtr(_Z + y) ** d) - 1.0) / d)

    def load(y: float) -> float:
        s = overlap(y) * np.sqrt(q / d) / y
        stored = (_WEIGHT * _Z) @ ndtr(_Z + y) ** d
        others = d * ((_WEIGHT * _Z) @ (ndtr(_Z) ** (d - 1) * ndtr(_Z - y)))
        response = np.sqrt(q / d) * (stored + others) / (s * d)
        return float((d * s * (1.0 - response)) ** 2) if response < 1.0 else 0.0

    return Branch(load, overlap, _LOWEST, _HIGHEST)
