"""Edges that are left without any synapse run, in both forms of the engine, and say nothing."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import UnsupportedError


def blocks() -> at.Circuit:
    """Return four blocks of two units, whose only weights are within a block."""
    weights = np.kron(np.eye(4), 1 - np.eye(2))
    network = at.AttractorNetwork("a", 8, at.Blocks(4), at.Fixed(weights))
    return at.Circuit(at.Architecture([network]))


@pytest.mark.parametrize("neurons", [None, at.CurrentLIF()], ids=["gamma", "free"])
def test_weights_within_blocks_alone_are_no_synapses(neurons: at.CurrentLIF | None) -> None:
    cue = np.tile([1, 0], 4)
    trial = at.Trial(40.0, [at.Cue("a", cue, stop=20.0)])
    engine = at.SpikingEngine(neurons=neurons, target="numpy")
    recording = at.simulate(blocks(), trial, engine, record="state")
    assert recording.get("state", "a").shape[-1] == 8


def test_an_edge_without_candidates_learns_nothing() -> None:
    networks = [at.AttractorNetwork(name, 6, at.KWinners(2)) for name in "ab"]
    edge = at.Association("a", "b", at.Willshaw())
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    learning = at.Transmission(plasticity=at.TraceHebbian(candidates=0.0))
    engine = at.SpikingEngine(
        neurons=at.CurrentLIF(), transmission={"a->b": learning}, target="numpy"
    )
    trial = at.Trial(40.0, [at.Cue("a", [1, 1, 0, 0, 0, 0])])
    recording = at.simulate(circuit, trial, engine)
    assert not recording.weights("a->b").values.any()


def test_adaptation_in_units_of_the_field_has_no_size_where_weights_are_physical() -> None:
    dynamics = at.Threshold(adaptation=at.Adaptation(0.4, 100.0))
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 4, dynamics)]))
    engine = at.SpikingEngine(neurons=at.CurrentLIF(), scale="physical", target="numpy")
    with pytest.raises(UnsupportedError, match="'a': Threshold has an adaptation of 0.4"):
        at.simulate(circuit, at.Trial(20.0), engine)
