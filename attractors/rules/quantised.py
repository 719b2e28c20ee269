"""Synapses with a few levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Rule, Weights
from attractors.rules.hebbian import Hebbian
from attractors.rules.transformed import Transformed
from attractors.rules.wrapper import off_diagonal

MOST_BITS = 16


@dataclass(frozen=True)
class Quantised(Transformed):
    r"""Weights are rounded to the levels that a few bits hold: :math:`\mathrm{round}(W_{ji}/Δ)`.

    Signed weights get the :math:`2^b - 1` levels from :math:`-L` to :math:`L = 2^{b-1} - 1`, the
    others those from 0 to :math:`L = 2^b - 1`. The step Δ takes the largest weight to L; it is 1
    where whole weights fit as they are.

    Parameters
    ----------
    rule : Rule
        What learns.
    bits : int
        b, up to 16; at least 2 for signed weights.

    Notes
    -----
    The levels are whole numbers, which integer synapses hold in one or two bytes. What learns is
    the wrapped rule, in full precision.

    References
    ----------
    Sompolinsky (1986), Phys. Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571.

    Examples
    --------
    >>> rule = Quantised(Hebbian(), bits=3)
    >>> weights = np.array([[0, -10], [10, 4]], dtype=np.float32)
    >>> rule.transformed(weights, {"recurrent": np.array(False)})
    array([[ 0., -3.],
           [ 3.,  1.]], dtype=float32)
    """

    rule: Rule = field(default_factory=Hebbian)
    bits: int = 4

    def __post_init__(self) -> None:
        super().__post_init__()
        bits = checks.whole("Quantised", "bits", self.bits, low=2 if self.rule.signed else 1)
        if bits > MOST_BITS:
            raise ParameterError(f"Quantised: bits is {bits}; it must be at most {MOST_BITS}.")
        self.declare(dtype=np.float32, whole=True)

    @property
    def top(self) -> int:
        """The highest level L."""
        return int(2 ** (self.bits - 1 if self.rule.signed else self.bits)) - 1

    def transformed(self, weights: Weights, held: dict[str, NDArray[Any]]) -> Weights:
        """Return the level of every weight."""
        between = off_diagonal(weights) if held["recurrent"] else weights
        step = float(np.abs(between).max(initial=0.0)) / self.top
        whole = weights.dtype.type in (np.bool_, np.float32)
        if step == 0.0 or (whole and step <= 1.0):
            step = 1.0
        low = -self.top if self.rule.signed else 0
        # a unit's weight onto itself may lie outside of the range of the others
        levels = np.clip(np.rint(weights / step), low, self.top)
        return levels.astype(np.float32)
