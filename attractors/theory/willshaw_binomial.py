r"""Willshaw's memory by the usual formula, which takes synapses for independent.

After M pairs with k of m and l of n units active a synapse is on with
:math:`p_1 = 1 - (1 - kl/mn)^M`, and a wrong unit is connected to all λk given units with
:math:`p_{01} = p_1^{λk}`. At most ε wrong units for each right one, :math:`p_{01} = εl/(n-l)`,
allows

.. math:: M_ε = \frac{\ln(1 - p_1)}{\ln(1 - kl/mn)}, \qquad
          C_ε = \frac{M_ε}{m} T(l/n, p_{01}, 0) \;\text{ bits a synapse,}

with :func:`transinformation` T. Asymptotically right for k of the order of ln n; at finite size
it promises 1 to 18 % too many pairs, see :func:`willshaw_capacity` for exact counting. Cues hold no
wrong units, and recall takes one step.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from attractors import checks
from attractors.errors import ParameterError
from attractors.theory.bounds import share, whole_below
from attractors.theory.information import transinformation


class WillshawBinomial(NamedTuple):
    """Capacity of an association by the binomial formula."""

    patterns: float
    """M_ε, pairs."""
    load: float
    """p₁, the fraction of synapses that are on."""
    bits: float
    """C_ε, bits a synapse."""


def willshaw_binomial(
    units: int,
    active: int,
    error: float = 0.01,
    given: float = 1.0,
    *,
    source: tuple[int, int] | None = None,
) -> WillshawBinomial:
    """Return pairs, load and bits a synapse that an association holds.

    Parameters
    ----------
    units, active : int
        n and l of the target.
    error : float
        ε, wrong units for each right one, above 0.
    given : float
        λ, the fraction of the source's active units in the cue, above 0 and at most 1.
    source : (int, int), optional
        m and k of the source, by default those of the target.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Knoblauch, Palm & Sommer (2010), Neural Comput. 22:289, doi:10.1162/neco.2009.08-07-588;
    Willshaw, Buneman & Longuet-Higgins (1969), Nature 222:960, doi:10.1038/222960a0.

    Examples
    --------
    >>> found = willshaw_binomial(1000, 12)
    >>> int(found.patterns), round(found.bits, 4)
    (4431, 0.4113)
    """
    owner = "willshaw_binomial"
    n, right = _ends(owner, units, active)
    m, k = (n, right) if source is None else _ends(owner, *source)
    ε = checks.real(owner, "error", error, low=0.0, open=True)
    λ = 1.0 if given == 1.0 else share(owner, "given", given)
    wrong = ε * right / (n - right)
    if wrong >= 1.0:
        raise ParameterError(f"{owner}: error is {error!r}; all {n - right} other units are wrong.")
    load = wrong ** (1.0 / (λ * k))
    patterns = math.log1p(-load) / math.log1p(-k * right / (m * n))
    return WillshawBinomial(patterns, load, patterns / m * transinformation(right / n, wrong))


def _ends(owner: str, units: int, active: int) -> tuple[int, int]:
    n = checks.whole(owner, "units", units, low=2)
    checks.whole(owner, "active", active)
    return n, whole_below(owner, "active", active, n - 1, f"{n} units")
