"""Run a hand-written script on one of Brian2's targets, compiled once for all runs of a structure.

``build(**structure, **values)`` declares a network. ``structure`` is what the compiled code
depends on; ``values`` are arrays in SI units that a standalone binary takes anew at every run.
Nothing here imports the library under test: the scripts are the other side of the comparison.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import brian2 as b2
import numpy as np

# The generator of a standalone binary is seeded when it starts, so one binary serves all seeds.
SEED_AT_START = 'brian::_random_generators[0].seed(std::stoul(::getenv("SCRIPT_SEED")));'

_compiled: dict[str, object] = {}


@dataclass
class Script:
    """A declared network: its objects, how long it runs, and what a rerun may change."""

    network: b2.Network
    duration: b2.Quantity
    spikes: dict[str, b2.SpikeMonitor]
    inputs: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """What came of one run: trains of (units, times in seconds), and what it took in seconds."""

    trains: dict[str, tuple[np.ndarray, np.ndarray]]
    build_seconds: float
    run_seconds: float

    def rate(self, name: str, members: slice, start: float, stop: float) -> float:
        """Mean rate of the units ``members`` between two times, in Hz (times in seconds)."""
        units, times = self.trains[name]
        inside = (units >= members.start) & (units < members.stop)
        inside &= (times >= start) & (times < stop)
        return float(inside.sum() / (members.stop - members.start) / (stop - start))

    def binned(self, name: str, members: slice, stop: float, width: float) -> np.ndarray:
        """Rate of the units ``members`` in bins of ``width`` seconds from 0 to ``stop``, in Hz."""
        units, times = self.trains[name]
        inside = (units >= members.start) & (units < members.stop)
        bins = round(stop / width)
        counts, _ = np.histogram(times[inside], bins=bins, range=(0.0, bins * width))
        return counts / (members.stop - members.start) / width


@contextmanager
def _numpy_generator_kept() -> Iterator[None]:
    state = np.random.get_state()  # noqa: NPY002 -- Brian2 draws from it
    try:
        yield
    finally:
        np.random.set_state(state)  # noqa: NPY002


def simulate(
    build: Callable[..., Script], structure: dict, values: dict, seed: int, target: str
) -> Run:
    """Run ``build`` once on ``target``: "numpy", "cython" or "cpp_standalone"."""
    with _numpy_generator_kept():
        run = _standalone if target == "cpp_standalone" else _runtime
        script, build_seconds, run_seconds = run(build, structure, values, seed, target)
        trains = {
            name: (np.array(spikes.i), np.array(spikes.t / b2.second))
            for name, spikes in script.spikes.items()
        }
    return Run(trains, build_seconds, run_seconds)


def _runtime(build, structure, values, seed, target):
    b2.set_device("runtime")
    before = b2.prefs["codegen.target"]
    b2.prefs["codegen.target"] = target
    try:
        begin = time.perf_counter()
        b2.seed(seed)
        script = build(**structure, **values)
        script.network.run(0 * b2.ms, namespace={})  # generates and compiles what the run needs
        built = time.perf_counter()
        script.network.run(script.duration, namespace={})
        return script, built - begin, time.perf_counter() - built
    finally:
        b2.prefs["codegen.target"] = before


def _standalone(build, structure, values, seed, target):
    key = (build, repr(sorted(structure.items())))
    begin = time.perf_counter()
    os.environ["SCRIPT_SEED"] = str(seed)
    if _compiled.get("key") != key:
        _compiled.clear()
        _compiled.update(key=key, script=_compile(build, structure, values))
    script = _compiled["script"]
    built = time.perf_counter()
    changed = {
        script.inputs[name]: b2.Quantity(value, dim=script.inputs[name].dim)
        for name, value in values.items()
    }
    b2.device.run(run_args=changed, results_directory="results", with_output=False)
    b2.device.delete(code=False, data=False, run_args=True, directory=False)
    return script, built - begin, time.perf_counter() - built


def _compile(build, structure, values):
    folder = tempfile.mkdtemp(prefix="brian2_script_")
    b2.set_device("cpp_standalone", build_on_run=False, directory=folder)
    b2.device.reinit()
    b2.device.activate(build_on_run=False, directory=folder)
    b2.device.insert_code("main", SEED_AT_START)
    # without a bound, make starts a compiler for every file
    b2.prefs["devices.cpp_standalone.extra_make_args_unix"] = ["-j2"]
    script = build(**structure, **values)
    script.network.run(script.duration, namespace={})
    b2.device.build(directory=folder, compile=True, run=False, with_output=False)
    return script
