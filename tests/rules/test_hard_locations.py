import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.kernels import unpacked
from attractors.patterns import random_signs
from attractors.rules import HardLocations
from attractors.seeding import stream
from attractors.synapses import Dual


def at_distance(words: np.ndarray, distance: int, rng: np.random.Generator) -> np.ndarray:
    cues = words.copy()
    for cue in cues:
        cue[rng.permutation(cue.size)[:distance]] *= -1
    return cues


def test_it_is_keys_and_values_with_a_threshold_on_the_overlap():
    words, cues = random_signs(30, 100, stream(0, "words")), random_signs(9, 100, stream(0, "cues"))
    synapses = Dual(HardLocations(500, 46), (100, 100), False, "memory")
    synapses.learn(words, words, (None, None))
    held = synapses.arrays()
    addresses = np.where(unpacked(held["addresses"], 100), 1, -1).astype(np.int8)
    # distance 46 or less of 100 is an overlap of 8 or more
    same = Dual(at.KeyValue(at.Threshold(7.0)), (100, 100), False)
    activated = addresses.astype(int) @ words.T.astype(int) > 7
    same.learn((activated.astype(int) @ words).astype(np.int8), addresses, (None, None))
    assert np.array_equal(synapses.field(cues), same.field(cues))
    assert np.array_equal(held["counters"], activated.astype(int) @ words)


def test_two_networks_with_measured_addresses_read_the_same(rng):
    words, rule = random_signs(20, 100, rng), HardLocations(500, 42)
    one = at.Memory(100, at.Sign(), rule)
    one.store(words)
    held = one.circuit.links[0].synapses.arrays()
    addresses = np.where(unpacked(held["addresses"], 100), 1, -1)
    located = (words @ addresses.T > 100 - 2 * 42 - 1).astype(np.int8)
    networks = [
        at.AttractorNetwork("words", 100, at.Sign()),
        at.AttractorNetwork("locations", 500, at.Threshold(100 - 2 * 42 - 1)),
    ]
    edges = [
        at.Association("words", "locations", at.Fixed(addresses)),
        at.Association("locations", "words", at.Slots()),
    ]
    two = at.Circuit(at.Architecture(networks, edges))
    two.store(words=words, locations=located)
    cues = at_distance(words, 8, rng)
    trials = at.Trial.batch(30.0, {"words": cues}, stop=20.0, mode="clamped")
    final = at.simulate(two, trials, record=("state",)).get("state", "words").values[:, -1]
    assert np.array_equal(final, one.recall(cues, steps=1))


def test_counters_grow_before_they_overflow():
    word = random_signs(1, 64, stream(0, "word"))
    synapses = Dual(HardLocations(50, 40), (64, 64), False)
    synapses.learn(np.repeat(word, 32_767, axis=0), np.repeat(word, 32_767, axis=0), (None, None))
    assert synapses.arrays()["counters"].dtype == np.int16
    synapses.learn(word, word, (None, None))
    assert np.abs(synapses.arrays()["counters"]).max() == 32_768


def test_single_synapses_cannot_be_cut():
    memory = at.Memory(64, at.Sign(), HardLocations(50, 30))
    memory.store(random_signs(2, 64, stream(0, "words")))
    with pytest.raises(UnsupportedError, match="hard locations cannot lose single synapses"):
        memory.circuit.lesioned("memory", 0.5)


@pytest.mark.parametrize(
    "arguments", [{"locations": 0, "radius": 3}, {"locations": 5, "radius": -1}]
)
def test_what_is_no_memory_is_refused(arguments):
    with pytest.raises(ParameterError, match="HardLocations: .* whole number"):
        HardLocations(**arguments)
