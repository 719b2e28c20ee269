"""Isolation of Brian2's and NumPy's global state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import brian2
import numpy as np
from brian2.devices.device import reset_device, set_device


@contextmanager
def isolated() -> Iterator[None]:
    """Run a block on the NumPy target and leave all global state as it was, come what may.

    Covers Brian2's device, preferences and default clock, and NumPy's global generator.
    """
    preferences = dict(brian2.prefs.items())
    clock = brian2.defaultclock.dt
    # the global generator is Brian2's, not ours: it is only put back
    generator = np.random.get_state()  # noqa: NPY002
    set_device("runtime")
    try:
        brian2.prefs["codegen.target"] = "numpy"
        yield
    finally:
        reset_device()
        for name, value in preferences.items():
            if brian2.prefs[name] is not value:
                brian2.prefs[name] = value
        brian2.defaultclock.dt = clock
        np.random.set_state(generator)  # noqa: NPY002
