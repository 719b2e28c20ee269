"""Counters at hard locations: written and read wherever an address is near enough."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]

# differing words of addresses and cues that are looked at together
BLOCK = 1 << 20


def write_within(
    addresses: Bits, cues: Bits, radius: int, words: NDArray[np.int8], counters: NDArray[Any]
) -> NDArray[np.int64]:
    """Add each word to the counters of all locations within the radius of its cue.

    Parameters
    ----------
    addresses : (L, W)
        Packed addresses of the locations.
    cues : (B, W)
        Packed addresses at which to write.
    radius : int
        Largest number of differing bits.
    words : (B, n) int8
        What to add.
    counters : (L, n) int16 or int32
        Changed in place.

    Returns
    -------
    (B,) int64
        Number of locations that each cue activated.
    """
    hits = np.zeros(len(cues), np.int64)
    for row, (cue, word) in enumerate(zip(cues, words, strict=True)):
        near = _near(addresses, cue, radius)
        counters[near] += word
        hits[row] = len(near)
    return hits


def read_within(
    addresses: Bits, cues: Bits, radius: int, counters: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the sums of the counters within the radius of each cue, and of how many locations.

    Parameters
    ----------
    addresses, cues, radius, counters
        As in :func:`write_within`.

    Returns
    -------
    sums : (B, n) int64
        Sums of the counters.
    hits : (B,) int64
        Number of locations that each cue activated.
    """
    sums = np.zeros((len(cues), counters.shape[1]), np.int64)
    hits = np.zeros(len(cues), np.int64)
    for row, cue in enumerate(cues):
        near = _near(addresses, cue, radius)
        counters[near].sum(axis=0, dtype=np.int64, out=sums[row])
        hits[row] = len(near)
    return sums, hits


def _near(addresses: Bits, cue: Bits, radius: int) -> NDArray[np.int64]:
    """Return the locations (H,) whose address differs from the cue in at most radius bits."""
    step = max(BLOCK // addresses.shape[1], 1)
    found = [
        start
        + np.flatnonzero(
            np.bitwise_count(addresses[start : start + step] ^ cue).sum(axis=1, dtype=np.int64)
            <= radius
        )
        for start in range(0, len(addresses), step)
    ]
    return np.concatenate(found)
