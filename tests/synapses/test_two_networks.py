"""The dual form and two networks joined by associations retrieve the same."""

import numpy as np
import pytest

import attractors as at
from attractors.patterns import flip, random_signs
from attractors.seeding import stream

HIDDEN = [
    at.Softmax(0.25),
    at.Power(3),
    at.Power(5.5),
    at.Exponential(),
    at.Sparsemax(),
    at.Threshold(20.0),
    at.KWinners(1),
]


def two_networks(visible, hidden, units, slots):
    networks = [
        at.AttractorNetwork("visible", units, visible),
        at.AttractorNetwork("hidden", slots, hidden),
    ]
    edges = [
        at.Association("visible", "hidden", at.Slots()),
        at.Association("hidden", "visible", at.Slots()),
    ]
    return at.Circuit(at.Architecture(networks, edges))


def retrieved(circuit, name, cues, hold, duration):
    trials = at.Trial.batch(duration, {name: cues}, stop=hold, mode="clamped")
    return at.simulate(circuit, trials, record=("state",)).get("state", name).values


@pytest.mark.parametrize("parts", [[slice(None)], [slice(7), slice(7, None)]], ids=str)
@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_signs_are_the_same_after_every_retrieval(hidden, parts, rng):
    patterns = random_signs(20, 60, rng)
    cues = flip(patterns, 0.25, rng)
    two = two_networks(at.Sign(), hidden, 60, 20)
    rule = at.KeyValue(hidden)
    one = at.Circuit(at.Architecture([at.AttractorNetwork("memory", 60, at.Sign(), rule)]))
    for part in parts:
        two.store(visible=patterns[part])
        one.store(memory=patterns[part])
    # two steps a retrieval: the cue is held while hidden units read it and answer
    states = retrieved(two, "visible", cues, hold=20.0, duration=30.0)
    dual = retrieved(one, "memory", cues, hold=10.0, duration=20.0)
    assert np.array_equal(states[:, 2], dual[:, 1])
    assert not np.array_equal(states[:, 2], cues), "nothing was retrieved, nothing compared"


@pytest.mark.parametrize(
    "hidden", [at.Softmax(1.0), at.Exponential(), at.Sparsemax(), at.KWinners(2)], ids=str
)
def test_real_states_are_the_same_after_a_retrieval(hidden, rng):
    patterns = stream(0, "real").normal(size=(20, 30))
    cues = patterns + 0.3 * rng.normal(size=patterns.shape)
    two = two_networks(at.Linear(), hidden, 30, 20)
    rule = at.KeyValue(hidden)
    one = at.Circuit(at.Architecture([at.AttractorNetwork("memory", 30, at.Linear(), rule)]))
    two.store(visible=patterns)
    one.store(memory=patterns)
    states = retrieved(two, "visible", cues, hold=20.0, duration=30.0)[:, 2]
    dual = retrieved(one, "memory", cues, hold=10.0, duration=20.0)[:, 1]
    # recordings are in single precision
    assert states == pytest.approx(dual, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("own", [True, False])
def test_of_linear_memories_those_with_synapses_onto_themselves_are_the_same(own, rng):
    patterns = stream(0, "real").normal(size=(20, 30))
    two = two_networks(at.Linear(), at.Linear(), 30, 20)
    rule = at.KeyValue(at.Linear())
    memory = at.AttractorNetwork("memory", 30, at.Linear(), rule, self_coupling=own)
    one = at.Circuit(at.Architecture([memory]))
    two.store(visible=patterns)
    one.store(memory=patterns)
    states = retrieved(two, "visible", patterns, hold=20.0, duration=30.0)[:, 2]
    dual = retrieved(one, "memory", patterns, hold=10.0, duration=20.0)[:, 1]
    # the factor to gain 1 of the memory; weights between two networks act as they are
    dual = dual / one.links[0].factor
    missing = 0.0 if own else patterns * (patterns**2).sum(axis=0)
    assert states == pytest.approx(dual + missing, rel=1e-5, abs=1e-5)


def test_two_retrievals_take_four_steps(rng):
    patterns = random_signs(12, 40, rng)
    cues = flip(patterns, 0.3, rng)
    two = two_networks(at.Sign(), at.Softmax(0.1), 40, 12)
    one = at.Memory(40, at.Sign(), at.KeyValue(at.Softmax(0.1)))
    two.store(visible=patterns)
    one.store(patterns)
    # visible units read what hidden units answered a step ago, which is what they were held in:
    # states repeat, each retrieval twice
    states = retrieved(two, "visible", cues, hold=20.0, duration=60.0)
    assert np.array_equal(states[:, 4], one.recall(cues, steps=2))
    assert np.array_equal(states[:, 2], states[:, 3])


def test_values_of_another_network_are_retrieved_by_either_form(rng):
    images, words = random_signs(15, 50, rng), random_signs(15, 30, rng)
    rule, hidden = at.KeyValue(at.Softmax(0.5)), at.Softmax(0.5)
    ends = [at.AttractorNetwork("image", 50, at.Sign()), at.AttractorNetwork("word", 30, at.Sign())]
    one = at.Circuit(at.Architecture(ends, [at.Association("image", "word", rule)]))
    edges = [
        at.Association("image", "hidden", at.Slots()),
        at.Association("hidden", "word", at.Slots()),
    ]
    middle = at.AttractorNetwork("hidden", 15, hidden)
    two = at.Circuit(at.Architecture([*ends, middle], edges))
    for circuit in (one, two):
        circuit.store(image=images, word=words)
    trials = at.Trial.batch(40.0, {"image": flip(images, 0.2, rng)}, stop=40.0, mode="clamped")
    final = [
        at.simulate(circuit, trials, record=("state",)).get("state", "word").values[:, -1]
        for circuit in (one, two)
    ]
    assert np.array_equal(*final)
    assert np.array_equal(final[0], words)


def test_winners_retrieve_on_spiking_neurons_too(rng):
    patterns = at.patterns.random_sparse(6, 120, 8, rng)
    two = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("visible", 120, at.KWinners(8)),
                at.AttractorNetwork("hidden", 6, at.KWinners(1)),
            ],
            [
                at.Association("visible", "hidden", at.Slots(normalise=True)),
                at.Association("hidden", "visible", at.Slots()),
            ],
        )
    )
    two.store(visible=patterns)
    cues = patterns * (np.cumsum(patterns, axis=1) <= 5)
    trials = at.Trial.batch(200.0, {"visible": cues}, stop=60.0)
    assert at.simulate(two, trials, "spiking").winner("visible").tolist() == [*range(6)]
