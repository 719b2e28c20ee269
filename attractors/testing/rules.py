"""The laws of learning rules."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import KWinners, Sign
from attractors.errors import UnsupportedError
from attractors.rules import Rule
from attractors.rules.counts import Counts
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
    alphabets,
    levels_of,
    relabelling,
    sample,
)

DRAWS = 40


def check_rule(rule: Rule, seed: int = 0) -> None:
    """Hold a rule against the laws of learning.

    What it says of itself is true (``order_free``, ``symmetric``, ``signed``, ``clipped``,
    ``counted``), relabelled units get relabelled weights, patterns stay untouched, outer products
    add up to the weights where the rule gives them, gain 1 separates active from inactive units
    by the difference of their values, and one stored pattern is recalled.

    A rule is excused by what it declares: from the law of relabelling if it is ``random`` (gain 1
    then holds on average), from those of the weights if it is ``dual``, from recall if it is
    ``sequential`` (row p of the source then brings row p + 1 of the target).

    Parameters
    ----------
    rule : Rule
        One that stores none (``values=None``) must learn nothing; one that stores ``"any"`` is
        held against the laws for all four pairs of ends.
    seed : int
        Seed of the random patterns.
    """
    if rule.values is None:
        _Task(rule, seed, ("01", "01")).check_untouched()
    for post, pre in itertools.product(alphabets(rule), repeat=2):
        _Task(rule, seed, (post, pre)).check()
    for values in () if rule.sequential else alphabets(rule):
        check_recall(rule, KWinners(ACTIVE) if values == "01" else Sign(), seed)


@dataclass(frozen=True)
class _Task:
    """Five pattern pairs of given values for one rule."""

    rule: Rule
    seed: int
    ends: tuple[str, str]

    @property
    def who(self) -> str:
        return type(self.rule).__name__

    @property
    def levels(self) -> Levels:
        return levels_of(self.rule, self.ends)

    def pair(self) -> tuple[Patterns, Patterns]:
        """Return patterns of target and source, drawn anew and the same at every call."""
        post = sample(self.rule, 5, UNITS, self.seed, self.ends[0])
        return post, sample(self.rule, 5, SOURCE, self.seed, self.ends[1])

    def check(self) -> None:
        if not self.rule.dual:
            self.check_untouched()
            weights = _learned(self.rule, [self.pair()], self.levels)
            self._check_order(weights)
            self._check_relabelling(weights)
            self._check_ends()
            self._check_claims(weights)
            self._check_views(weights)
            self._check_gain()

    def check_untouched(self) -> None:
        """Require that learning leaves its patterns as they were."""
        post, pre = self.pair()
        _learned(self.rule, [(post, pre)], self.levels)
        kept = self.pair()
        require(
            np.array_equal(post, kept[0]) and np.array_equal(pre, kept[1]),
            f"{self.who} changes the patterns that it learns",
        )

    def _check_order(self, weights: NDArray[Any]) -> None:
        if not self.rule.order_free:
            return
        post, pre = self.pair()
        first, second = (post[:2], pre[:2]), (post[2:], pre[2:])
        for name, lessons in (("A then B", [first, second]), ("B then A", [second, first])):
            require(
                close(_learned(self.rule, lessons, self.levels), weights),
                f"{self.who} claims order_free, but storing {name} differs from A+B at once",
            )

    def _check_relabelling(self, weights: NDArray[Any]) -> None:
        if self.rule.random:
            return
        rng = stream(self.seed, "relabelling")
        rows, columns = relabelling(UNITS, rng), relabelling(SOURCE, rng)
        post, pre = self.pair()
        moved = _learned(self.rule, [(post[:, rows], pre[:, columns])], self.levels)
        require(
            close(moved, weights[rows][:, columns]),
            f"{self.who}: relabelled units do not get the relabelled weights",
        )

    def _check_ends(self) -> None:
        """Require that the same patterns at both ends do not make one network of two."""
        if self.rule.random:
            return
        post, levels = self.pair()[0], (self.levels[0], self.levels[0])
        rows = relabelling(UNITS, stream(self.seed, "relabelling"))
        same, other = (_learned(self.rule, [(y, post)], levels) for y in (post, post[:, rows]))
        require(
            close(other, same[rows]),
            f"{self.who}: two networks with the same patterns are taken for one; mind what "
            "start() is told",
        )

    def _check_claims(self, weights: NDArray[Any]) -> None:
        rule, (post, _) = self.rule, self.pair()
        levels = self.levels[0], self.levels[0]
        own = _learned(rule, [(post, post)], levels, recurrent=True)
        require(
            not rule.symmetric or close(own, own.T),
            f"{self.who} claims symmetric weights; they are not",
        )
        require(
            rule.signed or bool((weights >= 0).all()),
            f"{self.who} claims unsigned weights, some are < 0",
        )
        require(
            not rule.clipped or bool(np.isin(weights, (0, 1)).all()),
            f"{self.who} claims clipped weights, some are neither 0 nor 1",
        )

    def _check_views(self, weights: NDArray[Any]) -> None:
        """Require that counts and outer products lead to the weights that were learned."""
        post, pre = self.pair()
        if self.rule.counted:
            held = self.rule.from_counts(Counts.of(post, pre), self.levels)
            require(
                close(np.asarray(self.rule.matrix(held), float), weights),
                f"{self.who} claims to be counted, but from_counts differs from learning",
            )
        try:
            values, keys = self.rule.outer(post, pre, self.levels)
        except UnsupportedError:
            return
        require(
            close(np.asarray(values, float).T @ np.asarray(keys, float), weights),
            f"{self.who}: outer gives values and keys whose products are not the weights",
        )

    def _check_gain(self) -> None:
        """Require that a pure source pattern separates the target's units by their values."""
        gaps = np.array([self._gap(draw) for draw in range(DRAWS if self.rule.random else 1)])
        wanted = 2.0 if self.ends[0] == "±1" else 1.0
        # four standard errors: one draw in 16,000 lies further out
        allowed = 1e-5 + (4.0 * gaps.std(ddof=1) / np.sqrt(DRAWS) if self.rule.random else 0.0)
        require(
            bool(abs(gaps.mean() - wanted) < allowed),
            f"{self.who}: at gain 1 a pure source pattern separates active from inactive units by "
            f"{gaps.mean():.4f}, wanted {wanted:g}; mind factor()",
        )

    def _gap(self, draw: int) -> float:
        """Return how far the field of a stored source parts active from inactive units."""
        post, pre = self.pair()
        rows = 2 if self.rule.sequential else 1
        synapses = synapses_for(self.rule, (UNITS, SOURCE), recurrent=False, name=f"draw {draw}")
        synapses.learn(post[:rows], pre[:rows], self.levels)
        cue, target = pre[:1], post[rows - 1]
        field = synapses.field(cue.astype(float))[0]
        # 0 for ±1 patterns, as circuits have it
        activity = 0.0 if self.ends[1] == "±1" else float(cue.mean())
        field = field * synapses.scale(SOURCE, activity)
        return float(field[target > 0].mean() - field[target <= 0].mean())


def _learned(
    rule: Rule, lessons: list[tuple[Patterns, Patterns]], levels: Levels, recurrent: bool = False
) -> NDArray[Any]:
    held = rule.start((lessons[0][0].shape[1], lessons[0][1].shape[1]), "laws", recurrent)
    for post, pre in lessons:
        held = rule.learn(held, post, pre, levels)
    return np.asarray(rule.matrix(held)).astype(float)
