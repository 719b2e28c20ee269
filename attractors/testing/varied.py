"""Architectures of many kinds, loaded towards their capacity: the material of wide conformance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from attractors.architecture import Architecture, Association, AttractorNetwork, Diversion, Edge
from attractors.circuit import Circuit
from attractors.dynamics import Adaptation, Blocks, Depression, Dynamics, KWinners, Threshold
from attractors.protocol import Cue, Noise, Trial
from attractors.rules import (
    BCPNN,
    Correlation,
    Covariance,
    PresynapticCovariance,
    Rule,
    Sequence,
    Willshaw,
)
from attractors.seeding import stream
from attractors.testing.architectures import Pairs, Patterns, associated_pairs, diverted_pairs, root
from attractors.testing.load import draw_patterns, measured_capacity

DURATION = 300.0
# share of the measured capacity that memories are loaded to at most
MOST = 0.7
SIZES, WINNERS = (100, 150, 200), (6, 8, 10, 12)
RULES: tuple[Callable[[], Rule], ...] = (
    Willshaw,
    Covariance,
    BCPNN,
    Correlation,
    PresynapticCovariance,
)
SHAPES = ("tree", "chain", "ring", "fan")
TIRING = ("sequence", "latching", "depression")
KINDS = (*SHAPES, "onto all units", "blocks", "threshold", *TIRING)


def kind_of(index: int) -> str:
    """Return the kind of architecture number ``index``; kinds take turns."""
    return KINDS[index % len(KINDS)]


def varied_architecture(index: int) -> Architecture:
    """Return architecture number ``index`` of the kind whose turn it is.

    ============== ===========================================================================
    tree .. fan    2 to 5 networks of k winners, joined in this shape
    onto all units as those, with diversions that inhibit all units of their target
    blocks         hypercolumns, joined in one of the shapes
    threshold      units that compare their field with a threshold, joined likewise
    sequence       k winners with an edge onto themselves, late or fading, that moves them on
    latching       k winners that adapt, and others they drive
    depression     k winners whose synapses run out of transmitter
    ============== ===========================================================================

    Every architecture has diversions, of a mode drawn from the three; a quarter of all edges are
    late and a sixth fade.

    Parameters
    ----------
    index : int
        At least 0; the same index always gives the same architecture.
    """
    rng, kind = stream(index, "varied"), kind_of(index)
    count = int(rng.integers(2, 4 if kind in TIRING else 6))
    networks = [
        _network(f"n{i}", kind if i == 0 or kind not in TIRING else "tree", rng)
        for i in range(count)
    ]
    shape = kind if kind in SHAPES else str(rng.choice(SHAPES))
    # units without a prescribed activity take clipped edges
    rules = RULES[:1] if kind == "threshold" else RULES[:3]
    edges = [*_associations(shape, count, rules, rng), *_diversions(networks, rng)]
    if kind == "sequence":
        edges.append(_moving_on(rng))
    return Architecture(tuple(networks), tuple(edges))


def varied_circuit(index: int, seed: int) -> Circuit:
    """Return a circuit of an architecture whose memories are loaded to 20 to 70 % of capacity.

    Parameters
    ----------
    index : int
        Number of the architecture.
    seed : int
        Seed of patterns and pairs.
    """
    architecture = varied_architecture(index)
    circuit = Circuit(architecture)
    for name, network in architecture.nodes.items():
        rng = stream(seed, str(index), name, "patterns")
        share = rng.uniform(0.2, MOST)
        count = max(int(share * measured_capacity(_memory(network))), 3)
        circuit.store({name: draw_patterns(network, count, rng)})
    stored = {name: circuit.patterns(name) for name in architecture.nodes}
    known: dict[tuple[str, str], Pairs] = {}
    for name, edge in architecture.links.items():
        # an edge of a network onto itself has learned with it
        if edge.source != edge.target:
            _teach(circuit, edge, stored, known, kind_of(index), stream(seed, str(index), name))
    return circuit


def varied_trials(circuit: Circuit, index: int, seed: int, count: int) -> list[Trial]:
    """Return trials whose cues keep 50 to 100 % of a pattern; every second one is noisy.

    The network that the fewest associations lead to is cued, others with probability 0.35, for
    60 to 120 ms. Half of the cues have the missing units moved elsewhere, half have them erased.
    Noise of standard deviation 0.05 to 0.15 in the field comes to all networks in odd trials.

    Parameters
    ----------
    circuit : Circuit
        Whose stored patterns make the cues.
    index, seed : int
        Numbers of the architecture and of the material.
    count : int
        Number of trials.
    """
    nodes, trials = circuit.architecture.nodes, []
    first = root(circuit.architecture)
    for number in range(count):
        rng = stream(seed, str(index), "trial", number)
        cued = [name for name in nodes if name == first or rng.random() < 0.35]
        cues = [_cue(name, circuit.patterns(name), rng) for name in cued]
        amplitude = float(rng.uniform(0.05, 0.15))
        noise = [Noise(name, amplitude) for name in nodes] if number % 2 else []
        trials.append(Trial(DURATION, cues, noise))
    return trials


def _network(name: str, kind: str, rng: np.random.Generator) -> AttractorNetwork:
    units, k, rule = int(rng.choice(SIZES)), int(rng.choice(WINNERS)), _rule(RULES, rng)
    if kind == "onto all units":
        return AttractorNetwork(name, units, KWinners(k, 0.3), Willshaw())
    if kind == "threshold":
        # units without a limit to their number need more of them to hold a few patterns
        return AttractorNetwork(name, 2 * units, Threshold(0.45), Willshaw())
    if kind == "blocks":
        size, blocks = int(rng.choice((5, 8))), int(rng.choice((12, 20)))
        dynamics: Dynamics = Blocks(blocks, threshold=_least(rule))
        return AttractorNetwork(name, size * blocks, dynamics, rule)
    if kind == "sequence":
        return AttractorNetwork(name, units, KWinners(k), Covariance())
    if kind == "latching":
        tired = Adaptation(float(rng.uniform(1.1, 1.5)), float(rng.choice((100.0, 150.0, 250.0))))
        return AttractorNetwork(name, units, KWinners(k, None, adaptation=tired), Covariance())
    tires = None
    if kind == "depression":
        tires = Depression(float(rng.uniform(0.05, 0.3)), float(rng.choice((200.0, 600.0))))
    return AttractorNetwork(name, units, KWinners(k, _least(rule), depression=tires), rule)


def _rule(rules: tuple[Callable[[], Rule], ...], rng: np.random.Generator) -> Rule:
    return rules[int(rng.integers(len(rules)))]()


def _least(rule: Rule) -> float | None:
    """Return the threshold of winners: none where the fields of good patterns may be negative."""
    return None if isinstance(rule, BCPNN) else 0.0


def _memory(network: AttractorNetwork) -> AttractorNetwork:
    """Return the network as its capacity is measured: alone, under one name."""
    return replace(network, name="memory")


def _associations(
    shape: str, count: int, rules: tuple[Callable[[], Rule], ...], rng: np.random.Generator
) -> list[Edge]:
    if shape == "tree":
        ends = [(int(rng.integers(0, i)), i) for i in range(1, count)]
    elif shape == "fan":
        ends = [(0, i) for i in range(1, count)]
    else:
        ends = [(i - 1, i) for i in range(1, count)]
    if shape == "ring":
        ends.append((count - 1, 0))
    return [
        Association(f"n{i}", f"n{j}", _rule(rules, rng), **_manner(rng, 0.5, 1.5)) for i, j in ends
    ]


def _diversions(networks: list[AttractorNetwork], rng: np.random.Generator) -> list[Edge]:
    count = len(networks)
    ends = [rng.choice(count, 2, replace=False) for _ in range(int(rng.integers(1, count + 1)))]
    modes = ("subtractive", "divisive", "veto")
    return [
        Diversion(f"n{i}", f"n{j}", mode=str(rng.choice(modes)), **_manner(rng, 0.5, 2.0))
        for i, j in dict.fromkeys((int(i), int(j)) for i, j in ends)
    ]


def _manner(rng: np.random.Generator, least: float, most: float) -> dict[str, Any]:
    """Return gain, delay and fade of an edge."""
    return {
        "gain": round(float(rng.uniform(least, most)), 3),
        "delay": float(rng.choice((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 20.0, 30.0))),
        "fade": float(rng.choice((0.0, 0.0, 0.0, 0.0, 0.0, 30.0))),
    }


def _moving_on(rng: np.random.Generator) -> Edge:
    gain, rule = round(float(rng.uniform(1.2, 1.6)), 3), Sequence(Covariance())
    if rng.random() < 0.5:
        return Association("n0", "n0", rule, gain=gain, delay=float(rng.choice((40.0, 60.0, 80.0))))
    return Association("n0", "n0", rule, gain=gain, fade=float(rng.choice((30.0, 50.0))))


def _teach(
    circuit: Circuit,
    edge: Edge,
    stored: dict[str, Patterns],
    known: dict[tuple[str, str], Pairs],
    kind: str,
    rng: np.random.Generator,
) -> None:
    if isinstance(edge, Association):
        pre, post = associated_pairs(edge, stored, known, rng)
        x, y = stored[edge.source][pre], stored[edge.target][post]
        circuit.associate(edge.source, edge.target, x, y, name=edge.label)
    elif kind == "onto all units":
        # of a few patterns of the source: else whatever it does silences the target
        circuit.divert(edge.source, edge.target, stored[edge.source][::3], name=edge.label)
    else:
        pre, post = diverted_pairs(edge, stored, rng)
        x, y = stored[edge.source][pre], stored[edge.target][post]
        circuit.divert(edge.source, edge.target, x, y, name=edge.label)


def _cue(name: str, stored: Patterns, rng: np.random.Generator) -> Cue:
    pattern = stored[rng.integers(len(stored))].copy()
    active = np.flatnonzero(pattern)
    lost = rng.permutation(active)[: int(rng.uniform(0.0, 0.5) * len(active))]
    pattern[lost] = 0
    if rng.random() < 0.5:
        pattern[rng.choice(np.flatnonzero(pattern == 0), len(lost), replace=False)] = 1
    return Cue(name, pattern, 0.0, 10.0 * float(rng.integers(6, 13)))
