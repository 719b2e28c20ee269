"""Nothing global is different after a run."""

from __future__ import annotations

import subprocess
import sys

import brian2
import numpy as np
import pytest
from brian2.devices.device import get_device

import attractors as at
from attractors.engines.spiking.state import isolated


def snapshot():
    kind, keys, *rest = np.random.get_state()  # noqa: NPY002 -- the global state is what is held
    preferences = dict(brian2.prefs.items())
    return kind, keys.tolist(), rest, preferences, float(brian2.defaultclock.dt), get_device()


@pytest.fixture
def unusual():
    """Preferences, clock and generator as a user may have set them."""
    target, clock = brian2.prefs["codegen.target"], brian2.defaultclock.dt
    state = np.random.get_state()  # noqa: NPY002
    brian2.prefs["codegen.target"] = "cython"
    brian2.defaultclock.dt = 0.3 * brian2.ms
    np.random.seed(77)  # noqa: NPY002
    yield
    brian2.prefs["codegen.target"], brian2.defaultclock.dt = target, clock
    np.random.set_state(state)  # noqa: NPY002


def test_a_run_leaves_preferences_clock_device_and_generator_alone(words, unusual):
    before = snapshot()
    noise = [at.Noise("word", 0.1)]
    at.simulate(words, at.Trial(30.0, noise=noise), engine="spiking")
    assert snapshot() == before


@isolated()
def meddle(error):
    """Change everything that is global, then fail."""
    brian2.seed(3)
    brian2.prefs["codegen.target"] = "numpy"
    brian2.prefs["core.default_float_dtype"] = np.float32
    brian2.defaultclock.dt = 1 * brian2.ms
    raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_so_does_one_that_fails(unusual, error):
    before = snapshot()
    with pytest.raises(error):
        meddle(error)
    assert snapshot() == before


def test_the_users_generator_and_clock_do_not_change_the_spikes(words, disjoint, unusual):
    trial = at.Trial(50.0, [at.Cue("cue", disjoint(1, 60, 6)[0])], noise=[at.Noise("word", 0.2)])
    first = at.simulate(words, trial, engine="spiking", record="state", seed=4)
    np.random.seed(1)  # noqa: NPY002
    brian2.defaultclock.dt = 0.1 * brian2.ms
    assert first.identical(at.simulate(words, trial, engine="spiking", record="state", seed=4))


def test_uncaught_errors_and_warnings_stay_with_python():
    code = (
        "import sys, warnings; before = sys.excepthook, warnings.showwarning\n"
        "import attractors as at\n"
        "net = at.AttractorNetwork('n', 4, at.KWinners(2), at.Willshaw())\n"
        "circuit = at.Circuit(at.Architecture([net]))\n"
        "at.simulate(circuit, at.Trial(20.0), engine='spiking')\n"
        "assert (sys.excepthook, warnings.showwarning) == before\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
