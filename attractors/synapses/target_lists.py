"""The targets of every source unit as an ascending list, merged with others in place."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors import kernels, room

Lists: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]


# bytes of a target
ITEM = 4
# room for growth, as shares of what is held: memory that is not written to takes no place yet
SPARE = (7.0, 3.0, 1.0, 0.25)


class TargetLists:
    """One list a source unit, four bytes a synapse.

    Parameters
    ----------
    indptr : (n_pre + 1,) int64
        Where the list of each source unit begins and ends.
    buffer : (M + room,) int32
        The lists, one behind the other, and room for more.
    lent : bool
        Whether somebody else holds the arrays too, or they are mapped from a file: they are
        not written to then.
    """

    def __init__(
        self, indptr: NDArray[np.int64], buffer: NDArray[np.int32], lent: bool = False
    ) -> None:
        self.indptr = indptr
        self.lent = lent
        self._buffer = buffer

    @classmethod
    def empty(cls, units: int) -> TargetLists:
        """Return lists of no targets for so many source units."""
        return cls(np.zeros(units + 1, np.int64), np.empty(0, np.int32))

    @property
    def targets(self) -> NDArray[np.int32]:
        """The lists, one behind the other, (M,)."""
        return self._buffer[: len(self)]

    @property
    def lists(self) -> Lists:
        """Both arrays, as kernels take them."""
        return self.indptr, self.targets

    @property
    def nbytes(self) -> int:
        """Bytes of both arrays, without the room."""
        return self.indptr.nbytes + self.targets.nbytes

    def __len__(self) -> int:
        """Return the number of synapses."""
        return int(self.indptr[-1])

    def __deepcopy__(self, memo: dict[int, Any]) -> TargetLists:
        """Return a copy that takes no room."""
        return TargetLists(self.indptr.copy(), self.targets.copy())

    def shared(self) -> TargetLists:
        """Return the same lists; whoever takes in more of them copies them first."""
        self.lent = True
        return TargetLists(self.indptr, self.targets, lent=True)

    def of(self, unit: int) -> NDArray[np.int32]:
        """Return the targets of a source unit."""
        return self._buffer[self.indptr[unit] : self.indptr[unit + 1]]

    def merge(self, more: TargetLists) -> None:
        """Take in lists that share nothing with these, which are used up by it."""
        if not len(self):
            self.indptr, self.lent, self._buffer = more.indptr, more.lent, more._buffer
        elif len(more):
            size, buffer = len(self) + len(more), self._buffer
            # where there is room they grow in place: a second copy could take gigabytes
            if self.lent or size > len(buffer):
                buffer = np.empty(int((1 + spare_for(size)) * size), np.int32)
                buffer[: len(self)] = self.targets
            self.indptr = kernels.merge_rows(self.indptr, buffer[:size], more.lists)
            self._buffer, self.lent = buffer, False

    def kept(self, keep: NDArray[np.bool_]) -> TargetLists:
        """Return a copy of the chosen synapses only."""
        before = np.concatenate([[0], np.cumsum(keep, dtype=np.int64)])
        return TargetLists(before[self.indptr], self.targets[keep])


def spare_for(size: int) -> float:
    """Return how much room so many targets should get, as a share of them, in free memory."""
    return next((spare for spare in SPARE if room.fits(int(ITEM * (1 + spare) * size))), 0.0)
