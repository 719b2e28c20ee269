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


def alphabets(rule: Rule) -> tuple[str, ...]:
    """Return the values, ``"01"`` and ``"±1"``, of the patterns that a rule can store."""
    if rule.values is None:
        return ()
    return ("01", "±1") if rule.values == "any" else (rule.values,)


def sample(rule: Rule, count: int, units: int, seed: int, values: str | None = None) -> Patterns:
    """Return patterns of the rule's values, or of those given; 0/1 ones have 6 active units."""
    rng = stream(seed, "patterns", units)
    if (values or rule.values) == "±1":
        return random_signs(count, units, rng)
    return random_sparse(count, units, ACTIVE, rng)


def levels_of(rule: Rule, ends: tuple[str | None, str | None] = (None, None)) -> Levels:
    """Return the nominal activities of a target of 60 and a source of 40 units.

    Parameters
    ----------
    rule : Rule
        For patterns of its own values.
    ends : (str or None, str or None)
        Values of target and source, where the rule stores any.
    """
    post, pre = (
        None if (values or rule.values) == "±1" else ACTIVE / units
        for values, units in zip(ends, (UNITS, SOURCE), strict=True)
    )
    return post, pre


def relabelling(units: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a random permutation that leaves no unit in its place."""
    cycle = rng.permutation(units)
    order = np.empty_like(cycle)
    order[cycle] = np.roll(cycle, 1)
    return order
