import numpy as np
import pytest

import attractors as at
from attractors.dynamics import Softmax
from attractors.errors import PatternError
from attractors.rules.slots import Slots


def dense_memory(hidden: int) -> at.Circuit:
    networks = [
        at.AttractorNetwork("v", 64, at.Sign()),
        at.AttractorNetwork("h", hidden, Softmax()),
    ]
    edges = [at.Association("v", "h", Slots()), at.Association("h", "v", Slots())]
    return at.Circuit(at.Architecture(networks, edges))


def test_stored_patterns_claim_hidden_units_in_order(rng):
    circuit, x = dense_memory(10), at.patterns.random_signs(6, 64, rng)
    first = circuit.store(v=x[:2])
    second = circuit.store(v=x[2:])
    assert first["h"].tolist() == [0, 1]
    assert second["h"].tolist() == [2, 3, 4, 5]
    assert np.array_equal(circuit.patterns("h"), np.eye(6, 10))


def test_each_claimed_unit_recalls_its_pattern(rng):
    circuit, x = dense_memory(10), at.patterns.random_signs(6, 64, rng)
    circuit.store(v=x)
    cues = at.patterns.flip(x, 0.2, rng)
    trials = at.Trial.batch(60.0, {"v": cues}, stop=20.0, mode="clamped")
    assert at.simulate(circuit, trials).winner("v").tolist() == [0, 1, 2, 3, 4, 5]


def test_a_full_hidden_network_stores_nothing(rng):
    circuit, x = dense_memory(4), at.patterns.random_signs(6, 64, rng)
    circuit.store(v=x[:3])
    with pytest.raises(PatternError, match="'h': 3 of 4 units are claimed"):
        circuit.store(v=x[3:])
    assert len(circuit.patterns("v")) == 3


def test_hidden_units_that_are_given_are_not_claimed_again(rng):
    circuit, x = dense_memory(5), at.patterns.random_signs(3, 64, rng)
    circuit.store(v=x[:2], h=np.eye(5)[1:3])
    assert np.array_equal(circuit.store(v=x[2:])["h"], [2])
    assert circuit.patterns("h")[2].tolist() == np.eye(5)[3].tolist()
    with pytest.raises(PatternError, match="4 of 5 units are claimed"):
        circuit.store(v=x)
