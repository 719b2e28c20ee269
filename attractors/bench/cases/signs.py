"""A ±1 network: what the way around the matrix product costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.rivals import hopfieldkit_network, numpy_product, torchhd_memory
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace
from attractors.dynamics import Sign
from attractors.memory import Memory
from attractors.patterns import random_signs
from attractors.seeding import stream

FLIPPED = 0.1


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure recall of a batch, an update at a time, and of one cue unit by unit."""
    generator = stream(0, "bench", "signs")
    patterns = random_signs(size["patterns"], size["units"], generator)
    chosen = patterns[generator.integers(0, len(patterns), size["batch"])]
    cues = np.where(generator.random(chosen.shape) < FLIPPED, -chosen, chosen)
    memory = Memory(size["units"], Sign())
    memory.store(patterns)
    weights = product(patterns)
    entry = Entry(
        "a cue, an update",
        lambda: memory.recall(cues, steps=1),
        size["batch"],
    )
    data = (weights, cues)
    yield contest(
        entry,
        numpy_product.RIVAL,
        data,
        pace,
        bound=Bound(0.8),
        same=same_signs,
    )
    yield contest(entry, torchhd_memory.HOPFIELD, data, pace, same=same_signs)
    yield one_by_one(size, patterns, weights, cues[0], pace)


def one_by_one(
    size: Size,
    patterns: NDArray[np.int8],
    weights: NDArray[np.float32],
    cue: NDArray[Any],
    pace: Pace,
) -> Row:
    """Return the row of a single cue whose units update one after the other until it settles."""
    memory = Memory(size["units"], Sign(order="asynchronous"))
    memory.store(patterns)
    return contest(
        Entry(
            "a cue settled unit by unit",
            lambda: memory.recall(cue),
        ),
        hopfieldkit_network.RIVAL,
        (weights, cue),
        pace,
        same=np.array_equal,
    )


def same_signs(states: NDArray[Any], fields: NDArray[Any]) -> bool:
    """Tell whether states are the signs of their fields; a field of 0 keeps the state."""
    return bool((states == np.sign(fields))[fields != 0].all())


def product(patterns: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the weights as a sum of outer products without diagonal."""
    states = patterns.astype(np.float32)
    weights = states.T @ states
    np.fill_diagonal(weights, 0)
    return weights


CASE = Case(
    "signs",
    "±1 network against the bare product",
    measure,
    full={"units": 10_000, "patterns": 500, "batch": 256},
    quick={"units": 1000, "patterns": 50, "batch": 64},
)
