r"""Signal and noise of binary synapses that patterns switch by chance.

Each pattern sets a synapse towards the product of its two ends with probability q. Its trace in
:math:`n` synapses, as a correlation against the fluctuations of older ones, fades exponentially:

.. math:: \mathrm{SNR}(t) = \sqrt n\, q\,(1-q)^t .

Exact for independent synapses with as many events that switch on as off (activity ½), a memory
that is full, and t patterns since. The synapses of one unit share its state, which is why a
network's recall fails before the ratio reaches 1.
"""

from __future__ import annotations

import math

from attractors import checks
from attractors.errors import ParameterError


def switching_snr(age: float, synapses: int, probability: float) -> float:
    """Return the signal-to-noise ratio of a pattern of this age.

    Parameters
    ----------
    age : float
        t in patterns since, at least 0.
    synapses : int
        n.
    probability : float
        q, with which a pattern switches a synapse; above 0, at most 1.

    Raises
    ------
    ParameterError
        If a value is out of range.

    References
    ----------
    Amit & Fusi (1994), Neural Comput. 6:957, doi:10.1162/neco.1994.6.5.957.

    Examples
    --------
    >>> round(switching_snr(10, 10000, 0.1), 4)
    3.4868
    """
    age = checks.real("switching_snr", "age", age, low=0.0)
    n = checks.whole("switching_snr", "synapses", synapses)
    q = _probability("switching_snr", probability)
    return float(math.sqrt(n) * q * (1.0 - q) ** age)


def switching_lifetime(synapses: int, probability: float, level: float = 1.0) -> float:
    """Return the age in patterns at which the signal-to-noise ratio falls to a level.

    Parameters
    ----------
    synapses : int
        n.
    probability : float
        q, above 0 and below 1.
    level : float
        Ratio that counts as remembered, above 0.

    Returns
    -------
    float
        0 where not even the newest pattern reaches the level.

    Examples
    --------
    >>> round(switching_lifetime(10000, 0.1), 2)
    21.85
    """
    n = checks.whole("switching_lifetime", "synapses", synapses)
    q = _probability("switching_lifetime", probability)
    level = checks.real("switching_lifetime", "level", level, low=0.0, open=True)
    newest = math.sqrt(n) * q / level
    if newest <= 1.0 or q == 1.0:
        return 0.0
    return math.log(newest) / -math.log1p(-q)


def _probability(owner: str, value: float) -> float:
    q = checks.real(owner, "probability", value, low=0.0, open=True)
    if q > 1.0:
        raise ParameterError(f"{owner}: probability is {q:g}; it must be at most 1.")
    return q
