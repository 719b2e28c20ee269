"""What the spiking engine refuses, and how it says so."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import pytest

import attractors as at
from attractors.dynamics import Dynamics
from attractors.engines.spiking import engine as engine_module
from attractors.errors import (
    MissingExtraError,
    ParameterError,
    TrialError,
    UnsupportedError,
)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step": 0.0}, "step"),
        ({"dt": -1.0}, "dt"),
        ({"dt": 0.3}, "must divide 1 ms"),
        ({"rate_dt": 3.0}, "must divide 10 ms"),
        ({"dt": 0.5}, "too coarse"),
        ({"synapses_at_once": 0}, "synapses_at_once"),
    ],
)
def test_options_that_cannot_work_are_refused(options, message):
    with pytest.raises(ParameterError, match=message):
        at.SpikingEngine(**options)


def circuit_of(*networks, edges=()):
    return at.Circuit(at.Architecture(list(networks), list(edges)))


def test_sign_units_name_engine_network_and_cure():
    circuit = circuit_of(at.AttractorNetwork("opinion", 20, at.Sign(), at.Hebbian()))
    with pytest.raises(UnsupportedError, match=r"spiking engine.*'opinion'.*engine='rate'"):
        at.SpikingEngine().compile(circuit)


def test_asynchronous_updates_name_the_cure():
    circuit = circuit_of(at.AttractorNetwork("a", 20, at.Threshold(order="asynchronous")))
    with pytest.raises(UnsupportedError, match=r"'a'.*order='synchronous'"):
        at.SpikingEngine().compile(circuit)


def test_an_edge_between_graded_and_spiking_units_names_the_edge_and_the_cure():
    circuit = circuit_of(
        at.AttractorNetwork("graded", 20, at.Rate()),
        at.AttractorNetwork("spiking", 20, at.KWinners(2)),
        edges=[at.Association("graded", "spiking")],
    )
    with pytest.raises(UnsupportedError, match=r"'graded->spiking': 'graded' has Rate.*Rate dyn"):
        at.SpikingEngine().compile(circuit)


@dataclass(frozen=True)
class Half(Dynamics):
    values = "01"


def test_dynamics_without_a_spiking_form_are_named():
    circuit = circuit_of(at.AttractorNetwork("a", 20, Half()))
    with pytest.raises(UnsupportedError, match="Half has no spiking form"):
        at.SpikingEngine().compile(circuit)


def test_a_delay_that_is_no_multiple_of_the_step_is_refused():
    circuit = circuit_of(
        at.AttractorNetwork("a", 20, at.KWinners(2)),
        at.AttractorNetwork("b", 20, at.KWinners(2)),
        edges=[at.Association("a", "b", delay=15.0)],
    )
    with pytest.raises(TrialError, match="15 ms"):
        at.SpikingEngine().compile(circuit)


@pytest.mark.parametrize("neurons", [None, at.CurrentLIF()], ids=["gamma", "free"])
def test_a_clamped_cue_of_graded_values_is_refused_before_anything_is_built(
    neurons, words, monkeypatch
):
    cue = at.Cue("word", np.full(80, 0.5), mode="clamped")
    # what builds cannot even be imported
    monkeypatch.setattr(engine_module, "_imported", None)
    with pytest.raises(UnsupportedError, match=r"'word'.*other than 0 and 1"):
        at.simulate(
            words, [at.Trial(20.0), at.Trial(20.0, [cue])], at.SpikingEngine(neurons=neurons)
        )


def test_graded_units_may_be_clamped_to_any_value():
    circuit = circuit_of(at.AttractorNetwork("graded", 4, at.Rate()))
    trial = at.Trial(20.0, [at.Cue("graded", np.full(4, 0.5), mode="clamped")])
    recording = at.simulate(circuit, trial, "spiking", record="state")
    assert recording.get("state", "graded").values[0, -1].tolist() == [0.5] * 4


def test_a_missing_brian2_is_named(words, monkeypatch):
    for name in [n for n in sys.modules if n.startswith("attractors.engines.spiking.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "brian2", None)
    with pytest.raises(MissingExtraError, match="needs Brian2"):
        at.SpikingEngine().compile(words).run([at.Trial(10.0)])


def test_declaring_and_compiling_leaves_brian2_alone():
    script = (
        "import sys, attractors as at; at.SpikingEngine().compile(at.Circuit(at.Architecture("
        "[at.AttractorNetwork('a', 9, at.KWinners(1))]))); assert 'brian2' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
