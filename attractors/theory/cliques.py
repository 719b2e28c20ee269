r"""Gripon & Berrou's clique memories: density of links, and errors of one step.

c clusters of l units, one active in each; M messages leave each possible link with probability

.. math:: d = 1 - (1 - l^{-2})^M .

With e clusters erased, a wrong unit of one of them is linked to all j = c − e active units with
probability p, and the first step finds more than the message with

.. math:: P = 1 - (1 - p)^{e(l-1)} .

The usual formula takes links for independent, :math:`p = d^j`. Counting exactly, as a message
through two of the active units brings two links at once,

.. math:: p = \sum_{i=0}^{j} (-1)^i \binom{j}{i}
          \left[1 - \frac{1 - (1 - 1/l)^i}{l}\right]^{M-1}.

Valid for independent messages and one step; P takes wrong units as independent of each other. For
one erased cluster further steps change nothing; for more they correct most of these errors, and no
closed formula is known.
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

from attractors import checks
from attractors.errors import ParameterError


def clique_density(units: int, messages: int) -> float:
    """Return the fraction of possible links that are there.

    Parameters
    ----------
    units : int
        l, units in a cluster.
    messages : int
        M.

    References
    ----------
    Gripon & Berrou (2011), IEEE Trans. Neural Netw. 22:1087, doi:10.1109/TNN.2011.2146789.

    Examples
    --------
    >>> round(clique_density(512, 10000), 4)
    0.0374
    """
    size = checks.whole("clique_density", "units", units)
    stored = checks.whole("clique_density", "messages", messages, low=0)
    return 1.0 if size == 1 and stored else -math.expm1(stored * math.log1p(-1.0 / size**2))


def clique_error(
    clusters: int, units: int, erased: int, messages: int, *, counted: bool = False
) -> float:
    """Return the probability that one step leaves more than one unit in some erased cluster.

    Parameters
    ----------
    clusters, units, erased : int
        c, l of at least 2, and e below c.
    messages : int
        M, at least 1.
    counted : bool
        Whether links are counted exactly instead of taken for independent.

    Raises
    ------
    ParameterError
        If a number is out of range.

    Examples
    --------
    >>> round(clique_error(4, 512, 1, 10000), 4)
    0.0264
    >>> round(clique_error(4, 512, 1, 10000, counted=True), 4)
    0.0303
    """
    owner = "clique_error"
    c = checks.whole(owner, "clusters", clusters, low=2)
    size = checks.whole(owner, "units", units, low=2)
    gone = checks.whole(owner, "erased", erased, low=0)
    stored = checks.whole(owner, "messages", messages)
    if gone >= c:
        raise ParameterError(f"{owner}: erased is {gone}; it must be below the {c} clusters.")
    linked = _counted if counted else _independent
    wrong = linked(size, stored, c - gone)
    return 1.0 if wrong >= 1.0 else -math.expm1(gone * (size - 1) * math.log1p(-wrong))


def _independent(units: int, messages: int, inputs: int) -> float:
    return clique_density(units, messages) ** inputs


def _counted(units: int, messages: int, inputs: int) -> float:
    """Return the probability that a wrong unit has links to all of the inputs."""
    with localcontext() as context:
        # terms of up to 2ʲ cancel down to a result of at least l⁻ʲ⁻¹, one message through all
        context.prec = 30 + math.ceil(inputs * math.log10(2.0 * units) + math.log10(units))
        size, total = Decimal(units), Decimal(0)
        for missing in range(inputs + 1):
            # a message through the unit must avoid each of the inputs that are not linked
            avoids = 1 - (1 - (1 - 1 / size) ** missing) / size
            total += (-1) ** missing * math.comb(inputs, missing) * avoids ** (messages - 1)
        return float(total)
