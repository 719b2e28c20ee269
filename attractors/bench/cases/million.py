"""A million units that store a million patterns, and on to five."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.data import Lists
from attractors.bench.filling import Filled, learn
from attractors.bench.memory import peak
from attractors.bench.rivals import scipy_product
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, alone, once
from attractors.rules import Willshaw
from attractors.seeding import stream
from attractors.synapses import Synapses, synapses_for


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
        Of one recall in a batch.
    exact : float
        Share of half cues whose pattern came back without an error.
    held, peak : float
        Bytes of the weights, and the most that the process has held so far.
    """

    patterns: int
    stores: float
    seconds: Spread
    exact: float
    held: float
    peak: float


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure storing and recall stage by stage; the first stage must reach the bounds."""
    synapses = synapses_for(Willshaw(), (size["units"],) * 2, True, "bench", "sparse")
    stages, stored = [], None
    for stage in range(size["stages"]):
        more = Lists.random(
            size["patterns"], size["units"], size["k"], stream(0, "bench", "million", stage)
        )
        seconds, _ = once(partial(learn, synapses, more, size["at once"]))
        stored = more if stored is None else stored + more
        stages.append(_stage(synapses, stored, len(more) / seconds, size, pace))
        if stage == 0:
            yield from _rows(stages[0], size)
            yield _against_scipy(synapses, stored, size, pace)
    yield _curve(stages, size)


def _stage(synapses: Synapses, stored: Lists, stores: float, size: Size, pace: Pace) -> Stage:
    generator = stream(0, "bench", "cues", len(stored))
    chosen = stored[generator.integers(0, len(stored), size["batch"])]
    memory = Filled(synapses, stored, chosen, chosen.half(generator))
    exact = exactly(memory.winners(1 / 2), chosen)
    seconds = alone(lambda: memory.winners(1 / 2), pace) / size["batch"]
    return Stage(
        len(stored), stores, Spread.of(seconds), exact, float(synapses.nbytes), float(peak())
    )


def exactly(found: tuple[NDArray[np.int64], NDArray[np.int32]], wanted: Lists) -> float:
    """Return the share of lists that are the wanted patterns, unit by unit."""
    ends, units = found
    k = wanted.active.shape[1]
    complete = np.flatnonzero(np.diff(ends) == k)
    got = units[ends[complete][:, None] + np.arange(k)]
    return float((got == wanted.active[complete]).all(axis=1).sum() / len(wanted))


def _rows(stage: Stage, size: Size) -> Iterator[Row]:
    for work, value, unit, bound in (
        ("stores", stage.stores, "patterns/s", Bound(50_000)),
        ("peak memory of the process", stage.peak, "B", Bound(3e9, "most")),
        ("half cues recalled exactly", stage.exact, "share", Bound(0.999)),
    ):
        yield Row(work, Spread(value, value, value), unit, bound=bound)
    yield Row(
        "half cue, a step",
        stage.seconds,
        bound=Bound(30e-6, "most"),
    )


def _against_scipy(synapses: Synapses, stored: Lists, size: Size, pace: Pace) -> Row:
    """Return the row of fewer cues, for SciPy's product makes every unit that is reached."""
    generator = stream(0, "bench", "few")
    chosen = stored[generator.integers(0, len(stored), size["few"])]
    memory = Filled(synapses, stored, chosen, chosen.half(generator))
    held = synapses.arrays()
    ones = np.ones(len(held["indices"]), np.float32)
    weights = sparse.csr_array((ones, held["indices"], held["indptr"]), shape=synapses.shape)

    def same(ours: Any, theirs: Any) -> bool:
        # the sum over a cue whose pattern is recalled is largest on the pattern
        full = [np.sort(row.indices[row.data == memory.cues.active.shape[1]]) for row in theirs]
        return all(
            set(chosen.active[i]) <= {*full[i], *memory.cues.active[i]} for i in range(len(full))
        )

    return contest(
        Entry(
            f"half cue, a step, batch {size['few']}",
            lambda: memory.winners(1 / 2),
            size["few"],
        ),
        scipy_product.RIVAL,
        (weights, memory.cues.sparse()),
        pace,
        same=same,
    )


def _curve(stages: list[Stage], size: Size) -> Row:
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
