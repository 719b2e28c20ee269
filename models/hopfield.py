"""Hopfield's content-addressable memory of binary units.

Units update one after the other in random order and each step lowers an energy, so a damaged
memory rolls down to the stored one. `attractors run` shows 10 memories of 100 units, recalled
with 15 of their 100 units flipped.

The paper's own units are 0 or 1 with a threshold of 0; it notes that -1 and +1, used since,
double the information stored. In ±1 variables its algorithm is the field
h_i = Σ_j T_ij s_j + Σ_j T_ij, which is how the first claim runs it. Of the paper's rounder
statements, "about half" of 15 memories within 5 errors comes out lower here (0.29 with its 0/1
units) and is not among the claims.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

import attractors as at
from attractors.seeding import stream

REFERENCE = "Hopfield (1982), PNAS 79:2554, doi:10.1073/pnas.79.8.2554"
ENGINES = ("rate",)

UNITS = 100
MEMORIES = 10


def build(seed: int = 0) -> at.Circuit:
    """Return a network of the paper's size with ten random memories."""
    circuit = at.Circuit(at.Architecture([_network(UNITS)]))
    circuit.store(memory=at.patterns.random_signs(MEMORIES, UNITS, stream(seed, "memories")))
    return circuit


def trials(circuit: at.Circuit, seed: int = 0) -> list[at.Trial]:
    """Return two trials a memory, each from a state with 15 of 100 units flipped."""
    memories = np.repeat(circuit.patterns("memory"), 2, axis=0)
    damaged = at.patterns.flip(memories, 0.15, stream(seed, "damage"))
    return at.Trial.batch(200.0, {"memory": damaged}, stop=10.0, mode="clamped")


def original(seed: int, memories: int = 10, units: int = 100, matrices: int = 100) -> at.Measured:
    """Measure the share of memories without an error, with the 0/1 units of the paper."""
    shares = []
    for index in range(matrices):
        patterns = _random(seed, "original", index, memories, units)
        # raw weights as the field, so that a field of 0 is exactly 0 and keeps its unit
        circuit = at.Circuit(at.Architecture([_network(units, gain=units)]))
        circuit.store(memory=patterns)
        bias = patterns.sum(axis=1) @ patterns.astype(int) - memories
        runs = [at.Trial(1000.0, [_start(pattern), at.Cue("memory", bias)]) for pattern in patterns]
        engine = at.RateEngine(stop_when_settled=True)
        recording = at.simulate(circuit, runs, engine, seed=seed + index, record="state")
        final = recording.get("state", "memory").values[:, -1]
        shares.append(float((final == patterns).all(axis=1).mean()))
    return at.Measured.mean(shares)


def fixed(seed: int, memories: int, units: int = 1000, matrices: int = 10) -> at.Measured:
    """Measure the share of memories that one update of all units leaves as they are."""
    return at.Measured.mean(
        [
            float((after == before).all(axis=1).mean())
            for before, after in _one_step(seed, memories, units, matrices)
        ]
    )


def wrong(seed: int, memories: int, units: int = 1000, matrices: int = 10) -> at.Measured:
    """Measure the share of units that one update of a memory gets wrong."""
    return at.Measured.mean(
        [
            float((after != before).mean())
            for before, after in _one_step(seed, memories, units, matrices)
        ]
    )


def kept(seed: int, memories: int, units: int = 500, matrices: int = 20) -> at.Measured:
    """Measure the share of memories that, left to settle, keep an overlap above 0.9."""
    shares = []
    for index in range(matrices):
        patterns = _random(seed, "kept", index, memories, units)
        memory = at.Memory(units, at.Sign(order="asynchronous"), seed=seed + index)
        memory.store(patterns)
        overlaps = (memory.recall(patterns, steps=200) * patterns).mean(axis=1)
        shares.append(float((overlaps > 0.9).mean()))
    return at.Measured.mean(shares)


def _network(units: int, gain: float = 1.0) -> at.AttractorNetwork:
    return at.AttractorNetwork(
        "memory", units, at.Sign(order="asynchronous"), at.Hebbian(), gain=gain
    )


def _start(pattern: NDArray[np.int8]) -> at.Cue:
    return at.Cue("memory", pattern, stop=10.0, mode="clamped")


def _random(seed: int, name: str, index: int, memories: int, units: int) -> NDArray[np.int8]:
    return at.patterns.random_signs(memories, units, stream(seed, name, index))


def _one_step(
    seed: int, memories: int, units: int, matrices: int
) -> list[tuple[NDArray[np.int8], NDArray[np.int8]]]:
    """Return the memories of each matrix and what one synchronous update makes of them."""
    pairs = []
    for index in range(matrices):
        patterns = _random(seed, "one step", index, memories, units)
        memory = at.Memory(units, at.Sign())
        memory.store(patterns)
        pairs.append((patterns, memory.recall(patterns, steps=1)))
    return pairs


_MCELIECE = "McEliece et al. (1987), IEEE-IT 33:461, doi:10.1109/TIT.1987.1057328; at this N: "
_AMIT = "Amit, Gutfreund & Sompolinsky (1985), doi:10.1103/PhysRevLett.55.1530; at this N: "
_SIMULATION = "reference simulation"

CLAIMS = (
    at.Claim(
        "0/1 units, N = 100, 10 memories: share recalled without an error",
        published=0.6,
        tolerance=0.05,
        source="Hopfield (1982), p. 2556, simulation of Fig. 2 (one digit printed)",
        measure=original,
    ),
    at.Claim(
        "±1 units, N = 1000, 72 memories = N / (2 ln N): share exactly fixed",
        published=0.929,
        tolerance=0.03,
        source=_MCELIECE + _SIMULATION,
        measure=partial(fixed, memories=72),
    ),
    at.Claim(
        "±1 units, N = 1000, 109 memories = 1.5 N / (2 ln N): share exactly fixed",
        published=0.358,
        tolerance=0.03,
        source=_MCELIECE + _SIMULATION,
        measure=partial(fixed, memories=109),
    ),
    at.Claim(
        "±1 units, load 0.185: share of units that one update gets wrong",
        published=0.01,
        tolerance=0.0005,
        source="Hertz, Krogh & Palmer (1991), Table 2.1",
        measure=partial(wrong, memories=185),
    ),
    at.Claim(
        "±1 units, N = 500, load 0.138: share that keeps an overlap above 0.9",
        published=0.917,
        tolerance=0.032,
        source=_AMIT + _SIMULATION,
        measure=partial(kept, memories=69),
    ),
    at.Claim(
        "±1 units, N = 500, load 0.16: share that keeps an overlap above 0.9",
        published=0.696,
        tolerance=0.052,
        source=_AMIT + _SIMULATION,
        measure=partial(kept, memories=80),
    ),
)
