import numpy as np
import pytest
import xarray

from attractors.recording import Recording, labelled

NAMES = ("cortex/word", "image")
UNITS = {"cortex/word": 12, "image": 20}
STEPS = 30


def made(spikes=True, state=True, match=True, overlap=True):
    """A recording of two trials written by hand: in trial t pattern t + 1 of three wins."""
    rng = np.random.default_rng(0)
    arrays = []
    for name in NAMES:
        flat = name.replace("/", ".")
        values = 0.2 * rng.random((2, STEPS, 3))
        values[[0, 1], :, [1, 2]] += 0.7
        states = (rng.random((2, STEPS, UNITS[name])) < 0.2).astype(np.float32)
        pattern, unit = ("trial", "time", f"pattern_{flat}"), ("trial", "time", f"unit_{flat}")
        if overlap:
            arrays.append(labelled("overlap", name, values, pattern, "1"))
        if match:
            arrays.append(labelled("match", name, values**2, pattern, "1"))
        if state:
            arrays.append(labelled("state", name, states, unit, "fraction of the on-state"))
        if spikes:
            trial, step, number = np.nonzero(states)
            events = {"time": 10.0 * step + 3.0, "unit": number, "trial": trial}
            arrays += [
                labelled(f"spike_{key}", name, column, (f"spike_{flat}",), "1")
                for key, column in events.items()
            ]
    time = ("time", 10.0 * np.arange(1, STEPS + 1), {"units": "ms"})
    dataset = xarray.Dataset(
        {array.name: array for array in arrays},
        coords={"time": time, "network": list(NAMES), "trial": [0, 1]},
        attrs={"engine": "spiking" if spikes else "rate"},
    )
    return Recording(dataset)


@pytest.fixture
def make():
    return made


@pytest.fixture
def recording():
    return made()
