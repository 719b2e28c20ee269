"""Hard locations: packed random addresses and their counters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import kernels, room
from attractors.errors import UnsupportedError
from attractors.rules import HardLocations
from attractors.rules.base import Levels, Patterns
from attractors.seeding import stream
from attractors.synapses.store import Store

# addresses drawn at a time, in bits
BLOCK = 1 << 24


class LocationStore(Store):
    """Counters that words of ±1 are added to wherever their address is near enough.

    Parameters
    ----------
    rule : HardLocations
        Number of locations, radius and seed.
    shape : (int, int)
        Units of target and source.
    name : str
        Qualified name of the network or edge, which has addresses of its own.
    """

    def __init__(self, rule: HardLocations, shape: tuple[int, int], name: str) -> None:
        self._rule, self._shape, self._name = rule, shape, name
        self._addresses = _drawn(rule, shape[1], name)
        self._counters: NDArray[Any] = np.zeros((rule.locations, shape[0]), np.int16)
        # stored pairs, locations that they activated
        self._totals = np.zeros(2, np.int64)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Add each target word to the counters within the radius of its source word."""
        stored = int(self._totals[0]) + len(pre)
        if stored > np.iinfo(self._counters.dtype).max:
            room.require(
                f"synapses of {self._name!r}", 2 * self._counters.nbytes, "use fewer locations"
            )
            self._counters = self._counters.astype(np.int32)
        if not self._counters.flags.writeable:
            self._counters = self._counters.copy()
        radius, words = self._rule.radius, np.ascontiguousarray(post, np.int8)
        hits = kernels.write_within(
            self._addresses, kernels.packed(pre > 0), radius, words, self._counters
        )
        self._totals += len(pre), int(hits.sum())

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the sums of the counters within the radius of source states."""
        cues = kernels.packed(states > 0)
        sums, _ = kernels.read_within(self._addresses, cues, self._rule.radius, self._counters)
        return sums.astype(np.float64)

    def scale(self, units: int, activity: float) -> float:
        """Return 1 over the mean number of locations that stored words activated."""
        stored, hits = self._totals
        return float(stored / hits) if hits else 1.0

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of locations, for every source unit."""
        return np.full(self._shape[1], self._rule.locations if self._totals[0] else 0)

    @property
    def answering(self) -> float:
        """Number of counters that are added up, for the mean stored word."""
        stored, hits = self._totals
        return float(hits / stored * self._shape[0]) if stored else 0.0

    @property
    def count(self) -> int:
        """Number of address bits and counters, 0 before anything is stored."""
        return self.size if self._totals[0] else 0

    @property
    def size(self) -> int:
        """Number of address bits and counters."""
        return self._rule.locations * sum(self._shape)

    @property
    def nbytes(self) -> int:
        """Bytes of addresses and counters."""
        return self._addresses.nbytes + self._counters.nbytes

    def matrix(self) -> None:
        """Return None: a threshold stands between addresses and counters."""
        return None

    def thinned(self, keep: NDArray[Any]) -> LocationStore:
        """Refuse: the bits of an address are no synapses that can be cut one by one."""
        raise UnsupportedError(
            f"synapses of {self._name!r}: hard locations cannot lose single synapses; declare "
            "HardLocations with fewer locations."
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return addresses, counters and how many locations were activated so far."""
        return {
            "addresses": self._addresses,
            "counters": self._counters,
            "totals": self._totals,
        }

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over addresses and counters, which may be mapped from a file."""
        self._addresses, self._counters = arrays["addresses"], arrays["counters"]
        self._totals = arrays["totals"].copy()


def _drawn(rule: HardLocations, units: int, name: str) -> NDArray[np.uint64]:
    rng = stream(rule.seed, name, "hard locations")
    step = max(BLOCK // units, 1)
    return np.concatenate(
        [
            kernels.packed(rng.random((min(step, rule.locations - start), units), np.float32) < 0.5)
            for start in range(0, rule.locations, step)
        ]
    )
