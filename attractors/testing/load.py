"""How much a network holds, measured: the scale on which conformance loads its memories."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, AttractorNetwork
from attractors.circuit import Circuit
from attractors.dynamics import Blocks, KWinners
from attractors.engines.rate import RateEngine
from attractors.measures import WINNING_MATCH
from attractors.patterns import random_sparse
from attractors.protocol import Cue, Trial
from attractors.seeding import stream
from attractors.simulation import simulate

ACTIVE_SHARE = 0.06
CUES = 24
FEWEST = 3
Patterns = NDArray[np.int8]


def active_units(network: AttractorNetwork) -> int:
    """Return how many units of a network a pattern of conformance has active."""
    dynamics = network.dynamics
    if isinstance(dynamics, KWinners):
        return dynamics.k
    return dynamics.blocks if isinstance(dynamics, Blocks) else round(ACTIVE_SHARE * network.units)


def draw_patterns(network: AttractorNetwork, count: int, rng: np.random.Generator) -> Patterns:
    """Return random patterns (count, N) that a network can be in."""
    if isinstance(network.dynamics, Blocks):
        blocks = network.dynamics.blocks
        size = network.units // blocks
        chosen = rng.integers(0, size, (count, blocks))
        return np.eye(size, dtype=np.int8)[chosen].reshape(count, network.units)
    return random_sparse(count, network.units, active_units(network), rng)


@cache
def measured_capacity(network: AttractorNetwork) -> int:
    """Return how many random patterns a memory holds of which half of the cues are recalled.

    Cues are half of a pattern, given for 50 ms; it is recalled if it wins 100 ms later, on the
    rate engine. Bisection, to a sixteenth; adaptation and depression are left out.

    Parameters
    ----------
    network : AttractorNetwork
        With a recurrent memory.
    """
    rested: Any = replace(cast(Any, network.dynamics), adaptation=None, depression=None)
    alone = replace(network, dynamics=rested)
    low, high = FEWEST, 2 * FEWEST
    while _recalls(alone, high):
        low, high = high, 2 * high
    while high - low > max(1, low // 16):
        middle = (low + high) // 2
        low, high = (middle, high) if _recalls(alone, middle) else (low, middle)
    return low


def _recalls(network: AttractorNetwork, count: int) -> bool:
    rng = stream(count, str(network), "capacity")
    stored = draw_patterns(network, count, rng)
    circuit = Circuit(Architecture((network,)))
    circuit.store({network.name: stored})
    kept = rng.permuted(np.cumsum(stored[:CUES], axis=1) % 2, axis=0)
    cues = stored[:CUES] * kept
    trials = [Trial(150.0, [Cue(network.name, cue, stop=50.0)]) for cue in cues]
    run = simulate(circuit, trials, RateEngine(), record=("match",))
    final = run.final_match(network.name)
    won = final.argmax(axis=1) == np.arange(len(trials))
    return bool((won & (final.max(axis=1) >= WINNING_MATCH)).mean() >= 0.5)
