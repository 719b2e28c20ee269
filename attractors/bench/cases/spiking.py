"""Units that run freely, beside the same equations by hand in plain Brian2."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors.bench.balanced import Balanced
from attractors.bench.case import Case, Size
from attractors.bench.growth import exponent
from attractors.bench.resident import resident
from attractors.bench.rivals.nest_network import NEST
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, paired

TARGETS = ("numpy", "cython", "cpp_standalone")
# kinds of weights, what a table calls them, on which target their memory is measured, and after
# how many runs
MEMORIES = (
    ("alike", "weights all alike", "numpy", 1),
    ("drawn", "weights that differ", "numpy", 1),
    ("plastic", "weights that learn", "numpy", 1),
    ("plastic", "weights that learn", "numpy", 2),
    ("drawn", "weights that differ", "cpp_standalone", 1),
    ("plastic", "weights that learn", "cpp_standalone", 1),
)


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure runs, builds, small networks, a sweep and memory."""
    from attractors.engines.spiking.targets.compilers import missing

    for target in TARGETS:
        why = missing(target)
        if why is not None:
            yield Row(f"a run, {target}", bound=Bound(1.10, "most"), note=f"skipped: {why}")
            continue
        yield _steady(target, size, pace)
    yield from _building(size, pace)
    yield _small(size, pace)
    if missing("cpp_standalone") is None:
        yield _sweep(size)
    yield from _memory(size)
    yield from _brunel(size)


def _steady(target: str, size: Size, pace: Pace) -> Row:
    """Return the row of runs of a network that is built and compiled already."""
    balanced = Balanced.random(size["units"], size["inputs"])
    # a program starts anew for each run, which is a row of its own: the sweep
    length = size["program ms" if target == "cpp_standalone" else "ms"]
    ours, theirs = _turns(target, length, pace, ("built", balanced), ("written", balanced))
    hertz = [_hertz(each, balanced, length) for each in (ours, theirs)]
    return _row(
        f"a run of {length:,} ms, {target}",
        ours.seconds,
        theirs.seconds,
        Bound(1.10, "most"),
        note=f"{hertz[0]:.1f} Hz, by hand {hertz[1]:.1f} Hz",
    )


@dataclass(frozen=True)
class Turns:
    """Seconds of each run of one side, and the mean number of spikes of a run."""

    seconds: NDArray[np.float64]
    spikes: float


def _turns(
    target: str, milliseconds: float, pace: Pace, *makers: tuple[str, Balanced]
) -> tuple[Turns, Turns]:
    from attractors.bench import sides

    chosen = [(getattr(sides, name), balanced) for name, balanced in makers]
    with sides.ready(target, milliseconds, *chosen) as runs:
        return _paired(runs, pace.pairs)


def _paired(runs: Sequence[Callable[[int], int]], pairs: int) -> tuple[Turns, Turns]:
    ours, theirs = (Counted(run) for run in runs)
    seconds = paired(ours, theirs, Pace(pairs, 0.0))
    return Turns(seconds[0], ours.mean), Turns(seconds[1], theirs.mean)


def _hertz(turns: Turns, balanced: Balanced, milliseconds: float) -> float:
    """Return the mean rate of a unit in Hz."""
    units = sum(len(matrix) for matrix in balanced.excitatory)
    return turns.spikes / (units * milliseconds / 1000.0)


class Counted:
    """A run whose noise is new at every call, and whose spikes are counted."""

    def __init__(self, run: Callable[[int], int]) -> None:
        self._run, self._runs, self._spikes = run, 0, 0

    def __call__(self) -> None:
        """Run once."""
        self._runs += 1
        self._spikes += self._run(self._runs)

    @property
    def mean(self) -> float:
        """Spikes of a run."""
        return self._spikes / self._runs


def _building(size: Size, pace: Pace) -> Iterator[Row]:
    """Yield the row of builds with a run of 10 ms, at four sizes, and their growth."""
    synapses: list[int] = []
    seconds: list[float] = []
    for factor in (1, 4, 16, 64):
        balanced = Balanced.random(size["build units"], factor * size["build inputs"])
        ours, theirs = paired(
            partial(_build_once, "built", balanced),
            partial(_build_once, "written", balanced),
            Pace(pace.pairs, 0.0),
        )
        synapses.append(balanced.synapses)
        seconds.append(float(np.median(ours)))
        yield _row(f"build of {balanced.synapses:,} synapses", ours, theirs, Bound(1.2, "most"))
    yield Row(
        "exponent of the time of a build in the number of synapses",
        exponent(synapses, seconds),
        "",
        bound=Bound(1.0, "most"),
        series={"synapses": synapses, "seconds": seconds},
    )
    more = np.diff(np.array([synapses, seconds]), axis=1).cumsum(axis=1)
    if (more > 0).all():
        work = f"exponent of what is above {synapses[0]:,} synapses"
        yield Row(work, exponent(*more), "", note="in time and in synapses")


