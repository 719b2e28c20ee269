"""Hopfield's content-addressable memory of binary units.

Units update one after the other in random order and each step lowers an energy, so a damaged
memory rolls down to the stored one. `attractors run` shows 10 memories of 100 units, recalled
with 15 of their 100 units flipped.

The paper's own units are 0 or 1 with a threshold of 0; it notes that -1 and +1, used since,
double the information stored. In ±1 variables its algorithm is the field
h_i = Σ_j T_ij s_j + Σ_j T_ij, which is how the first claim runs it.
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


def wrong(seed: int, memories: int, units: int = 1000, matrices: int = 10) -> at.Measured:
    """Measure the share of units that one update of a memory gets wrong."""
    return at.Measured.mean(
        [
            float((after != before).mean())
            for before, after in _one_step(seed, memories, units, matrices)
        ]
    )


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


_HERTZ = "Hertz, Krogh & Palmer (1991), Introduction to the Theory of Neural Computation, Table 2.1"

CLAIMS = (
    at.Claim(
        "0/1 units, N = 100, 10 memories: share recalled without an error",
        published=0.6,
        tolerance=0.05,
        source="Hopfield (1982), p. 2556, simulation of Fig. 2 (one digit printed)",
        measure=original,
    ),
    *(
        at.Claim(
            f"±1 units, load {memories / 1000:g}: share of units that one update gets wrong",
            published=share,
            tolerance=tolerance,
            source=_HERTZ,
            measure=partial(wrong, memories=memories),
        )
        # the table prints the loads with two or three digits, hence the tolerances
        for memories, share, tolerance in (
            (138, 0.0036, 0.0003),
            (185, 0.01, 0.0005),
            (370, 0.05, 0.001),
            (610, 0.1, 0.001),
        )
    ),
)
