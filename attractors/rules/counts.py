"""How often units were active together: what every count-based rule is a view of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import ParameterError, PatternError

# entries of a table that is always full: 16 MB
SMALL = 2**22
# bytes of patterns in single precision that are multiplied at once
BLOCK = 2**26
MOST = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Counts:
    """A mergeable table of coincidences; +1 and 1 count as active, -1 and 0 as inactive.

    Tables of the same shape are added (``a + b`` has stored what either has) and subtracted
    (``a - b`` has forgotten what b has stored) exactly: they are whole numbers.

    Attributes
    ----------
    pairs : (n_post, n_pre) int32, or scipy.sparse.csr_array of it
        In how many stored pairs both ends were active. Large tables are compressed rows while
        fewer than half of their entries are above 0.
    post : (n_post,) int64
        In how many each target unit was active.
    pre : (n_pre,) int64
        In how many each source unit was active.
    stored : int
        Number of stored pairs.
    recurrent : bool
        Whether both ends are one network whose units have no synapse onto themselves, as in
        :meth:`attractors.Rule.start`.

    Examples
    --------
    >>> first = Counts.of(np.array([[1, 1, 0]], np.int8), np.array([[1, 0]], np.int8))
    >>> both = first + Counts.of(np.array([[0, 1, 1]], np.int8), np.array([[1, 0]], np.int8))
    >>> both.pairs[:, 0], (both - first).pairs[:, 0]
    (array([1, 2, 1], dtype=int32), array([0, 1, 1], dtype=int32))
    """

    pairs: Any
    post: NDArray[np.int64]
    pre: NDArray[np.int64]
    stored: int
    recurrent: bool = False

    @classmethod
    def empty(cls, shape: tuple[int, int], recurrent: bool = False) -> Counts:
        """Return the table in which nothing is stored, for (n_post, n_pre) units."""
        nothing = sparse.csr_array(shape, dtype=np.int32)
        pairs = nothing if shape[0] * shape[1] > SMALL else nothing.toarray()
        post, pre = (np.zeros(units, np.int64) for units in shape)
        return cls(pairs, post, pre, 0, recurrent)

    @classmethod
    def of(cls, post: NDArray[np.int8], pre: NDArray[np.int8]) -> Counts:
        """Return the table of one lesson.

        Parameters
        ----------
        post, pre : (P, n_post) and (P, n_pre) int8, dense or scipy.sparse
            Pattern pairs, row by row.
        """
        active_post, active_pre = post > 0, pre > 0
        each = [np.asarray(active.sum(axis=0), np.int64) for active in (active_post, active_pre)]
        pairs = _coincidences(active_post, active_pre)
        return cls(pairs, each[0].ravel(), each[1].ravel(), int(post.shape[0]))

    @property
    def shape(self) -> tuple[int, int]:
        """Units of target and source."""
        return len(self.post), len(self.pre)

    @property
    def nbytes(self) -> int:
        """Bytes that the table takes."""
        pairs = self.pairs
        parts = (pairs.data, pairs.indices, pairs.indptr) if sparse.issparse(pairs) else (pairs,)
        return sum(part.nbytes for part in (*parts, self.post, self.pre))

    def __add__(self, other: Counts) -> Counts:
        """Return the table that has stored what either has.

        Raises
        ------
        ParameterError
            If the shapes differ or the counts would leave 32 bits.
        """
        self._check(other)
        if self.stored + other.stored > MOST:
            raise ParameterError(
                f"Counts: {self.stored} and {other.stored} stored pairs together leave 32 bits; "
                f"at most {MOST} can be counted."
            )
        return Counts(
            _settled(self.pairs + other.pairs),
            self.post + other.post,
            self.pre + other.pre,
            self.stored + other.stored,
            self.recurrent,
        )

    def __sub__(self, other: Counts) -> Counts:
        """Return the table without what the other has stored.

        Raises
        ------
        ParameterError
            If the shapes differ.
        PatternError
            If a count would fall below 0: some of it was never stored.
        """
        self._check(other)
        pairs = self.pairs - other.pairs
        left = Counts(
            _settled(pairs),
            self.post - other.post,
            self.pre - other.pre,
            self.stored - other.stored,
            self.recurrent,
        )
        entries = pairs.data if sparse.issparse(pairs) else pairs
        if left.stored < 0 or any(c.min(initial=0) < 0 for c in (entries, left.post, left.pre)):
            raise PatternError(
                "Counts: the difference has counts below 0, so some of these pairs were never "
                "stored here; subtract only what was added."
            )
        return left

    def __deepcopy__(self, memo: dict[int, Any]) -> Counts:
        """Return the table itself: it never changes, and may be as large as the circuit."""
        return self

    def equals(self, other: Counts) -> bool:
        """Tell whether two tables hold the same counts, compressed or not."""
        if (self.shape, self.stored) != (other.shape, other.stored):
            return False
        difference = self.pairs - other.pairs
        same = difference.nnz == 0 if sparse.issparse(difference) else not difference.any()
        return bool(same and (self.post == other.post).all() and (self.pre == other.pre).all())

    def _check(self, other: Counts) -> None:
        if self.shape != other.shape:
            raise ParameterError(
                f"Counts of {self.shape[0]} x {self.shape[1]} and {other.shape[0]} x "
                f"{other.shape[1]} units do not go together; take memories of the same size."
            )


def _coincidences(post: Any, pre: Any) -> Any:
    """Return in how many rows both ends are active, (n_post, n_pre)."""
    size = post.shape[1] * pre.shape[1]
    most = int((post.sum(axis=1) * pre.sum(axis=1)).sum())
    if size > SMALL and most <= size // 4:
        rows, columns = (sparse.csr_array(active, dtype=np.int32) for active in (post, pre))
        return _settled(sparse.csr_array(rows.T @ columns))
    pairs = np.zeros((post.shape[1], pre.shape[1]), np.int32)
    for rows in _blocks(post.shape[0], 4 * (post.shape[1] + pre.shape[1])):
        ends = [_full(active[rows]).astype(np.float32) for active in (post, pre)]
        # sums below 2^24 are exact in single precision, and a block is far smaller than that
        pairs += (ends[0].T @ ends[1]).astype(np.int32)
    return pairs


def _blocks(count: int, width: int) -> Iterator[slice]:
    height = min(max(BLOCK // max(width, 1), 1), 2**24)
    return (slice(start, start + height) for start in range(0, count, height))


def _full(array: Any) -> NDArray[Any]:
    return np.asarray(array.toarray() if sparse.issparse(array) else array)


def _settled(pairs: Any) -> Any:
    """Return a table in the smaller of its two forms."""
    if not sparse.issparse(pairs):
        return np.asarray(pairs, np.int32)
    if 2 * pairs.nnz > pairs.shape[0] * pairs.shape[1]:
        return pairs.toarray().astype(np.int32)
    compressed = sparse.csr_array(pairs, dtype=np.int32)
    compressed.sort_indices()
    return compressed
