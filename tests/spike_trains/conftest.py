"""Trains of known statistics, drawn for the tests of spike trains."""

import numpy as np
import pytest
import xarray

from attractors.recording import Recording, labelled
from attractors.spike_trains import SpikeTrains


def drawn_poisson(rng, rates, duration, trials=1):
    """Poisson trains: one rate in Hz a unit, window in ms."""
    means = np.broadcast_to(np.asarray(rates) * duration / 1000.0, (trials, len(rates)))
    counts = rng.poisson(means)
    trial, unit = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    time = rng.uniform(0.0, duration, counts.sum())
    return SpikeTrains(time, unit, trial, units=len(rates), trials=trials, stop=duration)


def drawn_gamma(rng, shape, intervals, mean=20.0):
    """One unit whose intervals are gamma distributed, with a spike at 0 and at the end."""
    time = np.concatenate(([0.0], np.cumsum(rng.gamma(shape, mean / shape, intervals))))
    nobody = np.zeros(len(time), int)
    return SpikeTrains(time, nobody, nobody, units=1, trials=1, stop=time[-1])


def by_hand(state=True, sizes=False):
    """A recording of two trials of 40 ms of a network of five units, of which two are silent."""
    events = {
        "time": np.array([1.0, 11.0, 12.0, 21.0, 3.0, 33.0]),
        "unit": np.array([0, 0, 3, 0, 1, 1]),
        "trial": np.array([0, 0, 0, 0, 1, 1]),
    }
    arrays = [
        labelled(f"spike_{key}", "cortex/word", column, ("spike_cortex.word",), "1")
        for key, column in events.items()
    ]
    ramp = np.arange(16.0).reshape(2, 4, 2)
    dims = ("trial", "time", "pattern_cortex.word")
    arrays.append(labelled("overlap", "cortex/word", ramp, dims, "1"))
    arrays.append(labelled("activity", "cortex/word", ramp[..., 0], dims[:2], "1"))
    if state:
        dims = ("trial", "time", "unit_cortex.word")
        arrays.append(labelled("state", "cortex/word", np.zeros((2, 4, 5)), dims, "1"))
    coords = {
        "time": ("time", [10.0, 20.0, 30.0, 40.0], {"units": "ms"}),
        "network": ["cortex/word", "quiet"],
    }
    if sizes:
        coords["units"] = ("network", [7, 3])
    dataset = xarray.Dataset(
        {array.name: array for array in arrays}, coords, {"engine": "spiking", "seed": 4}
    )
    return Recording(dataset)


@pytest.fixture
def poisson():
    return drawn_poisson


@pytest.fixture
def gamma():
    return drawn_gamma


@pytest.fixture
def make():
    return by_hand


@pytest.fixture
def recording():
    return by_hand()
