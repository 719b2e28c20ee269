"""A cue pairing in simulated time creates an association that recall then uses."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import UnsupportedError

UNITS, ACTIVE = 48, 6
EDGE = "word->sound"
RULES = {
    "TraceHebbian": at.TraceHebbian(),
    "STDP": at.STDP(potentiation=0.1, depression=0.05, bounds="soft"),
}
ROWS = np.kron(np.eye(UNITS // ACTIVE, dtype=int), np.ones(ACTIVE, int))
FREE = {"dt": 0.2, "neurons": at.CurrentLIF(noise=1.0)}
PAIRED, UNPAIRED, ANSWER = 0, 3, 2


def circuit():
    nodes = [
        at.AttractorNetwork("word", UNITS, at.KWinners(ACTIVE), at.Willshaw()),
        # what stray spikes leave behind is below the threshold
        at.AttractorNetwork("sound", UNITS, at.KWinners(ACTIVE, threshold=0.2), at.Willshaw()),
    ]
    made = at.Circuit(at.Architecture(nodes, [at.Association("word", "sound")]))
    made.store(word=ROWS)
    made.store(sound=ROWS)
    return made


PAIRING = at.Trial(
    600.0,
    [at.Cue("word", ROWS[PAIRED], stop=500.0), at.Cue("sound", ROWS[ANSWER], stop=500.0)],
)
ALONE = [at.Trial(300.0, [at.Cue("word", ROWS[n], stop=150.0)]) for n in (PAIRED, UNPAIRED)]


def answers(made, engine):
    return at.simulate(made, ALONE, engine, seed=1).winner("sound").tolist()


@pytest.mark.parametrize("name", RULES)
def test_a_pairing_of_cues_makes_an_association_that_both_engines_recall(name):
    before = circuit()
    way = {EDGE: at.Transmission(plasticity=RULES[name])}
    recording = at.simulate(before, PAIRING, at.SpikingEngine(transmission=way, **FREE))
    after = before.adopt(recording)
    weights = recording.weights(EDGE).values[0]
    own = np.outer(ROWS[ANSWER], ROWS[PAIRED]) > 0
    # half of what Willshaw would have stored recalls by far
    assert weights[own].mean() > 0.5
    assert weights[~own].mean() < 0.01
    assert answers(after, at.SpikingEngine(**FREE)) == [ANSWER, -1]
    assert answers(after, "rate") == [ANSWER, -1]


def test_without_plasticity_nothing_is_learned():
    before = circuit()
    recording = at.simulate(before, PAIRING, at.SpikingEngine(**FREE))
    assert recording.winner("sound").tolist() == [ANSWER]
    with pytest.raises(UnsupportedError, match="no learned weights"):
        before.adopt(recording)
    assert answers(before, at.SpikingEngine(**FREE)) == [-1, -1]
    assert answers(before, "rate") == [-1, -1]


@pytest.mark.slow
@pytest.mark.parametrize("target", ["cython", "cpp_standalone"])
def test_compiled_targets_learn_the_same_association(target):
    way = {EDGE: at.Transmission(plasticity=RULES["TraceHebbian"])}
    engine = at.SpikingEngine(transmission=way, target=target, **FREE)
    recording = at.simulate(circuit(), [PAIRING, PAIRING], engine)
    own = np.outer(ROWS[ANSWER], ROWS[PAIRED]) > 0
    for weights in recording.weights(EDGE).values:
        assert weights[own].mean() > 0.5
        assert weights[~own].mean() < 0.01
    assert answers(circuit().adopt(recording, trial=1), "rate") == [ANSWER, -1]
