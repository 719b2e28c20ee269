"""Rules compared in a network of hypercolumns whose cues have some units wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.catalog import Measured
from attractors.dynamics import Blocks, Linear
from attractors.memory import Memory
from attractors.rules import (
    BCPNN,
    Correlation,
    Covariance,
    KeyValue,
    PresynapticCovariance,
    Rule,
    Willshaw,
)
from attractors.seeding import stream
from attractors.verify.families.crossing import falls_below
from attractors.verify.families.family import Family, whole
from attractors.verify.row import Parameters

SETS, SEEDS = 12, 5
RULES: dict[str, Rule] = {
    # how often units were active together
    "hopfield": KeyValue(Linear()),
    "willshaw": Willshaw(),
    "covariance": Covariance(),
    "presynCov": PresynapticCovariance(),
    "correlation": Correlation(),
    "bcpnn": BCPNN(),
    "bcpnn_nobias": BCPNN(biased=False),
}


def capacity(parameters: Parameters, seed: int) -> Measured:
    """Measure the number of patterns of which 90 % come back exactly."""
    blocks, size, wrong = (whole(parameters, name) for name in ("H", "M", "HC"))
    rule = RULES[str(parameters["rule"])]

    def found(number: int) -> float:
        return falls_below(lambda load: _share(rule, (blocks, size, wrong), load, (seed, number)))

    return Measured.mean([found(number) for number in range(SEEDS)])


def _share(rule: Rule, shape: tuple[int, int, int], load: int, key: tuple[int, int]) -> float:
    """Return the share of cues that come back exactly, over several sets of patterns."""
    blocks, size, wrong = shape
    draw = stream(key[0], "modular", key[1], load)
    exact, rows = [], np.arange(load)[:, None]
    for _ in range(SETS):
        winners = draw.integers(0, size, (load, blocks))
        damaged = winners.copy()
        where = np.argsort(draw.random((load, blocks)), axis=1)[:, :wrong]
        shift = draw.integers(1, size, (load, wrong))
        damaged[rows, where] = (winners[rows, where] + shift) % size
        memory = Memory(blocks * size, Blocks(blocks, threshold=None), rule)
        memory.store(_one_of_each(winners, size))
        recalled = memory.recall(_one_of_each(damaged, size))
        exact.append((recalled == _one_of_each(winners, size)).all(axis=1))
    return float(np.mean(exact))


def _one_of_each(winners: NDArray[np.int64], size: int) -> NDArray[np.int8]:
    """Return 0/1 patterns in which one unit of each block is active."""
    active = winners[:, :, None] == np.arange(size)
    return np.asarray(active.reshape(len(winners), -1), np.int8)


def _large(parameters: Parameters) -> bool:
    return whole(parameters, "H") * whole(parameters, "M") > 100


_UNKNOWN = (
    "Counts of coincidences as weights hold more than this program's author measured, with any "
    "threshold and tie that was tried; how that was done is not known."
)
FAMILIES = (
    Family("mod", capacity, slow=_large),
    Family("mod_16_16_hopfield", capacity, slow=_large, note=_UNKNOWN),
)
