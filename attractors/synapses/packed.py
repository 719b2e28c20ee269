"""Clipped weights as one bit a synapse."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import kernels
from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples, Winners
from attractors.synapses.lists import active_lists

# synapses that are unpacked at a time
BLOCK = 1 << 24
WORD = 64


class Packed(Synapses):
    """One bit a synapse, 64 target units a word; for clipped rules.

    What a source unit reaches is one row of words, and a batch of cues is counted bit by bit,
    64 target units in one operation, without making single numbers of the counts where only
    the winners are asked for.
    """

    form: ClassVar[str] = "packed"
    learns_sparse: ClassVar[bool] = True

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self.bits = _aligned((shape[1], -(-shape[0] // WORD)))
        self._fan_out: NDArray[np.int64] | None = None

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why one bit a synapse cannot hold what a rule makes."""
        return None if rule.clipped else f"{type(rule).__name__} makes weights besides 0 and 1"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of all synapses."""
        return shape[1] * -(-shape[0] // WORD) * 8

    @property
    def may_refuse(self) -> bool:
        """Switching on bits cannot fail."""
        return False

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Switch on the synapses whose two ends are active in one pair."""
        if not self.bits.flags.writeable:  # mapped from a file
            self.bits = self.bits.copy()
        target = active_lists(post)
        source = target if pre is post else active_lists(pre)
        kernels.packed_learn(self.bits, *target, *source)
        self._fan_out = None
        if self.recurrent:
            # only the rows of units that were active have changed
            unit = source[1] if len(source[1]) < self.shape[1] else np.arange(self.shape[1])
            self.bits[unit, unit // WORD] &= ~(np.uint64(1) << (unit % WORD).astype(np.uint64))

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        indptr, indices, ones = kernels.active_units(states)
        if ones:
            return kernels.packed_field(self.bits, self.shape[0], indptr, indices)
        if (np.abs(states) <= 1).all() and (states == np.rint(states)).all():
            return np.asarray(self.field(states > 0) - self.field(states < 0))
        kind = np.float32 if states.dtype.itemsize <= 4 else np.float64
        field = np.zeros((len(states), self.shape[0]), kind)
        for rows, on in self._blocks():
            field += states[:, rows].astype(kind, copy=False) @ on.astype(kind)
        return field

    def winners(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32], k: int, least: float
    ) -> Winners:
        """Return the at most k target units of largest raw field for cues as lists of units."""
        above = float(np.nextafter(least, -np.inf))
        return kernels.packed_winners(self.bits, self.shape[0], indptr, indices, k, above)

    def reached(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the target units that *every* active source unit reaches.

        Exact retrieval: one wrong unit in a cue, and what it does not reach is lost. It looks
        at less than :meth:`winners` and counts nothing.

        Parameters
        ----------
        indptr, indices : (B + 1,) int64, (M,) int32
            Active source units of each cue, as in :meth:`winners`.

        Returns
        -------
        indptr, indices : (B + 1,) int64, (total,) int32
            Target units of each cue. In a recurrent memory, where no unit reaches itself, the
            units of the cue are part of them. A silent cue reaches nothing.
        """
        return kernels.packed_and(self.bits, self.shape[0], indptr, indices, self.recurrent)

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        return self.rule.factor(units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        on = kernels.unpacked(self.bits[unit : unit + 1], self.shape[0])[0]
        return np.asarray(on, np.float32)

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        found = [(rows.start, *on.nonzero()) for rows, on in self._blocks()]
        pre = np.concatenate([first + units for first, units, _ in found])
        post = np.concatenate([units for *_, units in found])
        return post, pre, np.ones(len(post))

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights as a full matrix (n_post, n_pre)."""
        return kernels.unpacked(self.bits, self.shape[0]).T

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        if self._fan_out is None:
            self._fan_out = np.bitwise_count(self.bits).sum(axis=1, dtype=np.int64)
        return self._fan_out

    @property
    def nbytes(self) -> int:
        """Bytes that the weights take."""
        return self.bits.nbytes

    def thinned(self, keep: NDArray[np.bool_]) -> Packed:
        """Return a copy in which only the chosen non-zero synapses live."""
        other = copy.copy(self)
        other.bits, other._fan_out = np.empty_like(self.bits), None
        first = 0
        for rows, on in self._blocks():
            size = int(on.sum())
            on[on] = keep[first : first + size]
            other.bits[rows] = kernels.packed(on)
            first += size
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the words."""
        return {"bits": self.bits}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        self.bits, self._fan_out = arrays["bits"], None

    def _blocks(self) -> Iterator[tuple[slice, NDArray[np.bool_]]]:
        """Yield source units and what they reach, (R, n_post), a few at a time."""
        step = max(BLOCK // max(self.shape[0], 1), 1)
        for start in range(0, self.shape[1], step):
            rows = slice(start, start + step)
            yield rows, kernels.unpacked(self.bits[rows], self.shape[0])


def _aligned(shape: tuple[int, int]) -> NDArray[np.uint64]:
    """Return zeros that begin with a cache line."""
    size = shape[0] * shape[1]
    room = np.zeros(size + 7, np.uint64)
    first = -room.ctypes.data % 64 // 8
    return room[first : first + size].reshape(shape)
