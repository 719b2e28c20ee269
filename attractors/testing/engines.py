"""Laws that every engine keeps, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association, AttractorNetwork, Diversion, Edge
from attractors.circuit import Circuit
from attractors.dynamics import KWinners
from attractors.patterns import random_sparse
from attractors.protocol import Cue, Noise, Trial
from attractors.recording import Recording
from attractors.rules import Covariance, Willshaw
from attractors.seeding import stream
from attractors.simulation import Engine, simulate

NETWORKS = (
    AttractorNetwork("image", 200, KWinners(8), Willshaw()),
    AttractorNetwork("word", 120, KWinners(6), Covariance()),
    AttractorNetwork("context", 100, KWinners(5), Willshaw()),
)
EDGES: tuple[Edge, ...] = (
    Association("image", "word", gain=1.2),
    Association("context", "word", Covariance(), gain=0.7),
    Association("word", "image", gain=0.6, delay=20.0),
    Diversion("context", "word", gain=0.9, mode="veto"),
    Diversion("context", "image", gain=0.8),
    Diversion("word", "context", gain=0.6),
)
IDLE: tuple[Edge, ...] = (
    Association("context", "image", gain=0.0),
    Diversion("image", "word", gain=0.0, mode="veto"),
    Diversion("image", "context", gain=0.0, delay=50.0),
)
BYSTANDER = AttractorNetwork("bystander", 150, KWinners(5), Willshaw())
PATTERNS = 5


def check_engine(engine: str | Engine, seed: int = 0) -> None:
    """Hold an engine against the laws that need no second engine.

    The same seed gives the same states; an edge of gain 0 equals no edge; the order in which
    networks and edges are declared, what is recorded, and an unconnected further network change
    no state, noise included; and without noise a batch equals its trials run one by one.

    Parameters
    ----------
    engine : str or engine
        The engine, or its name.
    seed : int
        Seed of patterns, cues and noise.

    Raises
    ------
    AssertionError
        If a law is broken, saying which and in what network.
    """
    noisy = _trials(seed, noise=0.05)
    plain = _run(engine, _circuit(seed), noisy, seed)
    _require_equal("two runs of one seed", plain, _run(engine, _circuit(seed), noisy, seed))
    idle = _circuit(seed, edges=(*EDGES, *IDLE))
    _require_equal("edges of gain 0", plain, _run(engine, idle, noisy, seed))
    turned = _circuit(seed, NETWORKS[::-1], EDGES[::-1])
    _require_equal("declaration in reverse order", plain, _run(engine, turned, noisy, seed))
    joined = _circuit(seed, (BYSTANDER, *NETWORKS))
    _require_equal("an unconnected network", plain, _run(engine, joined, noisy, seed))
    more = simulate(_circuit(seed), noisy, engine, seed=seed, record=("match", "state", "overlap"))
    _require_equal("a further recorder", plain, more)
    quiet = _trials(seed, noise=0.0)
    together = _run(engine, _circuit(seed), quiet, seed)
    for row, trial in enumerate(quiet):
        alone = _run(engine, _circuit(seed), [trial], seed)
        _require_equal(f"trial {row} on its own", together, alone, slice(row, row + 1))


def _circuit(
    seed: int,
    networks: Sequence[AttractorNetwork] = NETWORKS,
    edges: Sequence[Edge] = EDGES,
) -> Circuit:
    circuit = Circuit(Architecture(tuple(networks), tuple(edges)))
    stored = {net.name: _patterns(net, seed) for net in networks}
    for name, patterns in stored.items():
        circuit.store({name: patterns})
    for edge in edges:
        teach = circuit.associate if isinstance(edge, Association) else circuit.divert
        # a diversion avoids the pattern after the one that an association leads to
        y = np.roll(stored[edge.target], isinstance(edge, Diversion), axis=0)
        teach(edge.source, edge.target, stored[edge.source], y)
    return circuit


def _patterns(network: AttractorNetwork, seed: int) -> NDArray[np.int8]:
    k = round((network.activity or 0.0) * network.units)
    return random_sparse(PATTERNS, network.units, k, stream(seed, network.name, "law"))


def _trials(seed: int, noise: float) -> list[Trial]:
    stored = {net.name: _patterns(net, seed) for net in NETWORKS}
    return [
        Trial(
            200.0,
            [
                Cue("image", stored["image"][row], stop=100.0, strength=0.9),
                Cue("context", stored["context"][(row + 1) % PATTERNS], 20.0 * row, 120.0),
            ],
            [Noise(net.name, noise) for net in NETWORKS if noise],
        )
        for row in range(3)
    ]


def _run(engine: str | Engine, circuit: Circuit, trials: list[Trial], seed: int) -> Recording:
    return simulate(circuit, trials, engine, seed=seed, record=("state",))


def _require_equal(
    what: str, plain: Recording, other: Recording, rows: slice = slice(None)
) -> None:
    for network in (net.name for net in NETWORKS):
        wanted = plain.get("state", network).values[rows]
        found = other.get("state", network).values
        if not np.array_equal(wanted, found):
            trial, step, unit = (int(i) for i in np.argwhere(wanted != found)[0])
            raise AssertionError(
                f"{plain.engine} engine: {what} changes {network!r}, first unit {unit} of trial "
                f"{trial} in step {step}: {found[trial, step, unit]:g} instead of "
                f"{wanted[trial, step, unit]:g}."
            )
