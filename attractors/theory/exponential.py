r"""How many patterns memories with an exponential energy hold: :math:`P = e^{αN}`.

With energies :math:`-\frac{1}{λ} \ln \sum_μ e^{λ ξ^μ·s}` the other patterns form a random energy
model around a cue. Let :math:`I(m)` be the rate at which patterns of overlap m with the cue become
rare. The largest share of the others' sum comes from overlap m* and they weigh
:math:`e^{N(α + ζ(λ))}` with :math:`ζ(λ) = \max_m [λm - I(m)]`, unless α < I(m*) so that no such
pattern exists. A pattern of overlap q with the cue outweighs them up to

.. math:: α_1(λ, q) = λq - ζ(λ) \;\text{ for } q ≥ m^*, \qquad I(q) \;\text{ below.}

±1 patterns: :math:`I(m) = \frac{1+m}{2} \ln(1+m) + \frac{1-m}{2} \ln(1-m)`, :math:`m^* = \tanh λ`,
:math:`ζ = \ln \cosh λ`. Patterns on the sphere: :math:`I(m) = -\frac12 \ln(1-m^2)`,
:math:`m^* = (\sqrt{1+4λ^2} - 1)/2λ`.

Valid for N → ∞ and independent patterns. α₁ speaks of one pattern, typically; for all at once less
may be safe, as in Demircigil's bound for λ = 1.
"""

from __future__ import annotations

import math
from typing import Literal

from attractors import checks
from attractors.errors import ParameterError

Patterns = Literal["signs", "sphere"]


def exponential_capacity(
    sharpness: float, patterns: Patterns = "signs", *, overlap: float = 1.0
) -> float:
    """Return α₁, the largest load ln P / N at which a typical pattern is retrieved.

    Parameters
    ----------
    sharpness : float
        λ of the energy, above 0, for overlaps of size N.
    patterns : "signs" or "sphere"
        Patterns with values ±1, or uniform on the sphere of radius √N.
    overlap : float
        Overlap q of the cue with the pattern, above 0 and at most 1.

    Raises
    ------
    ParameterError, UnknownNameError
        If a parameter is not allowed.

    References
    ----------
    Lucibello & Mézard (2024), PRL 132:077301, doi:10.1103/PhysRevLett.132.077301. Thresholds for
    overlaps below 1 follow from the same equations.

    Examples
    --------
    >>> round(exponential_capacity(1.0), 6), round(exponential_capacity(1.0, "sphere"), 6)
    (0.566219, 0.622572)
    """
    owner = "exponential_capacity"
    λ = checks.real(owner, "sharpness", sharpness, low=0.0, open=True)
    checks.choice(owner, "patterns", patterns, ("signs", "sphere"))
    q = checks.real(owner, "overlap", overlap, low=0.0, open=True)
    if q > 1.0:
        raise ParameterError(f"{owner}: overlap is {overlap!r}; a cue is at most the pattern, 1.")
    if patterns == "signs":
        # ln cosh λ, which overflows beyond λ = 710 if written so
        log_cosh = λ + math.log1p(math.exp(-2.0 * λ)) - math.log(2.0)
        return λ * q - log_cosh if q >= math.tanh(λ) else _rarity(q)
    # (√(1 + 4λ²) − 1) / 2λ, without cancellation at small λ
    best = 2.0 * λ / (1.0 + math.hypot(1.0, 2.0 * λ))
    rarity = -0.5 * math.log1p(-q * q) if q < best else math.nan
    # 1 − m*² = m*/λ at the maximum
    return λ * (q - best) - 0.5 * math.log(best / λ) if q >= best else rarity


def exponential_bound(radius: float = 0.0) -> float:
    r"""Return the load ln P / N below which one step is proved to correct cues with flipped units.

    .. math:: α < I(1 - 2ρ) / 2

    suffices for a unit of a cue with ρN flipped units to be right with probability → 1, in the
    network with energy :math:`-\sum_μ e^{ξ^μ·s}` and energy-difference updates.

    Parameters
    ----------
    radius : float
        ρ, at least 0 and below ½.

    Raises
    ------
    ParameterError
        If the radius is out of range.

    References
    ----------
    Demircigil, Heusel, Löwe, Upgang & Vermet (2017), J. Stat. Phys. 168:288,
    doi:10.1007/s10955-017-1806-y.

    Examples
    --------
    >>> round(exponential_bound(), 6), round(exponential_bound(0.1), 6)
    (0.346574, 0.184032)
    """
    ρ = checks.real("exponential_bound", "radius", radius, low=0.0)
    if ρ >= 0.5:
        raise ParameterError(
            f"exponential_bound: radius is {radius!r}; it is a fraction of the units, below 0.5."
        )
    return _rarity(1.0 - 2.0 * ρ) / 2.0


def _rarity(overlap: float) -> float:
    """Return I(m) of ±1 patterns."""
    parts = [(1.0 + overlap) / 2.0, (1.0 - overlap) / 2.0]
    return math.fsum(part * math.log(2.0 * part) for part in parts if part > 0.0)
