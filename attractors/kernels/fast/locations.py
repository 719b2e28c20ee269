"""Counters at hard locations, compiled; see :mod:`attractors.kernels.plain.locations`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int64, njit
from numpy.typing import NDArray

from attractors.kernels.fast.words import popcount
from attractors.kernels.threads import in_threads

Bits = NDArray[np.uint64]

# addresses that stay in the cache while all cues pass by
TILE = 512
# addresses that are worth a thread of their own
LEAST = 4096


def write_within(
    addresses: Bits, cues: Bits, radius: int, words: NDArray[np.int8], counters: NDArray[Any]
) -> NDArray[np.int64]:
    """Add each word to the counters of all locations within the radius of its cue."""
    hits: dict[int, NDArray[np.int64]] = {}

    # threads share out the locations: no two of them write to one counter
    def write(start: int, stop: int) -> None:
        hits[start] = np.zeros(len(cues), np.int64)
        _write(addresses[start:stop], cues, radius, words, counters[start:stop], hits[start])

    in_threads(write, len(addresses), LEAST)
    return np.asarray(np.sum([*hits.values()], axis=0))


def read_within(
    addresses: Bits, cues: Bits, radius: int, counters: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the sums of the counters within the radius of each cue, and of how many locations."""
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []

    def read(start: int, stop: int) -> None:
        sums = np.zeros((len(cues), counters.shape[1]), np.int64)
        hits = np.zeros(len(cues), np.int64)
        _read(addresses[start:stop], cues, radius, counters[start:stop], sums, hits)
        parts.append((sums, hits))

    in_threads(read, len(addresses), LEAST)
    return np.sum([p[0] for p in parts], axis=0), np.sum([p[1] for p in parts], axis=0)


@njit(cache=True, nogil=True, inline="always")
def _differing(one: Any, other: Any) -> Any:
    """Return the number of differing bits."""
    total = np.uint64(0)
    for word in range(one.shape[0]):
        total += popcount(one[word] ^ other[word])
    return int64(total)


@njit(cache=True, nogil=True)
def _write(addresses: Any, cues: Any, radius: Any, words: Any, counters: Any, hits: Any) -> None:
    for first in range(0, addresses.shape[0], TILE):
        for row in range(cues.shape[0]):
            for location in range(first, min(first + TILE, addresses.shape[0])):
                if _differing(addresses[location], cues[row]) <= radius:
                    hits[row] += 1
                    for unit in range(words.shape[1]):
                        counters[location, unit] += words[row, unit]


@njit(cache=True, nogil=True)
def _read(addresses: Any, cues: Any, radius: Any, counters: Any, sums: Any, hits: Any) -> None:
    for first in range(0, addresses.shape[0], TILE):
        for row in range(cues.shape[0]):
            for location in range(first, min(first + TILE, addresses.shape[0])):
                if _differing(addresses[location], cues[row]) <= radius:
                    hits[row] += 1
                    for unit in range(counters.shape[1]):
                        sums[row, unit] += counters[location, unit]
