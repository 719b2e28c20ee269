"""The laws of learning rules."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import KWinners, Sign
from attractors.rules import Rule
from attractors.seeding import stream
from attractors.synapses import synapses_for
from attractors.testing.dynamics import check_recall
from attractors.testing.require import close, require
from attractors.testing.samples import (
    ACTIVE,
    SOURCE,
    UNITS,
    Levels,
    Patterns,
    levels_of,
    relabelling,
    sample,
)


def check_rule(rule: Rule, seed: int = 0) -> None:
    """Hold a rule against the laws of learning.

    What it says of itself is true (``order_free``, ``symmetric``, ``signed``, ``clipped``),
    relabelled units get relabelled weights, patterns stay untouched, gain 1 separates active
    from inactive units by the difference of their values, and one stored pattern is recalled.

    Parameters
    ----------
    rule : Rule
        For patterns of like ends; one that stores none (``values=None``) must learn nothing.
    seed : int
        Seed of the random patterns.
    """
    who = type(rule).__name__
    post, pre = (sample(rule, 5, units, seed) for units in (UNITS, SOURCE))
    levels = levels_of(rule)
    kept = post.copy(), pre.copy()
    weights = _learned(rule, [(post, pre)], levels)
    require(
        np.array_equal(post, kept[0]) and np.array_equal(pre, kept[1]),
        f"{who} changes the patterns that it learns",
    )
    if rule.values is None:
        return
    _check_order(rule, post, pre, levels, weights)
    _check_relabelling(rule, post, pre, levels, weights, seed)
    _check_claims(rule, post, levels, weights)
    _check_gain(rule, post[:1], pre[:1], levels)
    check_recall(rule, KWinners(ACTIVE) if rule.values == "01" else Sign(), seed)


def _check_order(
    rule: Rule, post: Patterns, pre: Patterns, levels: Levels, weights: NDArray[Any]
) -> None:
    if not rule.order_free:
        return
    first, second = (post[:2], pre[:2]), (post[2:], pre[2:])
    for name, lessons in (("A then B", [first, second]), ("B then A", [second, first])):
        require(
            close(_learned(rule, lessons, levels), weights),
            f"{type(rule).__name__} claims order_free, but storing {name} differs from A+B at once",
        )


def _check_relabelling(
    rule: Rule, post: Patterns, pre: Patterns, levels: Levels, weights: NDArray[Any], seed: int
) -> None:
    rng = stream(seed, "relabelling")
    rows, columns = relabelling(UNITS, rng), relabelling(SOURCE, rng)
    moved = _learned(rule, [(post[:, rows], pre[:, columns])], levels)
    require(
        close(moved, weights[rows][:, columns]),
        f"{type(rule).__name__}: relabelled units do not get the relabelled weights",
    )


def _check_claims(rule: Rule, post: Patterns, levels: Levels, weights: NDArray[Any]) -> None:
    who = type(rule).__name__
    own = _learned(rule, [(post, post)], (levels[0], levels[0]))
    require(
        not rule.symmetric or close(own, own.T), f"{who} claims symmetric weights; they are not"
    )
    require(
        rule.signed or bool((weights >= 0).all()), f"{who} claims unsigned weights, some are < 0"
    )
    require(
        not rule.clipped or bool(np.isin(weights, (0, 1)).all()),
        f"{who} claims clipped weights, some are neither 0 nor 1",
    )


def _check_gain(rule: Rule, post: Patterns, pre: Patterns, levels: Levels) -> None:
    """Require that a pure source pattern separates the target's units by their values."""
    synapses = synapses_for(rule, (UNITS, SOURCE), recurrent=False)
    synapses.learn(post, pre, levels)
    field = synapses.field(pre.astype(float))[0] * rule.factor(SOURCE, float((pre > 0).mean()))
    high, low = field[post[0] > 0].mean(), field[post[0] <= 0].mean()
    wanted = 2.0 if rule.values == "±1" else 1.0
    require(
        bool(abs(high - low - wanted) < 1e-5),
        f"{type(rule).__name__}: at gain 1 a pure source pattern separates active from inactive "
        f"units by {high - low:.4f}, wanted {wanted:g}; mind factor()",
    )


def _learned(rule: Rule, lessons: list[tuple[Patterns, Patterns]], levels: Levels) -> NDArray[Any]:
    shape = lessons[0][0].shape[1], lessons[0][1].shape[1]
    weights: NDArray[Any] = np.zeros(shape, rule.dtype)
    for post, pre in lessons:
        weights = rule.learn(weights, post, pre, levels)
    return weights.astype(float)
