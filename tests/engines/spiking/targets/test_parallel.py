"""Processes share chunks out and give the results of one."""

from __future__ import annotations

import os

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.targets.parallel import folder_of, share
from attractors.patterns import random_sparse


def test_one_worker_works_in_this_process_on_everything_at_once():
    calls = []

    def work(task, chunks, directory):
        calls.append((task, list(chunks), directory, os.getpid()))
        return [task + chunk for chunk in chunks]

    assert share(work, 10, 3, workers=1) == [10, 11, 12]
    assert calls == [(10, [0, 1, 2], None, os.getpid())]


def test_workers_keep_compiled_code_apart():
    assert folder_of(0) != folder_of(1)


@pytest.fixture(scope="module")
def noisy_words():
    rng = np.random.default_rng(5)
    x = random_sparse(5, 80, 6, rng)
    network = at.AttractorNetwork("word", 80, at.KWinners(6, temperature=0.05), at.Willshaw())
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(word=x)
    cues = [at.Cue("word", row, stop=20.0) for row in x]
    return circuit, [at.Trial(60.0, [cue], noise=[at.Noise("word", 0.3)]) for cue in cues]


def run(circuit, trials, **options):
    engine = at.SpikingEngine(target="numpy", **options)
    return at.simulate(circuit, trials, engine, record=["state", "spikes"], seed=9)


def test_workers_give_the_spikes_of_one_process_to_the_last_bit(noisy_words):
    circuit, trials = noisy_words
    serial, shared = run(circuit, trials), run(circuit, trials, workers=2)
    assert serial.identical(shared)
    assert serial.get("state", "word").values.sum() > 0
