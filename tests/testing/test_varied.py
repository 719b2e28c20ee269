"""The material of wide conformance is as varied, as loaded and as reproducible as it says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import attractors as at
from attractors.testing import varied_architecture, varied_circuit, varied_trials
from attractors.testing.load import measured_capacity
from attractors.testing.varied import KINDS, MOST, kind_of

GRAPHS = [varied_architecture(index) for index in range(100)]
EDGES = [edge for graph in GRAPHS for edge in graph.links.values()]
NETWORKS = [network for graph in GRAPHS for network in graph.nodes.values()]


def test_a_hundred_architectures_cover_kinds_dynamics_rules_and_modes() -> None:
    assert Counter(map(kind_of, range(100))) == dict.fromkeys(KINDS, 10)
    assert {type(n.dynamics).__name__ for n in NETWORKS} == {"KWinners", "Blocks", "Threshold"}
    rules = Counter(type(network.rule).__name__ for network in NETWORKS)
    assert set(rules) >= {"Willshaw", "Covariance", "BCPNN", "Correlation", "PresynapticCovariance"}
    modes = Counter(edge.mode for edge in EDGES if isinstance(edge, at.Diversion))
    assert min(modes[mode] for mode in ("subtractive", "divisive", "veto")) >= 30
    assert sum(edge.fade > 0 for edge in EDGES) >= 40
    assert sum(edge.delay > 0 for edge in EDGES) >= 80
    assert {type(edge.rule).__name__ for edge in EDGES} >= {"Willshaw", "BCPNN", "Sequence"}


@pytest.mark.parametrize("kind", ["latching", "depression"])
def test_networks_that_tire_do(kind) -> None:
    found = [GRAPHS[i].nodes["n0"].dynamics for i in range(100) if kind_of(i) == kind]
    trait = "adaptation" if kind == "latching" else "depression"
    assert all(getattr(dynamics, trait) is not None for dynamics in found)


@pytest.mark.parametrize(("kind", "edges"), [("chain", -1), ("fan", -1), ("ring", 0)])
def test_shapes_are_what_they_are_called(kind, edges) -> None:
    for graph in (GRAPHS[i] for i in range(100) if kind_of(i) == kind):
        found = {(e.source, e.target) for e in graph.links.values() if e.arrow == "->"}
        assert len(found) == len(graph.nodes) + edges
        steps = {int(target[1:]) - int(source[1:]) for source, target in found}
        if kind == "chain":
            assert steps == {1}
        elif kind == "fan":
            assert {source for source, _ in found} == {"n0"}
        else:
            assert steps == {1, 1 - len(graph.nodes)}


@pytest.mark.parametrize("index", [0, 5, 7])
def test_memories_are_loaded_to_at_most_seven_tenths_of_what_they_hold(index) -> None:
    circuit = varied_circuit(index, 0)
    for name, network in circuit.architecture.nodes.items():
        alone = at.AttractorNetwork("memory", network.units, network.dynamics, network.rule)
        held = len(circuit.patterns(name))
        assert 3 <= held <= max(MOST * measured_capacity(alone), 3)


def test_cues_keep_half_of_a_pattern_or_more_and_every_second_trial_is_noisy() -> None:
    circuit = varied_circuit(1, 0)
    trials = varied_trials(circuit, 1, 0, 40)
    kept, moved = [], 0
    for trial in trials:
        for cue in trial.cues:
            stored = circuit.patterns(cue.network)
            k = stored[0].sum()
            best = (stored @ cue.pattern).max()
            kept.append(best / k)
            moved += bool(cue.pattern.sum() == k and best < k)
    assert min(kept) >= 0.5
    assert np.mean(np.array(kept) < 0.75) > 0.2
    assert moved > 5
    assert [bool(trial.noise) for trial in trials] == [False, True] * 20


def test_material_depends_on_index_and_seed_alone() -> None:
    one, again, other = (varied_circuit(2, seed) for seed in (0, 0, 1))
    assert np.array_equal(one.patterns("n0"), again.patterns("n0"))
    assert not np.array_equal(one.patterns("n0"), other.patterns("n0"))
    few, many = varied_trials(one, 2, 0, 2), varied_trials(one, 2, 0, 5)
    for trial, twin in zip(few, many, strict=False):
        assert np.array_equal(trial.cues[0].pattern, twin.cues[0].pattern)
