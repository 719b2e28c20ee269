"""What a synapse form is: how weights are held and applied."""

from __future__ import annotations

import abc
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules import Rule

Triples = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


class Synapses(abc.ABC):
    """Raw weights ``[post, pre]`` of one memory or edge, learned by one rule.

    Parameters
    ----------
    rule : Rule
        Rule that turns patterns into weights.
    shape : (int, int)
        Units of target and source.
    recurrent : bool
        Whether both ends are the same network: units then have no synapse onto themselves.
    """

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool) -> None:
        self.rule = rule
        self.shape = shape
        self.recurrent = recurrent

    @abc.abstractmethod
    def learn(
        self,
        post: NDArray[np.int8],
        pre: NDArray[np.int8],
        activity: tuple[float | None, float | None],
    ) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""

    @abc.abstractmethod
    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""

    @abc.abstractmethod
    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""

    @abc.abstractmethod
    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""

    @property
    @abc.abstractmethod
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""

    @property
    @abc.abstractmethod
    def nbytes(self) -> int:
        """Bytes that the weights take."""

    @abc.abstractmethod
    def thinned(self, keep: NDArray[np.bool_]) -> Synapses:
        """Return a copy in which only the chosen non-zero synapses, in order of triples, live."""

    @property
    def count(self) -> int:
        """Number of non-zero synapses."""
        return int(self.fan_out.sum())

    @property
    def density(self) -> float:
        """Fraction of possible synapses that are not zero."""
        return self.count / (self.shape[0] * self.shape[1])
