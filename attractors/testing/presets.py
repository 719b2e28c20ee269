"""Circuits that every preset of free-running units has a form of: the material to compare them on.

Five kinds take turns, so that agreement can be told kind by kind: recall by one recurrent memory,
recall by way of an association, and a diversion of each mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from attractors.architecture import Architecture, Association, AttractorNetwork, Diversion, Edge
from attractors.circuit import Circuit
from attractors.dynamics import KWinners
from attractors.engines.spiking.neurons import AdEx, Conductance, CurrentLIF, Neurons
from attractors.protocol import Cue, Noise, Trial
from attractors.rules import Covariance, Rule, Willshaw
from attractors.seeding import stream
from attractors.testing.architectures import Pairs, Patterns, associated_pairs, diverted_pairs
from attractors.testing.load import draw_patterns, measured_capacity

DURATION = 400.0
# shares of the measured capacity that memories are loaded to
LEAST, MOST = 0.2, 0.7
SIZES, WINNERS = (100, 150, 200, 300), (6, 8, 10, 12, 16)
MODES = ("subtractive", "divisive", "veto")
PRESET_KINDS = ("recall", "association", *MODES)
PRESETS: dict[str, Neurons] = {
    "current-lif": CurrentLIF(),
    "conductance": Conductance(),
    "adex": AdEx(),
}


def preset_kind(index: int) -> str:
    """Return the kind of architecture number ``index``; kinds take turns."""
    return PRESET_KINDS[index % len(PRESET_KINDS)]


def preset_architecture(index: int, signed: bool = True) -> Architecture:
    """Return architecture number ``index`` of the kind whose turn it is.

    ============ ==============================================================================
    recall       one network of k winners
    association  a chain of two or three networks
    the modes    two networks, the first of which diverts the second; half of the time it is
                 associated with it, too
    ============ ==============================================================================

    Gains are 0.5 to 1.5, of diversions 0.5 to 2. No edge is late: receptors that saturate do not
    allow it.

    Parameters
    ----------
    index : int
        At least 0; the same index always gives the same architecture.
    signed : bool
        Whether rules may have negative weights, which conductances cannot have.
    """
    rng, kind = stream(index, "presets"), preset_kind(index)
    count = {"recall": 1, "association": int(rng.integers(2, 4))}.get(kind, 2)
    networks = [
        AttractorNetwork(
            f"n{i}", int(rng.choice(SIZES)), KWinners(int(rng.choice(WINNERS))), _rule(signed, rng)
        )
        for i in range(count)
    ]
    edges: list[Edge] = []
    for i in range(1, count):
        # drawn in any case, so that the modes differ in nothing else
        association = Association(f"n{i - 1}", f"n{i}", _rule(signed, rng), gain=_gain(1.5, rng))
        if rng.random() < 0.5 or kind == "association":
            edges.append(association)
    if kind in MODES:
        edges.append(Diversion("n0", "n1", mode=kind, gain=_gain(2.0, rng)))
    return Architecture(tuple(networks), tuple(edges))


def preset_circuit(indices: Sequence[int], seed: int, signed: bool = True) -> Circuit:
    """Return circuits side by side, architecture number i as part ``c<i>``; nothing joins them.

    Side by side they take a fraction of the time that they take one by one. Memories are loaded to
    20 to 70 % of their measured capacity.

    Parameters
    ----------
    indices : sequence of int
        Numbers of the architectures.
    seed : int
        Of patterns and pairs.
    signed : bool
        Whether rules may have negative weights.
    """
    parts = {f"c{index}": preset_architecture(index, signed) for index in indices}
    circuit = Circuit(Architecture((), (), parts))
    for name, network in circuit.architecture.nodes.items():
        rng = stream(seed, name, "patterns")
        held = measured_capacity(replace(network, name="memory"))
        count = max(int(rng.uniform(LEAST, MOST) * held), 3)
        circuit.store({name: draw_patterns(network, count, rng)})
    stored = {name: circuit.patterns(name) for name in circuit.architecture.nodes}
    known: dict[tuple[str, str], Pairs] = {}
    for name, edge in circuit.architecture.links.items():
        rng = stream(seed, name, "pairs")
        if isinstance(edge, Association):
            pre, post = associated_pairs(edge, stored, known, rng)
            teach = circuit.associate
        else:
            pre, post = diverted_pairs(edge, stored, rng)
            teach = circuit.divert
        x, y = stored[edge.source][pre], stored[edge.target][post]
        teach(edge.source, edge.target, x, y, name=name)
    return circuit


def number_of(network: str) -> int:
    """Return the number of the architecture that a network of :func:`preset_circuit` is in."""
    return int(network.split("/")[0][1:])


def preset_trials(circuit: Circuit, seed: int, count: int) -> list[Trial]:
    """Return trials that cue the first network of every part, and the target of a diversion.

    Cues last for 100 to 160 ms. Of the first network's 0 to 50 % are erased, half of the time
    moved elsewhere instead; the target of a diversion gets a pattern overlaid by half of another.
    Noise of standard deviation 0.05 to 0.15 in the field comes to all networks in odd trials.

    Parameters
    ----------
    circuit : Circuit
        Of :func:`preset_circuit`.
    seed : int
        Of the cues.
    count : int
        Number of trials.
    """
    trials = []
    for number in range(count):
        cues, noise = [], []
        for name in circuit.architecture.nodes:
            rng = stream(seed, name, "trial", number)
            stop, stored = 10.0 * float(rng.integers(10, 17)), circuit.patterns(name)
            amplitude = float(rng.uniform(0.05, 0.15))
            if name.endswith("n0"):
                cues.append(Cue(name, _degraded(stored, rng), 0.0, stop))
            elif preset_kind(number_of(name)) in MODES:
                cues.append(Cue(name, _overlaid(stored, rng), 0.0, stop))
            if number % 2:
                noise.append(Noise(name, amplitude))
        trials.append(Trial(DURATION, cues, noise))
    return trials


def _rule(signed: bool, rng: np.random.Generator) -> Rule:
    drawn = Willshaw() if rng.random() < 0.5 else Covariance()
    return drawn if signed else Willshaw()


def _gain(most: float, rng: np.random.Generator) -> float:
    return round(float(rng.uniform(0.5, most)), 3)


def _degraded(stored: Patterns, rng: np.random.Generator) -> Patterns:
    pattern: Patterns = stored[rng.integers(len(stored))].copy()
    active = np.flatnonzero(pattern)
    lost = rng.permutation(active)[: int(rng.uniform(0.0, 0.5) * len(active))]
    pattern[lost] = 0
    if rng.random() < 0.5:
        pattern[rng.choice(np.flatnonzero(pattern == 0), len(lost), replace=False)] = 1
    return pattern


def _overlaid(stored: Patterns, rng: np.random.Generator) -> Patterns:
    first, second = rng.choice(len(stored), 2, replace=False)
    active = np.flatnonzero(stored[second])
    pattern: Patterns = stored[first].copy()
    pattern[rng.permutation(active)[: len(active) // 2]] = 1
    return pattern
