"""Units that run freely, beside the same equations by hand in plain Brian2."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors.bench.balanced import Balanced
from attractors.bench.case import Case, Size
from attractors.bench.growth import exponent
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, paired

TARGETS = ("numpy", "cython", "cpp_standalone")
# resident bytes that a network adds to a process which has run a small one before
RESIDENT = """
import gc, psutil
from attractors.bench import sides
from attractors.bench.balanced import Balanced
from attractors.engines.spiking.state import isolated
held = psutil.Process().memory_info
with isolated("numpy"):
    sides.{make}(Balanced.random(20, 5), "numpy", 10.0, True)(0)
with isolated("numpy"):
    balanced = Balanced.random({units}, {inputs})
    declared = balanced.circuit.links
    gc.collect()
    before = held().rss
    run = sides.{make}(balanced, "numpy", 10.0, True)
    run(0)
    gc.collect()
    print((held().rss - before) / balanced.synapses)
"""


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
    yield _memory(size)
    yield _brunel(size)


def _steady(target: str, size: Size, pace: Pace) -> Row:
    """Return the row of runs of a network that is built and compiled already."""
    balanced = Balanced.random(size["units"], size["inputs"])
    ours, theirs = _turns(target, size["ms"], pace, ("built", balanced), ("written", balanced))
    return _row(f"a run of {size['ms']} ms, {target}", ours, theirs, Bound(1.10, "most"))


def _turns(
    target: str, milliseconds: float, pace: Pace, *makers: tuple[str, Balanced]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from attractors.bench import sides

    chosen = [(getattr(sides, name), balanced) for name, balanced in makers]
    with sides.ready(target, milliseconds, *chosen) as (ours, theirs):
        return paired(_numbered(ours), _numbered(theirs), Pace(pace.pairs, 0.0))


def _numbered(run: Callable[[int], None]) -> Callable[[], None]:
    """Return a run whose noise is new at every call."""
    numbers = count(1)
    return lambda: run(next(numbers))


def _building(size: Size, pace: Pace) -> Iterator[Row]:
    """Yield the row of builds with a run of one step, at three sizes, and their growth."""
    synapses, seconds = [], []
    for factor in (1, 4, 16):
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
    work = f"16 networks of {size['small units'] // 16} units, numpy"
    return _row(work, several, single, Bound(1.3, "most"), "one network of as many synapses")


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


def _memory(size: Size) -> Row:
    """Return the row of resident bytes a synapse, each side in a process of its own."""
    ours, theirs = (_resident(make, size) for make in ("built", "written"))
    return Row(
        "resident memory a synapse",
        Spread(ours, ours, ours),
        "B",
        bound=Bound(40, "most"),
        note=f"by hand {theirs:.1f} B; the declared matrices are not counted",
    )


def _resident(make: str, size: Size) -> float:
    code = RESIDENT.format(make=make, units=size["brunel units"], inputs=size["brunel inputs"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.split()[-1]))


def _brunel(size: Size) -> Row:
    """Return the row of one second of the network of 4,000 units."""
    balanced = Balanced.random(size["brunel units"], size["brunel inputs"])
    makers = ("built", balanced), ("written", balanced)
    ours, theirs = _turns("cpp_standalone", size["brunel ms"], Pace(1, 0.0), *makers)
    return _row(
        f"{balanced.synapses:,} synapses, {size['brunel ms']:,} ms, cpp_standalone",
        ours,
        theirs,
    )


def _row(
    work: str,
    ours: ArrayLike,
    theirs: ArrayLike,
    bound: Bound | None = None,
    against: str = "the same by hand",
) -> Row:
    version: Any = metadata.version("brian2")
    ratio = np.divide(ours, theirs)
    return Row(
        work,
        Spread.of(ours),
        against=f"Brian2 {version}, {against}; ours by theirs",
        theirs=Spread.of(theirs),
        ratio=Spread.of(ratio),
        bound=bound,
    )


CASE = Case(
    "spiking",
    "units that run freely, in Brian2",
    measure,
    full={
        "units": 1000,
        "inputs": 80,
        "ms": 300,
        "build units": 2000,
        "build inputs": 80,
        "small units": 1600,
        "small inputs": 40,
        "sweep": 50,
        "brunel units": 4000,
        "brunel inputs": 320,
        "brunel ms": 1000,
    },
    quick={
        "units": 100,
        "inputs": 20,
        "ms": 20,
        "build units": 100,
        "build inputs": 5,
        "small units": 320,
        "small inputs": 10,
        "sweep": 3,
        "brunel units": 100,
        "brunel inputs": 20,
        "brunel ms": 20,
    },
)
