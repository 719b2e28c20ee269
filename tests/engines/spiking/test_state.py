"""Nothing global is different after a run."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brian2
import numpy as np
import pytest
from brian2.devices.device import get_device, previous_devices, reset_device, set_device
from brian2.utils.logger import std_silent

import attractors as at
from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.compilers import missing

TARGETS = ["numpy", "cython", "cpp_standalone"]


def snapshot():
    # what has no owner any more may go at any time
    gc.collect()
    kind, keys, *rest = np.random.get_state()  # noqa: NPY002 -- the global state is what is held
    preferences = dict(brian2.prefs.items())
    return {
        "generator": (kind, keys.tolist(), rest),
        "preferences": preferences,
        "clock": (id(get_device().defaultclock), float(brian2.defaultclock.dt)),
        "device": (get_device(), list(previous_devices)),
        "draws": random.getstate(),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "temporary": sorted(os.listdir(tempfile.gettempdir())),
        "running": (brian2.Network._globally_running, brian2.Network._globally_stopped),
        "captured": std_silent.dest_stdout,
        "objects": set(brian2.NeuronGroup.__instances__()),
    }


@pytest.fixture
def unusual(monkeypatch, tmp_path):
    """Preferences, clock and generator as a user may have set them; a temporary folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    target, clock = brian2.prefs["codegen.target"], brian2.defaultclock.dt
    state = np.random.get_state()  # noqa: NPY002
    brian2.prefs["codegen.target"] = "cython"
    brian2.defaultclock.dt = 0.3 * brian2.ms
    np.random.seed(77)  # noqa: NPY002
    yield
    brian2.prefs["codegen.target"], brian2.defaultclock.dt = target, clock
    np.random.set_state(state)  # noqa: NPY002


def test_a_run_leaves_preferences_clock_device_and_generator_alone(words, unusual):
    trial = at.Trial(30.0, noise=[at.Noise("word", 0.1)])
    # libraries that the first run imports set variables of the environment for themselves
    at.simulate(words, trial, engine="spiking")
    before = snapshot()
    at.simulate(words, trial, engine="spiking")
    assert snapshot() == before


def meddle(target, error):
    """Change everything that is global, then fail."""
    with isolated(target):
        brian2.seed(3)
        np.random.random(5)  # noqa: NPY002
        random.random()
        brian2.prefs["codegen.target"] = "numpy"
        brian2.prefs["core.default_float_dtype"] = np.float32
        brian2.defaultclock.dt = 1 * brian2.ms
        brian2.NeuronGroup(3, "v : 1", name="meddling").v = "rand()"
        os.environ["ATTRACTORS_MEDDLED"] = "1"
        os.chdir(tempfile.mkdtemp(dir=tempfile.gettempdir()))
        os.rmdir(os.getcwd())
        brian2.Network._globally_running = True
        with std_silent():
            raise error


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_so_does_one_that_fails(unusual, target, error):
    before = snapshot()
    with pytest.raises(error):
        meddle(target, error)
    assert snapshot() == before


@pytest.fixture
def standalone(tmp_path):
    """A caller who is in the middle of a standalone model of their own."""
    set_device("cpp_standalone", build_on_run=False, directory=str(tmp_path / "theirs"))
    device = get_device()
    device.reinit()
    device.activate(build_on_run=False, directory=str(tmp_path / "theirs"))
    yield device
    device.reinit()
    reset_device()


@pytest.mark.parametrize("target", TARGETS)
def test_a_standalone_model_that_the_caller_has_begun_stays_as_it_is(unusual, standalone, target):
    group = brian2.NeuronGroup(3, "v : 1", name="theirs")
    group.v = "i*0.5"

    def theirs():
        d = standalone
        return [list(d.main_queue), set(d.code_objects), dict(d.arrays), d.build_options, d.clocks]

    before, queue = snapshot(), theirs()
    with isolated(target):
        assert get_device() is not standalone
        ours = brian2.NeuronGroup(2, "v : 1", name="ours*")
        assert ours.name == "ours"
        ours.v = 1
    assert snapshot() == before
    assert theirs() == queue


def test_made_up_names_do_not_depend_on_what_else_exists():
    elsewhere = brian2.NeuronGroup(1, "v : 1", name="made_up*")
    with isolated():
        assert brian2.NeuronGroup(1, "v : 1", name="made_up*").name == "made_up"
    assert elsewhere.name == "made_up"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("target", ["numpy", "cpp_standalone"])
def test_ctrl_c_in_a_run_ends_it_at_once_and_puts_everything_back(target, tmp_path):
    if missing(target):
        pytest.skip(missing(target))
    script = Path(__file__).parent / "targets" / "noisy.py"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    child = subprocess.Popen(
        [sys.executable, str(script), target, str(tmp_path / "compiled")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    with child:
        assert child.stdout.readline() == "running\n", child.stderr.read()
        # into the run: what comes before may be in a callback, from which nothing is raised
        time.sleep(2.0)
        child.send_signal(signal.SIGINT)
        # the run would have taken a hundred seconds for a program, ten for this process
        assert child.communicate(timeout=60)[0] == "interrupted True\n"
    # what Brian2 itself leaves until its process ends is gone too
    assert list(temporary.iterdir()) == []


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
