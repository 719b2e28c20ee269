"""Edges that fade and rules with a bias, in spikes: the states of the rate engine."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.gamma.pathways import pathways
from attractors.patterns import random_sparse
from attractors.seeding import stream

UNITS, K = 150, 8
X = random_sparse(6, UNITS, K, stream(0, "pathways"))


def states(circuit: at.Circuit, trials: list[at.Trial], network: str) -> np.ndarray:
    """The states of a network, which must not differ between the engines."""
    engines = "rate", at.SpikingEngine(synapses_at_once=1)
    rate, spiking = (
        at.simulate(circuit, trials, e, seed=1, record="state").get("state", network).values
        for e in engines
    )
    assert np.array_equal(rate, spiking)
    return spiking


def network(name: str, rule: at.Rule | None = None, **options) -> at.AttractorNetwork:
    return at.AttractorNetwork(name, UNITS, at.KWinners(K, **options), rule)


@pytest.mark.parametrize(
    "edge",
    [
        at.Association("a", "a", at.Sequence(at.Covariance()), gain=1.4, fade=40.0),
        at.Association("a", "a", at.Sequence(at.Covariance()), gain=1.5, delay=60.0),
        at.Association("a", "a", at.Sequence(at.Willshaw()), gain=1.3, delay=30.0, fade=30.0),
    ],
    ids=["fade", "delay", "both"],
)
def test_a_sequence_moves_on_through_the_same_states(edge) -> None:
    circuit = at.Circuit(at.Architecture([network("a", at.Covariance())], [edge]))
    circuit.store(a=X)
    circuit.associate("a", "a", X, X)
    found = states(circuit, at.Trial.batch(600.0, {"a": X[:2]}, stop=20.0), "a")
    visited = (found[0] @ X.T == K).any(axis=0)
    assert visited.sum() >= 4, visited


@pytest.mark.parametrize("mode", ["subtractive", "divisive", "veto"])
def test_diversions_of_every_mode_fade(mode) -> None:
    fades = {"fast": 20.0, "slow": 80.0, "now": 0.0}
    edges = [
        at.Diversion("c", "a", gain=1.2, mode=mode, fade=fade, name=name)
        for name, fade in fades.items()
    ]
    circuit = at.Circuit(
        at.Architecture([network("a", at.Willshaw(), threshold=0.6), network("c")], edges)
    )
    circuit.store(a=X)
    for name in fades:
        circuit.divert("c", "a", X[:1], X[:1], name=name)
    cues = [at.Cue("a", X[0], strength=0.7), at.Cue("c", X[0], 50.0, 100.0)]
    lesions = [[], ["slow"], list(fades)]
    trials = [at.Trial(450.0, cues, lesions=cut) for cut in lesions]
    active = states(circuit, trials, "a").max(axis=2)
    assert active[2].all(), "without diversions the memory stays"
    # the source is read until 110 ms; what it leaves behind lasts longer, the slow part longest
    back = [np.flatnonzero(row == 0).max() + 1 for row in active[:2]]
    assert 11 < back[1] < back[0], back


@pytest.mark.parametrize("rule", [at.BCPNN(), at.Perceptron()], ids=repr)
def test_the_bias_of_a_rule_acts_without_a_spike_unless_its_edge_is_lesioned(rule) -> None:
    networks = [network("a", rule, threshold=None), network("b", at.Covariance())]
    edge = at.Association("a", "b", rule, gain=0.8, fade=20.0)
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    circuit.store(a=X, b=X[::-1])
    noise = [at.Noise("a", 0.1)]
    trials = [
        at.Trial(150.0, [at.Cue("a", X[0], stop=30.0)], noise),
        at.Trial(150.0, [at.Cue("b", X[0], stop=30.0)], noise, lesions=["a->b"]),
    ]
    assert states(circuit, trials, "a")[:, 0].sum() == 2 * K
    assert states(circuit, trials, "b")[0, -1] @ X[-1] >= K / 2


def test_the_bias_decides_where_nothing_fires() -> None:
    rule = at.BCPNN()
    circuit = at.Circuit(at.Architecture([network("a", rule, threshold=None)]))
    often = np.vstack([X, np.tile(X[2], (3, 1))])
    circuit.store(a=often)
    first = states(circuit, [at.Trial(30.0)], "a")[0, 0]
    bias = circuit.links[0].synapses.bias
    assert bias[first > 0].min() >= bias[first == 0].max()


def test_a_divisive_diversion_leaves_fields_below_0_alone() -> None:
    # k winners without threshold, whose fields are all below 0: ranks decide
    circuit = at.Circuit(
        at.Architecture(
            [network("a", threshold=None), network("c")], [at.Diversion("c", "a", mode="divisive")]
        )
    )
    circuit.divert("c", "a", X[:1], X[:1])
    ranks = -1.0 - np.random.default_rng(0).permutation(UNITS) / UNITS
    trials = [
        at.Trial(50.0, [at.Cue("a", ranks), *cues])
        for cues in ([], [at.Cue("c", X[0], mode="clamped")])
    ]
    found = states(circuit, trials, "a")
    assert set(np.flatnonzero(found[0, -1])) == set(np.argsort(-ranks)[:K])
    assert np.array_equal(found[0], found[1])


def test_edges_that_are_alike_share_a_pathway() -> None:
    names = "abcd"
    edges = [
        at.Association("a", "b", fade=20.0),
        at.Association("b", "c", fade=20.0, delay=30.0),
        at.Association("c", "d", fade=50.0),
        at.Association("d", "a"),
        at.Diversion("a", "c", fade=20.0),
    ]
    circuit = at.Circuit(at.Architecture([network(n, at.Willshaw()) for n in names], edges))
    found = pathways(circuit.links, {"b"})
    assert {(p.name, len(p.links)) for p in found} == {
        ("attractors_excitation", 4),
        ("attractors_excitation_depressed", 1),
        ("attractors_excitation_fading0", 1),
        ("attractors_excitation_fading0_depressed", 1),
        ("attractors_excitation_fading1", 1),
        ("attractors_subtractive_fading0", 1),
    }