def _build_once(name: str, balanced: Balanced) -> None:
    from attractors.bench import sides
    from attractors.engines.spiking.state import isolated

    with isolated("numpy"):
        run = getattr(sides, name)(balanced, "numpy", 10.0, True)
        run(0)


def _small(size: Size, pace: Pace) -> Row:
    """Return the row of sixteen networks beside one with as many units and synapses."""
    sixteen = Balanced.random(size["small units"], size["small inputs"], 16)
    one = Balanced.random(size["small units"], size["small inputs"])
    several, single = _turns("numpy", size["ms"], pace, ("built", sixteen), ("built", one))
    return _row(
        f"16 networks of {size['small units'] // 16} units, numpy",
        several.seconds,
        single.seconds,
        Bound(1.3, "most"),
        "one network of as many synapses",
    )


def _sweep(size: Size) -> Row:
    """Return what a run costs besides the time in which the compiled program steps."""
    from attractors.bench import sides
    from attractors.bench.rivals.brian2_script import stepping

    balanced, over = Balanced.random(size["units"], size["inputs"]), []
    with sides.ready("cpp_standalone", 100.0, (sides.built, balanced)) as (run,):
        for seed in range(1, size["sweep"] + 1):
            began = time.perf_counter()
            run(seed)
            over.append(time.perf_counter() - began - stepping())
    return Row(
        f"overhead of each of {size['sweep']} standalone runs",
        Spread.of(over),
        bound=Bound(0.1, "most"),
    )


def _memory(size: Size) -> Iterator[Row]:
    """Yield the rows of resident bytes a synapse, each side in a process of its own."""
    from attractors.engines.spiking.targets.compilers import missing

    for kind, name, target, runs in MEMORIES:
        if missing(target) is not None:
            continue
        sizes = size["memory units"], size["memory inputs"]
        ours, theirs = (resident(m, kind, target, *sizes, runs) for m in ("built", "written"))
        yield Row(
            f"memory a synapse, {name}, {target}" + (", several runs" if runs > 1 else ""),
            Spread(ours, ours, ours),
            "B",
            bound=Bound(40, "most"),
            note=f"by hand {theirs:.1f} B; declared matrices are not counted",
        )


def _brunel(size: Size) -> Iterator[Row]:
    """Yield the rows of one second of the network of 4,000 units, by hand and in NEST."""
    from attractors.engines.spiking.targets.compilers import missing

    target = "numpy" if missing("cpp_standalone") else "cpp_standalone"
    balanced = Balanced.random(size["brunel units"], size["brunel inputs"])
    length = size["brunel ms"]
    work = f"{balanced.synapses:,} synapses, {length:,} ms, {target}"
    makers = ("built", balanced), ("written", balanced)
    # three pairs: it is told, not judged
    ours, theirs = _turns(target, length, Pace(3, 0.0), *makers)
    yield _row(work, ours.seconds, theirs.seconds)
    if NEST.version is None:
        yield Row(work, Spread.of(ours.seconds), against=str(NEST), note="skipped: not installed")
        return
    ours, theirs = _beside_nest(target, length, balanced)
    hertz = [_hertz(each, balanced, length) for each in (ours, theirs)]
    note = f"{hertz[0]:.1f} Hz, in NEST {hertz[1]:.1f} Hz"
    yield _row(work, ours.seconds, theirs.seconds, against=str(NEST), note=note)


def _beside_nest(target: str, milliseconds: float, balanced: Balanced) -> tuple[Turns, Turns]:
    from attractors.bench import sides

    theirs = NEST.prepare(balanced, milliseconds)
    with sides.ready(target, milliseconds, (sides.built, balanced)) as (ours,):
        return _paired([ours, lambda _: theirs()], 3)


def _row(
    work: str,
    ours: ArrayLike,
    theirs: ArrayLike,
    bound: Bound | None = None,
    against: str = "",
    note: str = "",
) -> Row:
    ratio = np.divide(ours, theirs)
    return Row(
        work,
        Spread.of(ours),
        against=(against or f"Brian2 {metadata.version('brian2')}, the same by hand")
        + "; ours by theirs",
        theirs=Spread.of(theirs),
        ratio=Spread.of(ratio),
        bound=bound,
        note=note,
    )


CASE = Case(
    "spiking",
    "units that run freely, in Brian2",
    measure,
    full={
        "units": 1000,
        "inputs": 80,
        "ms": 300,
        "program ms": 2000,
        "build units": 4000,
        "build inputs": 40,
        "small units": 1600,
        "small inputs": 40,
        "sweep": 50,
        "memory units": 4000,
        "memory inputs": 1280,
        "brunel units": 4000,
        "brunel inputs": 320,
        "brunel ms": 1000,
    },
    quick={
        "units": 100,
        "inputs": 20,
        "ms": 20,
        "program ms": 20,
        "build units": 400,
        "build inputs": 5,
        "small units": 320,
        "small inputs": 10,
        "sweep": 3,
        "memory units": 400,
        "memory inputs": 80,
        "brunel units": 100,
        "brunel inputs": 20,
        "brunel ms": 20,
    },
)
