"""What a synapse form is: how weights are held and applied."""

from __future__ import annotations

import abc
import copy
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.kernels import k_winners
from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns

Triples = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
# where each row begins and ends, the units of all rows, and which rows met a tie
Winners = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]

# full states that the default of winners() makes at a time, in numbers
BLOCK = 1 << 22


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
    learns_sparse : bool
        Whether :meth:`learn` takes 0/1 patterns as CSR arrays too; others need full arrays.
    """

    form: ClassVar[str]
    learns_sparse: ClassVar[bool] = False

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

    def winners(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32], k: int, least: float
    ) -> Winners:
        """Return the at most k target units of largest raw field, for cues as lists of units.

        Equals the k winners of :meth:`field`, ties included. A form that can count without
        making the field in full, for target units that are many and winners that are few,
        has a faster one of its own.

        Parameters
        ----------
        indptr : (B + 1,) int64
            Where each cue begins and ends in ``indices``.
        indices : (M,) int32
            Active source units of the cues, ascending and distinct within each.
        k : int
            Number of winners, 1 to n_post.
        least : float
            Raw field, without bias, that a winner has at least; above 0.

        Returns
        -------
        indptr : (B + 1,) int64
            Where the winners of each cue begin and end.
        indices : (W,) int32
            Winners of the cues, ascending within each.
        tied : (B,) bool
            Whether more units had the k-th largest field than there were places left for them.
        """
        cues = len(indptr) - 1
        tied = np.zeros(cues, np.bool_)
        ends = np.zeros(cues + 1, np.int64)
        found = [np.empty(0, np.int32)]
        step = max(BLOCK // max(self.shape), 1)
        for start in range(0, cues, step):
            stop = min(start + step, cues)
            states = np.zeros((stop - start, self.shape[1]), np.float32)
            rows = np.repeat(np.arange(stop - start), np.diff(indptr[start : stop + 1]))
            states[rows, indices[indptr[start] : indptr[stop]]] = 1
            # in double precision, where the number below `least` is below it in the field too
            field = self.field(states).astype(np.float64, copy=False)
            active, tied[start:stop] = k_winners(field, k, float(np.nextafter(least, -np.inf)))
            ends[start + 1 : stop + 1] = np.count_nonzero(active, axis=1)
            found.append(np.nonzero(active)[1].astype(np.int32))
        return np.cumsum(ends), np.concatenate(found), tied

    @property
    def may_refuse(self) -> bool:
        """Whether :meth:`learn` may still refuse, changing nothing, what its rule accepted."""
        return True

    def snapshot(self) -> Synapses:
        """Return synapses that stay as these are now, whatever these learn."""
        return copy.deepcopy(self)

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
        """Bytes that are held: the weights, and what their rule needs to learn on."""

    def events(self, states: NDArray[Any]) -> NDArray[np.int64]:
        """Return the synaptic events (B,) that source states (B, n_pre) cause."""
        return np.asarray((states != 0) @ self.fan_out.astype(np.float64), np.int64)

    @property
    def possible(self) -> int:
        """Number of synapses that there is room for."""
        none = min(self.shape) if self.recurrent else 0
        return self.shape[0] * self.shape[1] - none

    @property
    def event_bytes(self) -> float:
        """Bytes that one synaptic event reads."""
        return self.nbytes / max(self.count, 1)

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
        return self.count / max(self.possible, 1)
