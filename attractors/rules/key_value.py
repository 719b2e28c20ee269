"""Memories that keep every pattern and separate them when they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from numpy.typing import NDArray

from attractors import checks
from attractors.dynamics import Dynamics, KWinners, Softmax
from attractors.errors import ParameterError
from attractors.rules.base import Levels, Patterns
from attractors.rules.dual import DualRule


@dataclass(frozen=True)
class KeyValue(DualRule):
    r"""Keys and values with a separation function: :math:`h_j = \sum_μ v^μ_j f(k^μ · s)`.

    Source patterns are the keys k, target patterns the values v, and f is what hidden units, one
    for each stored pattern, would answer. With ``Softmax(beta)`` this is a modern Hopfield
    network and, with β = 1/√d, the scaled dot-product attention of transformers; with ``Power``
    and ``Exponential`` a dense associative memory; with ``Linear`` an ordinary sum of outer
    products. Storing costs a copy of the pattern, reading a product with every key.

    Parameters
    ----------
    separation : Dynamics
        f: ``Softmax``, ``Power``, ``Exponential``, ``Sparsemax``, ``Threshold``, ``KWinners`` or
        ``Linear``.
    normalise : bool
        Divide the similarities k · s by the mean \|k\|² of the stored keys, so that a stored
        pattern has one of 1 with itself. By default they stay raw, as in the formulas of the
        papers.
    neighbours : int, optional
        Only so many most similar keys, found in an index, take part: faster among very many
        keys, and approximate. Needs the extra ``index``.

    Raises
    ------
    ParameterError
        If the separation is no dynamics, or neighbours no whole number.

    Notes
    -----
    Units couple to themselves, but with ``Linear``: another separation has no diagonal to take
    out. Of random ±1 patterns ``Power(n)`` holds about :math:`α_n N^{n-1}`, ``Exponential``
    :math:`2^{N/2}` by order of magnitude. ``KWinners`` breaks ties between keys by the order in
    which they were stored.

    References
    ----------
    Krotov & Hopfield (2016), NIPS 29:1172, arXiv:1606.01164; Demircigil et al. (2017), J. Stat.
    Phys. 168:288, doi:10.1007/s10955-017-1806-y; Ramsauer et al. (2021), ICLR, arXiv:2008.02217;
    Vaswani et al. (2017), NIPS 30, arXiv:1706.03762.

    Examples
    --------
    >>> from attractors import KeyValue, Memory, Sign, Softmax
    >>> memory = Memory(4, Sign(), KeyValue(Softmax(beta=1.0)))
    >>> memory.store([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
    >>> memory.recall([1, 1, 0, -1])
    array([ 1,  1, -1, -1], dtype=int8)
    """

    separation: Dynamics = field(default_factory=Softmax)
    normalise: bool = False
    neighbours: int | None = None
    values: ClassVar = "any"

    def __post_init__(self) -> None:
        if not isinstance(self.separation, Dynamics):
            raise ParameterError(
                f"KeyValue: separation is {self.separation!r}; give an instance, e.g. Softmax(8.0)."
            )
        if self.neighbours is not None:
            checks.whole("KeyValue", "neighbours", self.neighbours)
        # of equal winners the first that was stored wins
        object.__setattr__(self, "order_free", not isinstance(self.separation, KWinners))

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the patterns themselves, as values and keys."""
        return post, pre
