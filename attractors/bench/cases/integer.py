"""Recall by a covariance rule whose coincidences are held in two bytes each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.filling import Filled, Found, filled
from attractors.bench.rivals import numpy_product
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace
from attractors.rules import Covariance

# of the field: single precision sums thousands of weights in the rival's product
TOLERANCE = 1e-3


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure one step on lists of active units, winners included; the rival's product alone."""
    memory = filled(size, "int16", Covariance())

    def same(ours: Found, theirs: Any) -> bool:
        return bool(np.allclose(*fields(ours, theirs, memory.k), atol=TOLERANCE))

    yield contest(
        Entry("half cue, a step", memory.winners, size["batch"]),
        numpy_product.RIVAL,
        (centred(memory), memory.cues.full()),
        pace,
        bound=Bound(20),
        same=same,
    )


def fields(
    found: Found, field: NDArray[np.float32], k: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the fields of our k winners and the k largest fields, (B, k) each, ascending.

    Units whose fields differ by rounding alone may win in either's place.
    """
    ours = np.take_along_axis(field, found[1].reshape(-1, k).astype(np.int64), axis=1)
    best = np.partition(field, -k, axis=1)[:, -k:]
    return np.sort(ours, axis=1), np.sort(best, axis=1)


def centred(memory: Filled) -> NDArray[np.float32]:
    """Return the weights Σ (ξ - a)(ξ - a) without diagonal, (N, N) float32, out of counts."""
    level = memory.k / memory.stored.units
    activity = np.bincount(memory.stored.indices, minlength=memory.stored.units)
    share = (level * activity).astype(np.float32)
    weights: NDArray[np.float32] = memory.coincidences().toarray()
    weights -= share[:, None]
    weights -= share
    weights += np.float32(len(memory.stored) * level**2)
    np.fill_diagonal(weights, 0)
    return weights


CASE = Case(
    "integer",
    "recall by covariance in 16 bits a synapse",
    measure,
    full={"units": 16_384, "k": 64, "patterns": 36_000, "batch": 256},
    quick={"units": 2048, "k": 16, "patterns": 4000, "batch": 64},
)
