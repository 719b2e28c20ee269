"""A million units that store a million patterns, and on to five."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.data import Lists
from attractors.bench.filling import Filled, same_winners
from attractors.bench.memory import peak
from attractors.bench.rivals import scipy_product
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, alone, once
from attractors.dynamics import KWinners
from attractors.memory import Memory
from attractors.rules import Willshaw
from attractors.seeding import stream

# of the units of a pattern, as the threshold of the network
THRESHOLD = 0.25
# of the units of a half cue, as the same threshold asks: more than half of them
LEAST = 0.6


@dataclass(frozen=True)
class Stage:
    """What was measured when so many patterns were stored.

    Parameters
    ----------
    patterns : int
        How many.
    stores : float
        Patterns stored a second, since the stage before.
    seconds : Spread
        Of one step of a recall in a batch.
    to_rest : Spread
        Of a recall in a batch until a step changes nothing, checks and sparse matrices included.
    exact : float
        Share of half cues whose pattern came back without an error.
    held, peak : float
        Bytes of the weights, and the most that the process has held so far.
    """

    patterns: int
    stores: float
    seconds: Spread
    to_rest: Spread
    exact: float
    held: float
    peak: float


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure storing and recall stage by stage; the first stage must reach the bounds."""
    memory = Memory(size["units"], KWinners(size["k"], THRESHOLD), Willshaw(), synapses="sparse")
    stages, stored = [], None
    for stage in range(size["stages"]):
        more = Lists.random(
            size["patterns"], size["units"], size["k"], stream(0, "bench", "million", stage)
        )
        seconds, _ = once(partial(_store, memory, more, size["at once"]))
        stored = more if stored is None else stored + more
        stages.append(_stage(memory, stored, len(more) / seconds, size, pace))
        if stage == 0:
            yield from _rows(stages[0])
            yield _against_scipy(_asked(memory, stored, size["few"]), pace)
    yield _curve(stages)


def _store(memory: Memory, more: Lists, at_once: int) -> int:
    """Store in portions, and return the number of synapses."""
    for start in range(0, len(more), at_once):
        memory.store(more[slice(start, start + at_once)].sparse())
    # lessons are noted until the synapses are read: that they are made is part of storing
    return memory.circuit.links[0].synapses.count


def _asked(memory: Memory, stored: Lists, batch: int) -> Filled:
    """Return half cues to some of what is stored."""
    generator = stream(0, "bench", "cues", len(stored), batch)
    chosen = stored[generator.integers(0, len(stored), batch)]
    return Filled(memory.circuit.links[0].synapses, stored, chosen, chosen.half(generator))


def _stage(memory: Memory, stored: Lists, stores: float, size: Size, pace: Pace) -> Stage:
    asked, batch = _asked(memory, stored, size["batch"]), size["batch"]
    cues = asked.cues.sparse()
    final = memory.recall(cues)
    return Stage(
        len(stored),
        stores,
        Spread.of(alone(partial(asked.winners, LEAST), pace) / batch),
        Spread.of(alone(partial(memory.recall, cues), pace) / batch),
        exactly((final.indptr, final.indices), asked.chosen),
        float(asked.synapses.nbytes),
        float(peak()),
    )


def exactly(found: tuple[NDArray[np.int64], NDArray[np.int32]], wanted: Lists) -> float:
    """Return the share of lists that are the wanted patterns, unit by unit."""
    ends, units = found
    k = wanted.active.shape[1]
    complete = np.flatnonzero(np.diff(ends) == k)
    got = units[ends[complete][:, None] + np.arange(k)]
    return float((got == wanted.active[complete]).all(axis=1).sum() / len(wanted))


def _rows(stage: Stage) -> Iterator[Row]:
    for work, value, unit, bound in (
        ("stores", stage.stores, "patterns/s", Bound(50_000)),
        ("peak memory of the process", stage.peak, "B", Bound(3e9, "most")),
        ("half cues recalled exactly", stage.exact, "share", Bound(0.999)),
    ):
        yield Row(work, Spread(value, value, value), unit, bound=bound)
    yield Row("half cue, a step", stage.seconds, bound=Bound(30e-6, "most"))
    yield Row("half cue, until it rests, through recall()", stage.to_rest)


def _against_scipy(asked: Filled, pace: Pace) -> Row:
    """Return the row of fewer cues, for SciPy's product makes every unit that is reached."""
    held, batch = asked.synapses.arrays(), len(asked.cues)
    ones = np.ones(len(held["indices"]), np.float32)
    weights = sparse.csr_array((ones, held["indices"], held["indptr"]), shape=asked.synapses.shape)
    return contest(
        Entry(f"half cue, a step, batch {batch}", partial(asked.winners, LEAST), batch),
        scipy_product.RIVAL,
        (weights, asked.cues.sparse()),
        pace,
        same=same_winners(asked, LEAST),
    )


def _curve(stages: list[Stage]) -> Row:
    last = stages[-1]
    return Row(
        f"half cue, a step, {last.patterns:,} patterns",
        last.seconds,
        note=f"{100 * last.exact:.4g} % exact, {last.held / 1e9:.3g} GB of weights, "
        f"{last.stores:,.0f} stored a second, peak {last.peak / 1e9:.3g} GB",
        series={
            "patterns": [stage.patterns for stage in stages],
            "stored a second": [stage.stores for stage in stages],
            "seconds": [stage.seconds.value for stage in stages],
            "seconds to rest": [stage.to_rest.value for stage in stages],
            "exact": [stage.exact for stage in stages],
            "bytes": [stage.held for stage in stages],
            "peak bytes": [stage.peak for stage in stages],
        },
    )


CASE = Case(
    "million",
    "a large sparse Willshaw memory, and on to more patterns",
    measure,
    full={
        "units": 1_000_000,
        "patterns": 1_000_000,
        "k": 20,
        "stages": 5,
        "at once": 100_000,
        "batch": 10_000,
        "few": 100,
    },
    quick={
        "units": 10_000,
        "patterns": 10_000,
        "k": 10,
        "stages": 3,
        "at once": 2000,
        "batch": 500,
        "few": 50,
    },
)
