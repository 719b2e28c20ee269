import numpy as np
import pytest

import attractors as at
from attractors.errors import ArchitectureError, ParameterError, UnsupportedError
from attractors.patterns import flip, random_signs
from attractors.rules import DualRule
from attractors.seeding import stream


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"separation": "softmax"}, "separation is 'softmax'; give an instance"),
        ({"separation": at.Softmax}, "give an instance"),
        ({"neighbours": 0}, "neighbours is 0; it must be a whole number of at least 1"),
    ],
)
def test_what_is_no_separation_is_refused(arguments, message):
    with pytest.raises(ParameterError, match=message):
        at.KeyValue(**arguments)


def test_there_is_no_matrix_to_learn():
    rule = at.KeyValue()
    assert isinstance(rule, DualRule)
    with pytest.raises(UnsupportedError, match="KeyValue makes no weight matrix"):
        rule.learn(np.zeros((3, 3)), np.ones((1, 3)), np.ones((1, 3)), (None, None))


def test_an_exponential_memory_holds_far_more_patterns_than_units(rng):
    memory = at.Memory(64, at.Sign(), at.KeyValue(at.Exponential()))
    patterns = random_signs(2000, 64, rng)
    memory.store(patterns)
    # distance 6 from the cue, and on average 32 from any other pattern
    recalled = memory.recall(flip(patterns[:200], 0.1, rng))
    kept = (recalled == patterns[:200]).all(axis=1).mean()
    assert kept > 0.97, f"{kept:.3f} of 200 patterns recalled; Hebb's rule holds 9 of 64 units"


def test_patterns_of_real_numbers_are_retrieved(rng):
    patterns = stream(0, "real").normal(size=(50, 32))
    network = at.AttractorNetwork("memory", 32, at.Linear(), at.KeyValue(at.Softmax(4.0)))
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(memory=patterns)
    cues = patterns[:10] + 0.3 * rng.normal(size=(10, 32))
    trials = at.Trial.batch(50.0, {"memory": cues}, stop=10.0, mode="clamped")
    final = at.simulate(circuit, trials, record=("state",)).get("state", "memory").values[:, -1]
    assert np.abs(final - patterns[:10]).max() < 1e-6


def test_both_signs_are_refused_where_weights_must_have_one():
    network = at.AttractorNetwork("memory", 32, at.KWinners(4), at.KeyValue())
    with pytest.raises(ArchitectureError, match="weights of both signs"):
        at.Circuit(at.Architecture([network]), dale=True)
