"""Keys in the place of weights: the filled dual memory that two cases recall from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Softmax
from attractors.rules import KeyValue
from attractors.seeding import stream
from attractors.synapses import Synapses, synapses_for

# standard deviation of what is added to a key to make a query, that of a key being 1
NOISE = 0.3
# keys that are stored at a time
BLOCK = 100_000


@dataclass(frozen=True)
class Keys:
    """Random keys, which are their own values, and noisy queries.

    Parameters
    ----------
    keys : (P, d) float32
        Standard normal.
    queries : (B, d) float32
        Keys with noise.
    """

    keys: NDArray[np.float32]
    queries: NDArray[np.float32]

    @classmethod
    def random(cls, count: int, dimensions: int, batch: int) -> Keys:
        """Return so many keys and queries."""
        generator = stream(0, "bench", "keys", count)
        keys = generator.standard_normal((count, dimensions), np.float32)
        noise = generator.standard_normal((batch, dimensions), np.float32)
        return cls(keys, keys[generator.integers(0, count, batch)] + np.float32(NOISE) * noise)

    @property
    def beta(self) -> float:
        """Inverse temperature 1/√d, that of transformers and of hopfield-layers."""
        return float(self.keys.shape[1] ** -0.5)

    def memory(self, neighbours: int | None = None) -> Synapses:
        """Return the dual form that holds the keys."""
        units = self.keys.shape[1]
        rule = KeyValue(Softmax(self.beta), neighbours=neighbours)
        synapses = synapses_for(rule, (units, units), False, "bench", "dual")
        for start in range(0, len(self.keys), BLOCK):
            rows: Any = self.keys[start : start + BLOCK]
            synapses.learn(rows, rows, (None, None))
        return synapses

    @property
    def arguments(
        self,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], float]:
        """What rivals take: queries, keys, values, beta."""
        return self.queries, self.keys, self.keys, self.beta
