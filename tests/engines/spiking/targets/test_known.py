"""A run that has been compiled before is expected to take less, and others are told apart."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.targets import choice, known
from attractors.engines.spiking.targets.choice import COSTS, Work, choose

# compiling takes longer than the run on NumPy, and the run itself longer than in a program
WORK = Work(objects=8, units=1000, steps=10_000, events=1e7)


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    monkeypatch.setattr(known, "CACHE", tmp_path)
    monkeypatch.setattr(choice, "missing", lambda target: None)


def circuit(units=20, seed=0):
    memory = at.AttractorNetwork("word", units, at.KWinners(4), at.Willshaw())
    made = at.Circuit(at.Architecture([memory]))
    rolled = np.roll(np.eye(units, dtype=int)[:3].sum(axis=0), seed)
    made.store(word=[rolled])
    return made


def key(engine=None, trials=None, size=1, **options):
    engine = engine or at.SpikingEngine()
    return known.key(engine, circuit(**options), trials or [at.Trial(50.0)], size)


def test_a_target_that_is_compiled_costs_its_runs_alone():
    cost = COSTS["cpp_standalone"]
    assert cost.of(WORK) - cost.of(WORK, compiled=True) == pytest.approx(8 * cost.compiling)
    assert choose(WORK).target == "numpy"
    assert choose(WORK, compiled={"cpp_standalone"}).target == "cpp_standalone"


def test_what_was_noted_is_known_and_nothing_else():
    assert known.compiled(key()) == frozenset()
    known.note(key(), "cython")
    known.note(key(), "cpp_standalone")
    known.note(key(units=30), "numpy")
    assert known.compiled(key()) == {"cython", "cpp_standalone"}
    assert known.compiled(key(units=30)) == frozenset()


def test_patterns_do_not_matter_and_sizes_presets_and_protocol_do():
    cue = at.Cue("word", np.ones(20, int))
    others = [
        key(units=30),
        key(size=2),
        key(engine=at.SpikingEngine(neurons=at.CurrentLIF())),
        key(trials=[at.Trial(60.0)]),
        key(trials=[at.Trial(50.0, [cue])]),
    ]
    assert key(seed=5) == key()
    assert len({key(), *others}) == 6


def test_the_oldest_notes_go(monkeypatch):
    monkeypatch.setattr(known, "MOST", 2)
    for number in range(4):
        known.note(f"{number}", "cython")
    assert len(list((known.CACHE / "known").iterdir())) == 2
