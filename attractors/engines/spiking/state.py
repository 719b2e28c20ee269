"""Isolation of the state that Brian2, NumPy and the process share."""

from __future__ import annotations

import importlib
import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import brian2
import numpy as np
from brian2.core.tracking import InstanceFollower, InstanceTrackerSet, Trackable
from brian2.utils.logger import std_silent

from attractors.engines.spiking.targets.device import device_of
from attractors.engines.spiking.targets.modules import announce, give_back

# by name, for in Brian2 the attribute `device` of the package hides the module
devices: Any = importlib.import_module("brian2.devices.device")
# what objects draw while they are made, on every target
SEED = 0


@contextmanager
def isolated(
    target: str = "numpy", directory: str | os.PathLike[str] | None = None
) -> Iterator[None]:
    """Make and run Brian2 objects on a target and leave all global state as it was.

    Within the block the device is one of our own, with a default clock of 0.1 ms and a fixed seed;
    the caller's devices, standalone ones included, are out of reach. Afterwards the device, all
    preferences, NumPy's and Python's global generators, the environment and the current folder
    are as before, also after an exception or Ctrl-C, which ends the run at once instead of
    leaving half of it. The temporary folder is empty of ours.

    Parameters
    ----------
    target : {"numpy", "cython", "cpp_standalone"}
        What Brian2 runs on.
    directory : path, optional
        Where compiled code is kept; by default where Brian2 keeps its own.
    """
    kept = None if directory is None else Path(directory).resolve()
    with ExitStack() as after:
        # in this order, what needs the device and the preferences is put back before them
        after.callback(_restored_process())
        after.callback(_restored_brian())
        folder = after.enter_context(tempfile.TemporaryDirectory(prefix="attractors_"))
        after.callback(_restored_capture())
        devices.active_device = device_of(target, Path(folder), kept)
        devices.active_device.activate(build_on_run=False)
        _prefer(target, kept)
        brian2.seed(SEED)
        yield


def _prefer(target: str, directory: Path | None) -> None:
    brian2.prefs["codegen.target"] = "cython" if target == "cython" else "numpy"
    brian2.prefs["core.default_float_dtype"] = np.float64
    # otherwise Ctrl-C would end a run early without a word, as if it were complete
    brian2.prefs["core.stop_on_keyboard_interrupt"] = False
    # synapses that write to units run serially anyway, at the cost of the threads
    brian2.prefs["devices.cpp_standalone.openmp_threads"] = 0
    if directory is not None:
        brian2.prefs["codegen.runtime.cython.cache_dir"] = str(directory / "modules")


def _restored_process() -> Callable[[], None]:
    """Return what puts back the generators, the environment and the current folder."""
    # the global generators are Brian2's, not ours: they are only put back
    numbers, draws = np.random.get_state(), random.getstate()  # noqa: NPY002
    environment, here = dict(os.environ), os.getcwd()

    def restore() -> None:
        np.random.set_state(numbers)  # noqa: NPY002
        random.setstate(draws)
        if os.environ != environment:
            os.environ.clear()
            os.environ.update(environment)
        os.chdir(here)

    return restore


def _restored_brian() -> Callable[[], None]:
    """Return what puts back Brian2's device and preferences."""
    # not through set_device: going back, it would write our time step into the caller's clock
    device, earlier = devices.active_device, list(devices.previous_devices)
    preferences = dict(brian2.prefs.items())
    network, modules = brian2.Network, announce()
    # names that Brian2 makes up avoid those of all objects it knows: with a list of our own, the
    # text to compile is the same whatever else exists
    known = Trackable.__instancefollower__
    Trackable.__instancefollower__ = InstanceFollower()
    Trackable.__instancefollower__.instance_sets = defaultdict(InstanceTrackerSet)
    flags = network._globally_running, network._globally_stopped

    def restore() -> None:
        devices.active_device = device
        devices.previous_devices[:] = earlier
        for name, value in preferences.items():
            if brian2.prefs[name] is not value:
                brian2.prefs[name] = value
        network._globally_running, network._globally_stopped = flags
        give_back(modules)
        Trackable.__instancefollower__ = known

    return restore


def _restored_capture() -> Callable[[], None]:
    """Return what removes the files that Brian2 opens for the output of compilers."""
    before: Any = std_silent.dest_stdout

    def restore() -> None:
        if before is None and std_silent.dest_stdout is not None:
            for stream in ("stdout", "stderr"):
                getattr(std_silent, f"dest_{stream}").close()
                Path(getattr(std_silent, f"dest_fname_{stream}")).unlink(missing_ok=True)
                setattr(std_silent, f"dest_{stream}", None)

    return restore
