"""A step of a filled packed memory: counts of half cues, and the k units that win."""

from __future__ import annotations

from collections.abc import Iterator

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.filling import Filled, filled, same_winners
from attractors.bench.rivals import numpy_product, scipy_product
from attractors.bench.roofline import reading
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.table import with_unit
from attractors.bench.timing import Pace, paired


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure one step on lists of active units, winners included; the rivals' product alone."""
    memory = filled(size, "packed")
    entry = Entry(
        "half cue, a step",
        memory.winners,
        size["batch"],
    )
    same = same_winners(memory)
    weights, cues = memory.clipped(), memory.cues
    yield contest(
        entry,
        scipy_product.RIVAL,
        (weights, cues.sparse()),
        pace,
        bound=Bound(100),
        same=same,
    )
    data = (weights.toarray(), cues.full())
    del weights
    yield contest(entry, numpy_product.RIVAL, data, pace, bound=Bound(500), same=same)
    del data
    yield roofline(entry, memory, pace)


def roofline(entry: Entry, memory: Filled, pace: Pace) -> Row:
    """Return at what share of the speed of reading the memory its bytes are touched."""
    # one row of bits for each active unit of each cue
    touched = memory.cues.active.size * memory.cues.units / 8
    resident = memory.synapses.nbytes
    ours, theirs = paired(entry.call, reading(resident), pace)
    return Row(
        entry.work,
        Spread.of(touched / ours),
        "B/s",
        against=f"reading its {with_unit(resident, 'B')} in order",
        theirs=Spread.of(resident / theirs),
        ratio=Spread.of((touched / ours) / (resident / theirs)),
        bound=Bound(0.25),
    )


CASE = Case(
    "packed",
    "recall from a packed Willshaw memory",
    measure,
    full={"units": 16_384, "k": 64, "patterns": 36_000, "batch": 256},
    quick={"units": 2048, "k": 16, "patterns": 4000, "batch": 64},
)
