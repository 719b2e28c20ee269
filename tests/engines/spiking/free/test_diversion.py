"""All modes of diversion keep units that run freely from the pattern that they speak against."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at


@pytest.mark.parametrize("mode", ["subtractive", "divisive", "veto"])
def test_a_diverted_cue_settles_on_the_alternative(mode, patterns):
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("word", 150, at.KWinners(8), at.Willshaw()),
                at.AttractorNetwork("context", 40, at.KWinners(4), at.Willshaw()),
            ],
            [at.Diversion("context", "word", gain=3.0, mode=mode)],
        )
    )
    contexts = np.zeros((2, 40), int)
    contexts[0, :4] = contexts[1, 4:8] = 1
    circuit.store(word=patterns)
    circuit.store(context=contexts)
    circuit.divert("context", "word", contexts, patterns[:2])
    ambiguous = np.maximum(patterns[0], patterns[1])
    trials = [
        at.Trial(
            350.0,
            [
                at.Cue("context", context, mode="clamped"),
                at.Cue("word", ambiguous, start=100.0, stop=250.0, strength=0.7),
            ],
        )
        for context in contexts
    ]
    engine = at.SpikingEngine(dt=0.2, neurons=at.CurrentLIF(noise=1.0))
    recording = at.simulate(circuit, trials, engine)
    assert recording.winner("word").tolist() == [1, 0]
