r"""Exact counting of the Willshaw memory's errors.

A unit that does not belong to the recalled pattern is connected to all of j given cue units
with probability (inclusion and exclusion over the sets of missing synapses)

.. math:: p_j = \sum_{i=0}^{j} (-1)^i \binom{j}{i}
          \left[1 - \frac{k}{n}\left(1 - \binom{n-i}{k}\Big/\binom{n}{k}\right)\right]^{M-1},

for M random patterns of exactly k active out of n units, the recalled one among
them. In a recurrent memory the unit itself takes one of the k places: n and k are n − 1 and k − 1
in the binomials. Exact for one step; the usual formula :math:`p_j = p_1^j` takes the synapses for
independent and promises 1 to 18 % too many patterns.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from math import comb

from scipy import optimize, stats

from attractors import checks
from attractors.errors import ParameterError

# the sum alternates: its terms exceed it by up to 2^j
_DIGITS_PER_SYNAPSE = 0.31
_MOST = 10**12


def willshaw_false_positive(
    units: int, active: int, patterns: float, inputs: int | None = None, *, recurrent: bool = False
) -> float:
    """Return the probability that a wrong unit is connected to all units of the cue.

    Parameters
    ----------
    units, active : int
        n and k, the same for source and target.
    patterns : float
        Number M of stored patterns, the recalled one included; at least 1.
    inputs : int, optional
        Number of correct active units in the cue, by default all k.
    recurrent : bool
        Whether source and target are the same network.

    Raises
    ------
    ParameterError
        If a number is out of range.

    References
    ----------
    Palm (1980), Biol. Cybern. 36:19, doi:10.1007/BF00337019; Knoblauch, Palm & Sommer (2010),
    Neural Comput. 22:289, doi:10.1162/neco.2009.08-07-588.

    Examples
    --------
    >>> round(willshaw_false_positive(1000, 10, 6000), 7)
    0.0004845
    """
    k = _active("willshaw_false_positive", units, active)
    given = (
        k if inputs is None else checks.whole("willshaw_false_positive", "inputs", inputs, low=0)
    )
    stored = checks.real("willshaw_false_positive", "patterns", patterns, low=1.0)
    return float(_connected(units, k, stored, given, recurrent))


def willshaw_capacity(units: int, active: int, error: float = 0.01) -> float:
    """Return how many pairs an association holds in one step from the full cue.

    Parameters
    ----------
    units, active : int
        n and k of both ends.
    error : float
        Wrong active units that are allowed, as a fraction of the k right ones.

    Examples
    --------
    >>> int(willshaw_capacity(1000, 10))
    4791
    """
    k = _active("willshaw_capacity", units, active)
    share = checks.real("willshaw_capacity", "error", error, low=0.0, open=True)
    allowed = share * k / (units - k)
    return _crossing(lambda m: willshaw_false_positive(units, k, m) - allowed)


def willshaw_recall_load(units: int, active: int, inputs: int, wrong: int = 0) -> float:
    """Return the number of patterns at which half of the recalls of a recurrent memory succeed.

    The k winners are taken once, without synapses of a unit onto itself: a member that is in
    the cue has one input less than one that is missing. A wrong unit with more inputs than those
    in the cue wins against one of them; one with as many ties with all of them, and is left out as
    often as each of them.

    Parameters
    ----------
    units, active : int
        n and k.
    inputs : int
        Number of correct active units in the cue, 2 to k.
    wrong : int
        Wrong winners that still count as success.

    Returns
    -------
    float
        Patterns M. One step is assumed, which recall that iterates exceeds for incomplete cues;
        wrong units are taken as independent of each other.
    """
    k = _active("willshaw_recall_load", units, active)
    given = checks.whole("willshaw_recall_load", "inputs", inputs, low=2)

    def failures(patterns: float) -> float:
        full = _connected(units, k, patterns, given, True)
        all_but_one = given * (_connected(units, k, patterns, given - 1, True) - full)
        wins = float(full + all_but_one * given / (given + 1))
        return 0.5 - float(stats.binom.cdf(wrong, units - k, min(wins, 1.0)))

    return _crossing(failures)


def _connected(units: int, k: int, patterns: float, inputs: int, recurrent: bool) -> Decimal:
    n, places = (units - 1, k - 1) if recurrent else (units, k)
    with localcontext() as context:
        context.prec = 40 + int(_DIGITS_PER_SYNAPSE * inputs)
        active = Decimal(k) / units
        others, total = Decimal(patterns) - 1, Decimal(0)
        for i in range(inputs + 1):
            untouched = Decimal(comb(n - i, places)) / comb(n, places)
            none_on = (1 - active * (1 - untouched)) ** others
            total += (-1) ** i * comb(inputs, i) * none_on
        return max(total, Decimal(0))


def _active(owner: str, units: int, active: int) -> int:
    n, k = checks.whole(owner, "units", units), checks.whole(owner, "active", active)
    if 2 * k > n:
        raise ParameterError(f"{owner}: active is {k}; a sparse code has at most half of {n}.")
    return k


def _crossing(excess: Callable[[float], float]) -> float:
    """Return where a rising function of the number of patterns passes 0."""
    high = 1.0
    while excess(high) < 0 and high < _MOST:
        high *= 2.0
    if high == 1.0:
        return 1.0
    return float(optimize.brentq(excess, high / 2.0, high, rtol=1e-6))
