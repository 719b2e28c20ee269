"""What a synapse form is: how weights are held and applied."""

from __future__ import annotations

import abc
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns

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
    name : str
        Qualified name of the network or edge.

    Attributes
    ----------
    form : str
        Name of the form as users write it, e.g. ``"packed"``.
    """

    form: ClassVar[str]

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        self.rule = rule
        self.shape = shape
        self.recurrent = recurrent
        self.name = name

    @classmethod
    @abc.abstractmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why the form cannot hold what a rule makes, ``None`` if it can."""

    @classmethod
    @abc.abstractmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes that an empty form takes at once, before anything is stored."""

    @abc.abstractmethod
    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""

    @abc.abstractmethod
    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause, without bias."""

    @property
    def bias(self) -> NDArray[Any] | None:
        """What is added to the raw field of every target unit, (n_post,), if anything."""
        return None

    @abc.abstractmethod
    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1; parameters as in :meth:`Rule.factor`."""

    @abc.abstractmethod
    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""

    @abc.abstractmethod
    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights as a full matrix (n_post, n_pre), not to be changed in place."""
        post, pre, weights = self.triples()
        matrix = np.zeros(self.shape)
        matrix[post, pre] = weights
        return matrix

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

    @abc.abstractmethod
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is held, as named arrays of plain types, to be saved."""

    @abc.abstractmethod
    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned; maps are not copied."""

    @property
    def count(self) -> int:
        """Number of non-zero synapses."""
        return int(self.fan_out.sum())

    @property
    def density(self) -> float:
        """Fraction of possible synapses that are not zero."""
        return self.count / (self.shape[0] * self.shape[1])
