"""Exact retrieval: only units with a synapse from every unit of the cue, found by AND of bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.filling import Found, filled, in_full, same_lists
from attractors.bench.rivals import numpy_product
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace
from attractors.synapses.packed import Packed


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure which units are reached by all of a cue; the rival's product alone."""
    memory = filled(size, "packed")
    synapses, cues = memory.synapses, memory.cues
    assert isinstance(synapses, Packed)
    states = cues.full()

    def same(ours: Found, theirs: Any) -> bool:
        # no unit has a synapse onto itself, but those of the cue belong to what it recalls
        return same_lists(ours, in_full(theirs) + states >= cues.active.shape[1])

    yield contest(
        Entry(
            "half cue, AND of its rows",
            lambda: synapses.reached(cues.indptr, cues.indices),
            size["batch"],
        ),
        numpy_product.RIVAL,
        (memory.clipped().toarray(), states),
        pace,
        bound=Bound(1000),
        same=same,
    )


CASE = Case(
    "exact",
    "exact retrieval, without tolerance of noise",
    measure,
    full={"units": 16_384, "k": 64, "patterns": 36_000, "batch": 256},
    quick={"units": 2048, "k": 16, "patterns": 4000, "batch": 64},
)
