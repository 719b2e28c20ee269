"""Random architectures, what they store and how they are cued: the material of conformance.

Three independent draws, each from streams keyed by name: :func:`random_architecture` declares a
graph, :func:`random_circuit` stores random patterns in any graph of k-winner networks, and
:func:`random_trials` cues it. Your own architecture can take the place of the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association, AttractorNetwork, Diversion, Edge
from attractors.circuit import Circuit
from attractors.dynamics import KWinners
from attractors.errors import UnsupportedError
from attractors.patterns import random_sparse
from attractors.protocol import Cue, Trial
from attractors.rules import Covariance, Rule, Willshaw
from attractors.seeding import stream

DURATION = 400.0
PART = "inner"
Patterns = NDArray[np.int8]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


def random_architecture(index: int) -> Architecture:
    """Return architecture number ``index``: 2 to 6 networks of k winners, joined at random.

    Networks have 100 to 400 units of which 5 to 20 win, and a Willshaw or covariance memory.
    Associations form a tree, so that activity can reach every network, plus at random further
    ones forward and back; on top come one or more diversions, subtractive or veto. Gains are
    uniform in 0.5 to 2, some edges have delays, and in every second architecture of three or
    more networks some of them sit in a nested part.

    Parameters
    ----------
    index : int
        At least 0; the same index always gives the same architecture.
    """
    rng = stream(index, "architecture")
    count = int(rng.integers(2, 7))
    nested = set(rng.permutation(count)[: rng.integers(1, count)]) if rng.random() < 0.5 else set()
    names = [f"{PART}/n{i}" if i in nested and count > 2 else f"n{i}" for i in range(count)]
    networks = {name: _network(name, rng) for name in names}
    edges = [*_associations(names, rng), *_diversions(names, rng)]
    return _nested(networks, edges)


def random_circuit(architecture: Architecture, seed: int) -> Circuit:
    """Return a circuit in which every network and edge has learned random patterns.

    Networks store 3 to 12 patterns, fewer where they would overfill a Willshaw memory. An
    association takes each pattern of its source to a random one of its target; where the
    opposite edge exists, both learn the same pairs. A diversion leads each pattern of its
    source away from one to three of the target's, or, one time in five, from all units.

    Parameters
    ----------
    architecture : Architecture
        Of :class:`~attractors.KWinners` networks.
    seed : int
        The same seed and architecture always give the same circuit.

    Raises
    ------
    UnsupportedError
        If a network has other dynamics.
    """
    circuit = Circuit(architecture)
    for name, network in architecture.nodes.items():
        rng = _stream(seed, architecture, name, "patterns")
        circuit.store({name: _patterns(network, name, rng)})
    stored = {name: circuit.patterns(name) for name in architecture.nodes}
    known: dict[tuple[str, str], Pairs] = {}
    for name, edge in architecture.links.items():
        rng = _stream(seed, architecture, name, "pairs")
        if isinstance(edge, Association):
            pre, post = associated_pairs(edge, stored, known, rng)
            x, y = stored[edge.source][pre], stored[edge.target][post]
            circuit.associate(edge.source, edge.target, x, y, name=name)
        elif rng.random() < 0.2:
            circuit.divert(edge.source, edge.target, stored[edge.source], name=name)
        else:
            pre, post = diverted_pairs(edge, stored, rng)
            x, y = stored[edge.source][pre], stored[edge.target][post]
            circuit.divert(edge.source, edge.target, x, y, name=name)
    return circuit


def random_trials(circuit: Circuit, seed: int, count: int) -> list[Trial]:
    """Return trials that cue some of the networks and leave the others to their edges.

    The network that the fewest associations lead to, and each other one with probability 0.35,
    gets a cue of 100 to 160 ms: half of a stored pattern, all of it, or one pattern with half
    of a second. A third of the cues start late, by 50 ms at most.

    Parameters
    ----------
    circuit : Circuit
        Whose stored patterns make the cues.
    seed : int
        Trial number ``i`` of a seed is the same whatever the count.
    count : int
        Number of trials.
    """
    streams = (_stream(seed, circuit.architecture, "trial", index) for index in range(count))
    return [_trial(circuit, rng) for rng in streams]


def _stream(seed: int, architecture: Architecture, *key: str | int) -> np.random.Generator:
    # keyed by the whole graph: else trial 3 would cue in the same way in every architecture
    return stream(seed, str(architecture), *key)


def _network(name: str, rng: np.random.Generator) -> AttractorNetwork:
    units = int(rng.integers(100, 401))
    k = int(rng.integers(5, min(20, units // 10) + 1))
    return AttractorNetwork(name.split("/")[-1], units, KWinners(k), _rule(rng))


def _rule(rng: np.random.Generator) -> Rule:
    return Willshaw() if rng.random() < 0.5 else Covariance()


def _gain(rng: np.random.Generator) -> float:
    return round(float(rng.uniform(0.5, 2.0)), 3)


def _delay(rng: np.random.Generator) -> float:
    return float(rng.choice([0.0, 0.0, 0.0, 20.0, 30.0]))


def _associations(names: list[str], rng: np.random.Generator) -> list[Edge]:
    """Return a tree from the first network on, with some edges beside it and back."""
    ends = [(names[int(rng.integers(0, i))], names[i]) for i in range(1, len(names))]
    if rng.random() < 0.5:
        i, j = sorted(rng.choice(len(names), 2, replace=False))
        ends.append((names[i], names[j]))
    if rng.random() < 0.4:
        ends.append(ends[int(rng.integers(0, len(names) - 1))][::-1])
    return [
        Association(source, target, _rule(rng), gain=_gain(rng), delay=_delay(rng))
        for source, target in dict.fromkeys(ends)
    ]


def _diversions(names: list[str], rng: np.random.Generator) -> list[Edge]:
    ends = []
    for _ in range(int(rng.integers(1, len(names) + 1))):
        source, target = rng.choice(names, 2, replace=False)
        ends.append((str(source), str(target)))
    modes = ("subtractive", "veto")
    return [
        Diversion(source, target, gain=_gain(rng), delay=_delay(rng), mode=str(rng.choice(modes)))
        for source, target in dict.fromkeys(ends)
    ]


def _nested(networks: Mapping[str, AttractorNetwork], edges: list[Edge]) -> Architecture:
    """Return the architecture in which names with a prefix are declared inside the part."""
    start = f"{PART}/"
    names = {name for name in networks if name.startswith(start)}
    own = [network for name, network in networks.items() if name not in names]
    held = [networks[name] for name in networks if name in names]
    within = [edge for edge in edges if {edge.source, edge.target} <= names]
    inside = [
        replace(edge, source=edge.source[len(start) :], target=edge.target[len(start) :])
        for edge in within
    ]
    parts = {PART: Architecture(tuple(held), tuple(inside))} if held else {}
    return Architecture(tuple(own), tuple(edge for edge in edges if edge not in within), parts)


def _patterns(network: AttractorNetwork, name: str, rng: np.random.Generator) -> Patterns:
    if not isinstance(network.dynamics, KWinners):
        raise UnsupportedError(
            f"random_circuit, network {name!r}: {type(network.dynamics).__name__} prescribes no "
            "number of active units; use KWinners."
        )
    k = network.dynamics.k
    count = int(rng.integers(3, 13))
    while count > 3 and _spurious(network.units, k, count) > 0.01:
        count -= 1
    return random_sparse(count, network.units, k, rng)


def _spurious(units: int, k: int, count: int) -> float:
    """Return how many wrong units a half cue would wake in a Willshaw memory (expected)."""
    filled = 1.0 - (1.0 - (k / units) ** 2) ** count
    return float(units * filled ** ceil(k / 2))


def associated_pairs(
    edge: Edge,
    stored: Mapping[str, Patterns],
    known: dict[tuple[str, str], Pairs],
    rng: np.random.Generator,
) -> Pairs:
    """Return which pattern of its source an association takes to which of its target."""
    back = known.get((edge.target, edge.source))
    if back is None:
        pre = np.arange(len(stored[edge.source]))
        post = rng.integers(0, len(stored[edge.target]), len(pre))
    else:
        # one source for each target, so that the way back is unambiguous
        pre, first = np.unique(back[1], return_index=True)
        post = back[0][first]
    known[edge.source, edge.target] = pre, post
    return pre, post


def diverted_pairs(edge: Edge, stored: Mapping[str, Patterns], rng: np.random.Generator) -> Pairs:
    """Return from which patterns of its target each pattern of its source leads away."""
    sources, targets = len(stored[edge.source]), len(stored[edge.target])
    # more would also cut most units out of the patterns that are left
    count = min(targets // 2, 3)
    avoided = [rng.permutation(targets)[:count] for _ in range(sources)]
    return np.repeat(np.arange(sources), count), np.concatenate(avoided)


def _trial(circuit: Circuit, rng: np.random.Generator) -> Trial:
    first = root(circuit.architecture)
    cued = [n for n in circuit.architecture.nodes if rng.random() < 0.35 or n == first]
    return Trial(DURATION, [_cue(name, circuit.patterns(name), rng) for name in cued])


def root(architecture: Architecture) -> str:
    """Return the network that the fewest associations lead to."""
    into = [edge.target for edge in architecture.links.values() if isinstance(edge, Association)]
    return min(architecture.nodes, key=lambda name: (into.count(name), name.split("/")[-1]))


def _cue(name: str, stored: Patterns, rng: np.random.Generator) -> Cue:
    first, second = rng.choice(len(stored), 2, replace=False)
    kind = rng.choice(["half", "full", "overlay"], p=[0.6, 0.15, 0.25])
    pattern = _half(stored[first], rng) if kind == "half" else stored[first]
    if kind == "overlay":
        pattern = np.maximum(pattern, _half(stored[second], rng))
    start = 0.0 if rng.random() < 2 / 3 else float(rng.choice([20.0, 50.0]))
    return Cue(name, pattern, start, start + 10.0 * float(rng.integers(10, 17)))


def _half(pattern: Patterns, rng: np.random.Generator) -> Patterns:
    active = np.flatnonzero(pattern)
    kept = np.zeros_like(pattern)
    kept[rng.choice(active, ceil(len(active) / 2), replace=False)] = 1
    return kept
