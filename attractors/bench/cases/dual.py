"""Recall from keys and values with softmax between them: a modern Hopfield network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.pairs import Keys
from attractors.bench.rivals import (
    hamux_memory,
    numpy_attention,
    torch_attention,
    torchhd_memory,
)
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace

MATRIX = (numpy_attention.RIVAL, torch_attention.WRITTEN_OUT, torch_attention.FUSED)
OTHERS = (torchhd_memory.ATTENTION, hamux_memory.RIVAL)
# of an answer's length: at a million keys the softmax of torch in single precision is off by
# 0.16 % of double precision, all others by less than 0.001 %
TOLERANCE = 5e-3


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure a batch of queries among few and among many keys."""
    for count in (size["keys"], size["more keys"]):
        pairs = Keys.random(count, size["dimensions"], size["batch"])
        memory = pairs.memory()
        entry = Entry(
            f"a query among {count:,} keys",
            lambda memory=memory, pairs=pairs: memory.field(pairs.queries),  # type: ignore[misc]
            size["batch"],
        )
        for rival in (*MATRIX, *OTHERS):
            bound = Bound(0.9) if rival in MATRIX else None
            yield contest(entry, rival, pairs.arguments, pace, bound=bound, same=close)


def close(ours: Any, theirs: Any) -> bool:
    """Tell whether two answers are equal up to rounding in single precision."""
    off = np.linalg.norm(ours - theirs, axis=1) / np.linalg.norm(theirs, axis=1)
    return bool(off.max() < TOLERANCE)


CASE = Case(
    "dual",
    "recall from keys and values with softmax, blocked",
    measure,
    full={"keys": 100_000, "more keys": 1_000_000, "dimensions": 256, "batch": 64},
    quick={"keys": 1000, "more keys": 4000, "dimensions": 32, "batch": 16},
)
