"""Dense associative memory whose units compare the energies of their two states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.typing import NDArray

from attractors import checks
from attractors.rules.base import Levels, Patterns
from attractors.rules.dual import DualRule


@dataclass(frozen=True)
class EnergyDifference(DualRule):
    r"""Dense associative memory with the energy :math:`E = -\sum_μ F(ξ^μ · s)` of ±1 patterns.

    The field of a unit is the energy that it would save by being +1 and not −1, all others as
    they are:

    .. math:: h_i = \sum_μ F(ξ^μ_i + \sum_{j≠i} ξ^μ_j s_j) - F(-ξ^μ_i + \sum_{j≠i} ξ^μ_j s_j)

    with :math:`F(x) = x^n`, or :math:`F(x) = e^x` for ``n=None``. For n = 2 it is Hebb's rule
    without self-coupling. Unlike the answers of ``KeyValue(Power(n))``, which are the derivative
    of F, a difference of energies depends on the unit's own state and has no form as two
    networks.

    Parameters
    ----------
    n : int or None
        Exponent of F, at least 2; ``None`` for the exponential.

    Notes
    -----
    Recurrent memories only. One step from a stored pattern, a bit is wrong with probability
    :math:`\sqrt{(2n-3)!!/(2π) · K/N^{n-1}} \, e^{-N^{n-1}/(2K(2n-3)!!)}` (K patterns, N units).

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29:1172, arXiv:1606.01164; for the exponential Demircigil et
    al. (2017), J. Stat. Phys. 168:288, doi:10.1007/s10955-017-1806-y.

    Examples
    --------
    >>> from attractors import EnergyDifference, Memory, Sign
    >>> memory = Memory(6, Sign(), EnergyDifference(n=3))
    >>> memory.store([[1, 1, 1, 1, 1, 1], [1, 1, 1, -1, -1, -1]])
    >>> memory.recall([1, 1, 1, 1, 1, -1])
    array([1, 1, 1, 1, 1, 1], dtype=int8)
    """

    n: int | None = 3
    values: ClassVar = "±1"

    def __post_init__(self) -> None:
        if self.n is not None:
            checks.whole("EnergyDifference", "n", self.n, low=2)

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the patterns themselves, as values and keys."""
        return post, pre
