"""Exact retrieval: only units with a synapse from every unit of the cue, found by AND of bits."""

from __future__ import annotations

from collections.abc import Iterator

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.rivals import numpy_product
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace
from attractors.bench.willshaw import filled, same_winners


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure one step with the threshold at the size of the cue."""
    memory = filled(size, "packed")
    entry = Entry(
        "half cue, AND of its rows",
        lambda: memory.winners(1.0),
        size["batch"],
    )
    data = (memory.reference().toarray(), memory.cues.full())
    yield contest(
        entry,
        numpy_product.RIVAL,
        data,
        pace,
        bound=Bound(1000),
        same=same_winners(memory, 1.0),
    )


CASE = Case(
    "exact",
    "exact retrieval, without tolerance of noise",
    measure,
    full={"units": 16_384, "k": 64, "patterns": 36_000, "batch": 256},
    quick={"units": 2048, "k": 16, "patterns": 4000, "batch": 64},
)
