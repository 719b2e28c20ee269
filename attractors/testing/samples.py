"""Small random patterns that suit a rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.patterns import random_signs, random_sparse
from attractors.rules import Rule
from attractors.seeding import stream

UNITS, SOURCE, ACTIVE = 60, 40, 6
Patterns = NDArray[np.int8]
Levels = tuple[float | None, float | None]


def sample(rule: Rule, count: int, units: int, seed: int) -> Patterns:
    """Return patterns of the rule's values; 0/1 ones have 6 active units."""
    rng = stream(seed, "patterns", units)
    if rule.values == "±1":
        return random_signs(count, units, rng)
    return random_sparse(count, units, ACTIVE, rng)


def levels_of(rule: Rule) -> Levels:
    """Return the nominal activities of a target of 60 and a source of 40 units."""
    return (None, None) if rule.values == "±1" else (ACTIVE / UNITS, ACTIVE / SOURCE)


def relabelling(units: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a random permutation that leaves no unit in its place."""
    cycle = rng.permutation(units)
    order = np.empty_like(cycle)
    order[cycle] = np.roll(cycle, 1)
    return order
