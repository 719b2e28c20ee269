"""The targets of every source unit as an ascending list, merged with others in place."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors import kernels

Lists: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]


class TargetLists:
    """One list a source unit, four bytes a synapse.

    Parameters
    ----------
    indptr : (n_pre + 1,) int64
        Where the list of each source unit begins and ends.
    targets : (M,) int32
        The lists, one behind the other; they may be mapped from a file.
    """

    def __init__(self, indptr: NDArray[np.int64], targets: NDArray[np.int32]) -> None:
        self.indptr = indptr
        self.targets = targets

    @classmethod
    def empty(cls, units: int) -> TargetLists:
        """Return lists of no targets for so many source units."""
        return cls(np.zeros(units + 1, np.int64), np.empty(0, np.int32))

    @property
    def lists(self) -> Lists:
        """Both arrays, as kernels take them."""
        return self.indptr, self.targets

    @property
    def nbytes(self) -> int:
        """Bytes of both arrays."""
        return self.indptr.nbytes + self.targets.nbytes

    def __len__(self) -> int:
        """Return the number of synapses."""
        return len(self.targets)

    def of(self, unit: int) -> NDArray[np.int32]:
        """Return the targets of a source unit."""
        return self.targets[self.indptr[unit] : self.indptr[unit + 1]]

    def merge(self, more: TargetLists) -> None:
        """Take in lists that share nothing with these; they may be held by both afterwards."""
        if not len(self):
            self.indptr, self.targets = more.lists
        elif len(more):
            # taken out, so that this is the only reference and the array can grow where it is
            targets, self.targets = self.targets, np.empty(0, np.int32)
            size = len(targets) + len(more)
            try:
                targets.resize(size)
            except ValueError:  # mapped from a file, or held by somebody else too
                targets = np.concatenate([targets, more.targets])
            finally:
                self.targets = targets
            self.indptr = kernels.merge_rows(self.indptr, targets, more.lists)

    def kept(self, keep: NDArray[np.bool_]) -> TargetLists:
        """Return a copy of the chosen synapses only."""
        before = np.concatenate([[0], np.cumsum(keep, dtype=np.int64)])
        return TargetLists(before[self.indptr], self.targets[keep])
