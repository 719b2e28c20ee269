"""Networks that tire walk from one stored pattern to the next, and rested ones stay."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_sparse
from attractors.seeding import stream

UNITS, PATTERNS = 400, 10


def visited(dynamics: at.Dynamics, x: np.ndarray, inhibition: float = 0.0) -> list[int]:
    """Stored patterns that a network passes through after a cue of 100 ms, in order.

    With inhibition a unit that adds up the activity of all others weakens each of them, by the
    inhibition while as many are active as in a pattern.
    """
    active = float(x.sum(axis=1).mean())
    networks = [
        at.AttractorNetwork("n", x.shape[1], dynamics, at.Covariance(active / x.shape[1])),
        at.AttractorNetwork("pool", 1, at.Rate(5.0, "relu", 0.0, 1.0)),
    ][: 2 if inhibition else 1]
    every = np.ones((x.shape[1], 1))
    edges = [
        at.Association("n", "pool", at.Fixed(every.T / active)),
        at.Diversion("pool", "n", at.Fixed(every), gain=inhibition),
    ][: 2 if inhibition else 0]
    circuit = at.Circuit(at.Architecture(networks, edges))
    circuit.store(n=x)
    run = at.simulate(circuit, at.Trial(1800.0, [at.Cue("n", x[0], stop=100.0)]))
    match = run.get("match", "n").values[0]
    best = match.argmax(axis=1)[match.max(axis=1) >= 0.7].tolist()
    return [one for i, one in enumerate(best) if i == 0 or one != best[i - 1]]


@pytest.mark.parametrize("seed", [0, 1])
def test_winners_that_adapt_walk_and_rested_ones_stay(seed: int) -> None:
    x = random_sparse(PATTERNS, UNITS, 20, stream(seed, "latching"))
    walk = visited(at.KWinners(20, None, adaptation=at.Adaptation(1.2, 200.0)), x)
    assert len(set(walk)) >= 3, walk
    assert visited(at.KWinners(20, None), x) == [0]
    # too weak to outweigh the difference between active and inactive units, which is 1
    assert visited(at.KWinners(20, None, adaptation=at.Adaptation(0.5, 200.0)), x) == [0]


def test_potts_units_that_adapt_walk_and_rested_ones_stay() -> None:
    draw = stream(0, "potts").integers(0, 5, (PATTERNS, UNITS // 5))
    x = np.eye(5, dtype=np.int8)[draw].reshape(PATTERNS, UNITS)
    blocks = UNITS // 5
    walk = visited(at.Blocks(blocks, threshold=None, adaptation=at.Adaptation(0.9, 200.0)), x)
    assert len(set(walk)) >= 3, walk
    assert visited(at.Blocks(blocks, threshold=None), x) == [0]


@pytest.mark.parametrize(
    "fatigue",
    [{"depression": at.Depression(0.05, 400.0)}, {"adaptation": at.Adaptation(0.6, 200.0)}],
    ids=["depression", "adaptation"],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_graded_units_that_tire_walk_and_rested_ones_stay(seed: int, fatigue) -> None:
    x = random_sparse(PATTERNS, UNITS, 40, stream(seed, "graded"))
    # a threshold below 0 wakes units that rested; the inhibition lets one pattern through
    walk = visited(at.Rate(threshold=-0.1, slope=15.0, **fatigue), x, 0.3)
    assert len(set(walk)) >= 3, walk
    assert visited(at.Rate(threshold=-0.1, slope=15.0), x, 0.3) == [0]
