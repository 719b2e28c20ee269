r"""±1 Hopfield networks with missing synapses.

Symmetric dilution, each pair joined with probability c: what is missing acts as static noise of a
spin glass beside the crosstalk of the whole (Sompolinsky's equivalence). At T = 0, with y, s and
C as in :func:`attractors.theory.sign_units.sign_state`,

.. math:: m = \mathrm{erf}(y), \qquad
          α = \frac{s^2}{(1-C)^{-2} + (1-c)/c}.

Strong dilution without symmetry, K = cN inputs with ln K ≪ ln N: units of a tree of ancestors do
not hear themselves again, and the next overlap of a load P/K is

.. math:: m' = \mathrm{erf}\left(m / \sqrt{2α}\right), \qquad α_c = 2/π .

Valid for N → ∞ (the second also K → ∞), independent patterns of activity ½.
"""

from __future__ import annotations

import math

from scipy import optimize

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.branch import Branch
from attractors.theory.sign_units import LARGEST, overlap, sign_state


def diluted_capacity(connectivity: float, overlap: float = 0.0) -> float:
    """Return the largest load P/N of a symmetrically diluted network with a retrieval state.

    Parameters
    ----------
    connectivity : float
        Fraction c of pairs that are joined, above 0 and at most 1.
    overlap : float
        Smallest overlap m that counts, 0 to below 1.

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Sompolinsky (1986), Phys. Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571.

    Examples
    --------
    >>> round(diluted_capacity(0.1), 5)
    0.02763
    """
    level = checks.real("diluted_capacity", "overlap", overlap, low=0.0)
    if level >= 1.0:
        raise ParameterError(f"diluted_capacity: overlap is {level:g}; it must be below 1.")
    return _branch("diluted_capacity", connectivity).capacity(level)


def diluted_overlap(load: float, connectivity: float) -> float:
    """Return the overlap m of the retrieval state under symmetric dilution, 0 without one.

    Parameters
    ----------
    load : float
        P/N, above 0; the load of a unit's synapses is P/(cN).
    connectivity : float
        Fraction c of pairs that are joined.

    Examples
    --------
    >>> round(diluted_overlap(0.02, 0.1), 4)
    0.9644
    """
    load = checks.real("diluted_overlap", "load", load, low=0.0, open=True)
    return _branch("diluted_overlap", connectivity).overlap_at(load)


def strongly_diluted_capacity() -> float:
    """Return α_c = 2/π patterns an input, at which the overlap vanishes without a jump.

    References
    ----------
    Derrida, Gardner & Zippelius (1987), Europhys. Lett. 4:167, doi:10.1209/0295-5075/4/2/007.

    Examples
    --------
    >>> round(strongly_diluted_capacity(), 6)
    0.63662
    """
    return 2.0 / math.pi


def strongly_diluted_overlap(load: float) -> float:
    """Return the overlap m that a strongly diluted network settles on.

    Parameters
    ----------
    load : float
        α = P/K, above 0, with K inputs a unit.

    Examples
    --------
    >>> round(strongly_diluted_overlap(0.2), 6)
    0.969899
    """
    load = checks.real("strongly_diluted_overlap", "load", load, low=0.0, open=True)

    def excess(y: float) -> float:
        return overlap(y) - math.sqrt(2.0 * load) * y

    # the load falls with y throughout: no state vanishes before its overlap does
    least = 1e-7
    if excess(least) <= 0.0:
        return 0.0
    return overlap(float(optimize.brentq(excess, least, 1.0 / math.sqrt(2.0 * load))))


def _branch(owner: str, connectivity: float) -> Branch:
    c = checks.real(owner, "connectivity", connectivity, low=0.0, open=True)
    if c > 1.0:
        raise ParameterError(f"{owner}: connectivity is {c:g}; it must be at most 1.")

    def load(y: float) -> float:
        state = sign_state(y)
        return float(state.noise**2 / ((1.0 - state.response) ** -2.0 + (1.0 - c) / c))

    return Branch(load, overlap, 0.05, LARGEST)
