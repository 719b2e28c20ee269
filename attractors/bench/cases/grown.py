"""A large memory that goes on storing while it is recalled from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.cases.million import exactly
from attractors.bench.data import Lists
from attractors.bench.filling import Filled, filled, learn
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, once
from attractors.seeding import stream


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Store lesson after lesson, with recall of new and old patterns after each."""
    memory = filled(size, "sparse")
    generator = stream(0, "bench", "grown")
    seconds, recalled = [], []
    for _ in range(pace.pairs):
        more = Lists.random(size["more"], size["units"], size["k"], generator)
        took, _ = once(partial(learn, memory.synapses, more))
        seconds.append(took)
        for chosen in (more, memory.chosen):
            asked = Filled(memory.synapses, memory.stored, chosen, chosen.half(generator))
            recalled.append(exactly(asked.winners(1 / 2), chosen))
    yield Row(f"{size['more']:,} more stored", Spread.of(seconds), bound=Bound(1.0, "most"))
    worst = float(np.min(recalled))
    yield Row(
        f"half cues recalled exactly in between, worst of {len(recalled)}",
        Spread(worst, worst, float(np.max(recalled))),
        "share",
        bound=Bound(0.999),
    )


CASE = Case(
    "grown",
    "a large memory that grows while in use",
    measure,
    full={"units": 1_000_000, "patterns": 1_000_000, "k": 20, "batch": 1000, "more": 1000},
    quick={"units": 10_000, "patterns": 10_000, "k": 10, "batch": 100, "more": 100},
)
