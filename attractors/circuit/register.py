"""The register of what was stored together and how often, so that it can be taken out again."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import PatternError, UnsupportedError

BYTES = 16


class Register:
    """How often each pattern was stored, and each row of patterns together.

    Attributes
    ----------
    times : dict of str to (P,) int64
        How often each distinct pattern of a network was stored.
    rows : Counter of bytes
        How often each row of patterns was stored at once, by its fingerprint of 16 bytes, and can
        be taken out.
    settled : Counter of bytes
        How often each row had been stored when weights were adopted, which rest on it.
    """

    def __init__(self) -> None:
        self.times: dict[str, NDArray[np.int64]] = {}
        self.rows: Counter[bytes] = Counter()
        self.settled: Counter[bytes] = Counter()

    def enter(self, patterns: Mapping[str, Any], indices: Mapping[str, NDArray[np.int64]]) -> None:
        """Note rows that were stored.

        Parameters
        ----------
        patterns : mapping of str to (P, N)
            Patterns by network, dense or sparse.
        indices : mapping of str to (P,) int
            Index of each among the distinct patterns of its network.
        """
        self.rows.update(fingerprints(patterns))
        for name, found in indices.items():
            self._count(name, found, 1)

    def leave(self, patterns: Mapping[str, Any], indices: Mapping[str, NDArray[np.int64]]) -> None:
        """Strike out rows that are forgotten; parameters as in :meth:`enter`."""
        self.rows.subtract(fingerprints(patterns))
        self.rows = +self.rows
        for name, found in indices.items():
            self._count(name, found, -1)

    def settle(self) -> None:
        """Note that what was stored so far cannot be taken out any more."""
        self.settled.update(self.rows)
        self.rows.clear()

    def require(self, patterns: Mapping[str, Any]) -> None:
        """Refuse rows that cannot be taken out, each as often as it occurs.

        Raises
        ------
        PatternError
            If they were not stored as often.
        UnsupportedError
            If they were stored before weights were adopted.
        """
        asked: Counter[bytes] = Counter()
        for row, print_ in enumerate(fingerprints(patterns)):
            asked[print_] += 1
            if asked[print_] > self.rows[print_] and self.settled[print_]:
                raise UnsupportedError(
                    f"unlearn: row {row} of {' with '.join(map(repr, patterns))} was stored before "
                    "weights were adopted that a run with it made; unlearn it before that run."
                )
            if asked[print_] > self.rows[print_]:
                raise PatternError(
                    f"unlearn: row {row} of {' with '.join(map(repr, patterns))} was stored "
                    f"{self.rows[print_]} times, {asked[print_]} are to be taken out; give what "
                    "one store() got, with the same networks."
                )

    def merged(self, other: Register, places: Mapping[str, NDArray[np.int64]]) -> Register:
        """Return a register of what either has noted.

        Parameters
        ----------
        other : Register
            Of the circuit that is merged in.
        places : mapping of str to (P,) int
            Index here of each of the other circuit's patterns.
        """
        both = copy.deepcopy(self)
        both.rows.update(other.rows)
        both.settled.update(other.settled)
        for name, times in other.times.items():
            both._count(name, places[name], times)
        return both

    def kept(self, name: str) -> NDArray[np.bool_]:
        """Tell which of the distinct patterns of a network are still stored, (P,)."""
        return self.times[name] > 0

    def drop(self, name: str, keep: NDArray[np.bool_]) -> None:
        """Leave out the patterns of a network that are not kept."""
        self.times[name] = self.times[name][keep]

    def _count(self, name: str, indices: NDArray[np.int64], times: Any) -> None:
        before = self.times.get(name, np.zeros(0, np.int64))
        most = max(len(before), int(indices.max(initial=-1)) + 1)
        counted = np.zeros(most, np.int64)
        counted[: len(before)] = before
        np.add.at(counted, indices, times)
        self.times[name] = counted


def fingerprints(patterns: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield 16 bytes for each row of patterns that are stored together.

    The same row gives the same bytes whether it is dense or sparse and in whichever order the
    networks are named.
    """
    columns = [patterns[name] for name in sorted(patterns)]
    names = [name.encode() for name in sorted(patterns)]
    for contents in zip(*map(_contents, columns), strict=True):
        digest = hashlib.blake2b(digest_size=BYTES)
        for name, content in zip(names, contents, strict=True):
            digest.update(b"%d:%b%d:%b" % (len(name), name, len(content), content))
        yield digest.digest()


def _contents(rows: Any) -> Iterator[bytes]:
    """Yield each row as the list of its active units, a row of real numbers as these."""
    if sparse.issparse(rows):
        listed = sparse.csr_array(rows)
        listed.sort_indices()
        for start, stop in zip(listed.indptr[:-1], listed.indptr[1:], strict=True):
            yield listed.indices[start:stop].astype("<i4").tobytes()
        return
    for row in rows:
        yield (np.flatnonzero(row > 0).astype("<i4") if row.dtype.kind == "i" else row).tobytes()
