r"""Mean-field theory of the bidirectional memory: two layers that recall pairs of patterns.

Layers of N₁ and N₂ = ρN₁ units update each other through one matrix of Hebbian weights. A pattern
that is not recalled is seen by each layer through the other's response, so that at T = 0, with
replica symmetry, loads :math:`α_k = P/N_k` and D = (1 − C₁C₂)²,

.. math:: m_1 = \mathrm{erf}(y_1), \quad s_1 = \frac{m_2}{\sqrt2 y_1}, \quad
          C_1 = \sqrt{\frac2π} \frac{e^{-y_1^2}}{s_1}, \quad
          s_1^2 D = α_2 + C_2^2 α_1,

and likewise with 1 and 2 exchanged. Equal layers have one y and :math:`α = s^2(1-C^2)^2/(1+C^2)`.
Valid for P, N → ∞ at fixed loads, independent patterns of activity ½. Recall that starts from a
stored pair and stops where nothing changes ends slightly above these overlaps: units whose echo
through the other layer outweighs their field keep their state.
"""

from __future__ import annotations

import numpy as np
from scipy import optimize

from attractors import checks
from attractors.theory.branch import Branch
from attractors.theory.sign_units import LARGEST, overlap, response

# how much wider than its two limits the second layer's signal is looked for
_SLACK = 10.0


def bidirectional_capacity(ratio: float = 1.0) -> float:
    """Return the largest load P/N₁ at which pairs are recalled.

    Parameters
    ----------
    ratio : float
        N₂/N₁, above 0.

    Raises
    ------
    ParameterError
        If the ratio is out of range.

    References
    ----------
    Kurchan, Peliti & Saber (1994), J. Phys. I 4:1627, doi:10.1051/jp1:1994211.

    Examples
    --------
    >>> round(bidirectional_capacity(), 6)
    0.199802
    """
    return _branch("bidirectional_capacity", ratio).capacity()


def bidirectional_overlap(load: float, ratio: float = 1.0) -> float:
    """Return the overlap of the first layer when a pair is recalled, 0 where none is.

    Parameters
    ----------
    load : float
        P/N₁, above 0.
    ratio : float
        N₂/N₁, above 0. The second layer's overlap is that of load P/N₂ and ratio N₁/N₂.

    Examples
    --------
    >>> round(bidirectional_overlap(0.1), 6)
    0.998399
    """
    load = checks.real("bidirectional_overlap", "load", load, low=0.0, open=True)
    return _branch("bidirectional_overlap", ratio).overlap_at(load)


def _branch(owner: str, ratio: float) -> Branch:
    rho = checks.real(owner, "ratio", ratio, low=0.0, open=True)

    def load(y: float) -> float:
        if rho == 1.0:
            return _loads(y, y)[0]

        def excess(other: float) -> float:
            first, second = _loads(y, other)
            return first - rho * second

        # equal signals where the echo makes the noise, in proportion where crosstalk does
        low, high = sorted((y, y / np.sqrt(rho)))
        other = optimize.brentq(excess, low / _SLACK, high * _SLACK)
        return _loads(y, float(other))[0]

    return Branch(load, overlap, 0.05, LARGEST)


def _loads(y1: float, y2: float) -> tuple[float, float]:
    """Return P/N₁ and P/N₂ of the state with these signals."""
    s1, s2 = overlap(y2) / (np.sqrt(2.0) * y1), overlap(y1) / (np.sqrt(2.0) * y2)
    c1, c2 = response(y1, s1) ** 2, response(y2, s2) ** 2
    left = (1.0 - np.sqrt(c1 * c2)) ** 2 / (1.0 - c1 * c2)
    return float(left * (s2**2 - c1 * s1**2)), float(left * (s1**2 - c2 * s2**2))
