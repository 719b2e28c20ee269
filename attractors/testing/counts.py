"""The laws of rules that rest on counts."""

from __future__ import annotations

import numpy as np

from attractors.rules import Covariance, Hebbian, Rule, Willshaw
from attractors.seeding import stream
from attractors.synapses import Dense
from attractors.synapses.counted import Counted, counted_for
from attractors.testing.require import close, require
from attractors.testing.samples import SOURCE, UNITS, Patterns, alphabets, levels_of, sample


def check_counts(rule: Rule, seed: int = 0) -> None:
    """Hold a rule that rests on counts against the laws of count tables.

    Weights that follow from the table equal those that the rule learns; a table that another rule
    has filled shows what this one would have learned; merging two tables equals storing both;
    what is unlearned leaves no bit behind.

    Parameters
    ----------
    rule : Rule
        With ``counted`` set.
    seed : int
        Seed of the random patterns.
    """
    for values in alphabets(rule):
        for recurrent in (False, True):
            post = sample(rule, 9, UNITS, seed, values)
            pre = post if recurrent else sample(rule, 9, SOURCE, seed, values)
            _check(rule, post, pre, recurrent, seed)


def _check(rule: Rule, post: Patterns, pre: Patterns, recurrent: bool, seed: int) -> None:
    who, levels = type(rule).__name__, levels_of(rule, (_values(post), _values(pre)))
    if recurrent:
        levels = (levels[0], levels[0])

    def counted(*parts: slice, by: Rule = rule) -> Counted:
        shape = post.shape[1], pre.shape[1]
        table = counted_for(by, shape, recurrent, "law", activity=levels)
        if not isinstance(table, Counted):
            raise AssertionError(f"{who} learns nothing, so that there is nothing to count.")
        for part in parts:
            table.learn(post[part], pre[part], levels)
        return table

    first, second = slice(5), slice(5, None)
    learned = Dense(rule, (post.shape[1], pre.shape[1]), recurrent)
    learned.learn(post, pre, levels)
    states = stream(seed, "states").normal(size=(4, pre.shape[1]))
    both, alone = counted(first, second), counted(first)
    wanted = both.field(states)
    require(close(wanted, learned.field(states)), f"{who}: counts show other weights than learned")
    same = [
        (counted(slice(None)), wanted, "storing A+B at once differs from storing A, then B"),
        (counted(second, first), wanted, "storing B, then A differs from storing A, then B"),
        (alone.merged(counted(second)), wanted, "merging differs from storing both"),
    ]
    swapped = counted(first, second, by=_other(rule, _values(post)))
    same.append((swapped.seen_by(rule, type(both.view)), wanted, "swapping differs from learning"))
    before = alone.field(states)
    both.unlearn(post[second], pre[second])
    same.append((both, before, "storing A+B and unlearning B differs from storing A"))
    for table, field, problem in same:
        require(np.array_equal(table.field(states), field), f"{who}: {problem}")


def _other(rule: Rule, values: str) -> Rule:
    """Return another rule for the same patterns."""
    if values == "±1":
        return Hebbian()
    return Covariance(0.1) if rule.clipped else Willshaw()


def _values(patterns: Patterns) -> str:
    return "±1" if (patterns < 0).any() else "01"
