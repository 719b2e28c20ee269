"""Hypercolumns in spikes: one pooled inhibition a block, against the rate engine."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import UnsupportedError

BLOCKS, SIZE = 12, 5
UNITS = BLOCKS * SIZE


@pytest.fixture
def patterns(rng):
    return np.eye(SIZE, dtype=np.int8)[rng.integers(0, SIZE, (6, BLOCKS))].reshape(6, UNITS)


def memory(patterns, rule, **more):
    columns = at.AttractorNetwork("columns", UNITS, at.Blocks(BLOCKS, **more), rule)
    winners = at.AttractorNetwork("winners", 30, at.KWinners(3), at.Willshaw())
    edges = [at.Association("columns", "winners", at.Covariance(), gain=0.8)]
    circuit = at.Circuit(at.Architecture([winners, columns], edges))
    codes = np.kron(np.eye(6, 10, dtype=np.int8), np.ones(3, np.int8))
    circuit.store(columns=patterns, winners=codes)
    return circuit


@pytest.mark.parametrize("rule", [at.Willshaw(), at.Covariance()], ids=repr)
@pytest.mark.parametrize(
    "options", [{}, {"threshold": None}, {"threshold": 0.3}, {"temperature": 0.1}], ids=repr
)
def test_blocks_pass_through_the_states_of_the_rate_engine(patterns, rule, options, rng) -> None:
    circuit = memory(patterns, rule, **options)
    cues = patterns * (rng.random(patterns.shape) < 0.5)
    trials = at.Trial.batch(150.0, {"columns": cues}, stop=50.0)
    rate, spiking = (at.simulate(circuit, trials, e, seed=4, record="state") for e in ENGINES)
    for name in ("columns", "winners"):
        assert np.array_equal(rate.get("state", name), spiking.get("state", name)), name
    found = spiking.get("state", "columns").values.reshape(-1, BLOCKS, SIZE).sum(axis=2)
    assert found.max() == 1
    if not options.get("temperature"):
        assert np.array_equal(rate.dataset["ties"], spiking.dataset["ties"])


ENGINES = ("rate", "spiking")


@pytest.mark.parametrize(
    ("dynamics", "message"),
    [
        (at.Blocks(4, "all"), r"'n': Blocks of which all tied units win.*winners='one'"),
        (at.Blocks(4, count="max"), r"'n': Blocks that count the largest.*count='sum'"),
        *(
            (hidden, rf"'n': {type(hidden).__name__} units answer in graded.*engine='rate'")
            for hidden in (at.Linear(), at.Softmax(), at.Power(), at.Exponential(), at.Sparsemax())
        ),
    ],
    ids=repr,
)
def test_what_has_no_spikes_names_network_and_cure(dynamics, message) -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 20, dynamics)]))
    with pytest.raises(UnsupportedError, match=f"spiking engine, network {message}"):
        at.SpikingEngine().compile(circuit)
