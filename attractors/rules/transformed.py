"""Wrappers that change the weights of a rule as a whole."""

from __future__ import annotations

import abc
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import ParameterError
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights
from attractors.rules.contrast import contrast
from attractors.rules.counts import Counts
from attractors.rules.wrapper import Wrapper

# sums of real products that differ by less than this share of the largest weight are equal
DECIMALS = 12
INNER = "rule"


class Transformed(Wrapper):
    r"""Base of wrappers that make weights :math:`f(W)` out of what the wrapped rule holds.

    The wrapped rule learns on unchanged; the weights are made anew of what it holds. Derive a
    frozen dataclass with a field ``rule`` and write :meth:`transformed`.

    What a transform leaves of the signal depends on what is stored: of the sum of P products, the
    sign keeps about :math:`\sqrt{2/πP}`. It is therefore measured: over all pairs that were stored
    and all target units, by how much does the pure source part the field of active from that of
    inactive units, with f(W) and with W? The factor to gain 1 is that of the wrapped rule divided
    by the ratio. This takes one table of coincidences, 4 bytes a synapse beside what the wrapped
    rule holds.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.rule.dual:
            raise ParameterError(
                f"{type(self).__name__}: {type(self.rule).__name__} makes no weight matrix to "
                "change; wrap a rule that makes one."
            )
        self.declare(counted=self.rule.counted)

    @abc.abstractmethod
    def transformed(self, weights: Weights, held: dict[str, NDArray[Any]]) -> Weights:
        """Return f(W) of raw weights (n_post, n_pre), which are not to be changed in place."""

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return what the wrapped rule holds, with a table of coincidences beside it."""
        held = _prefixed(self.rule.start(shape, name, recurrent))
        if _counting(self.rule) is None:
            held["pairs"] = np.zeros(shape, np.int32)
            held["post"], held["pre"] = (np.zeros(units, np.int64) for units in shape)
            held["stored"] = np.zeros((), np.int64)
            # lowest values seen of target and source: -1 tells ±1 from 0/1 patterns
            held["lowest"] = np.zeros(2, np.int8)
        held["recurrent"], held["kept"] = np.array(recurrent, np.bool_), np.full((), np.nan)
        return held

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Let the wrapped rule learn, and count."""
        held: dict[str, Any] = dict(weights)
        inner = self.rule.learn(_inner(held), *self.paired(post, pre), activity)
        held.update(_prefixed(inner))
        if _counting(self.rule) is None:
            _count(held, *_innermost_pairs(self, post, pre))
        held["kept"] = np.full((), np.nan)
        return held

    def from_counts(self, counts: Counts, activity: Levels) -> Held:
        """Return what is held after learning what a table has counted."""
        if not self.counted:
            return super().from_counts(counts, activity)
        # f(W) takes a full matrix, and some rules make one only of a full table
        pairs = counts.pairs.toarray() if sparse.issparse(counts.pairs) else counts.pairs
        full = replace(counts, pairs=pairs)
        held = _prefixed(self.rule.from_counts(full, activity))
        if _counting(self.rule) is None:
            lowest = -1 if self.values == "±1" else 0
            held |= {"pairs": pairs, "post": counts.post, "pre": counts.pre}
            held |= {"stored": np.array(counts.stored), "lowest": np.full(2, lowest, np.int8)}
        held["recurrent"] = np.array(counts.recurrent)
        held["kept"] = np.full((), np.nan)
        return held

    def matrix(self, held: Held) -> Weights:
        """Return the transformed weights."""
        return self.transformed(_rounded(self.rule.matrix(_inner(held))), held)

    def bias(self, held: Held) -> NDArray[Any] | None:
        """Return the bias of the wrapped rule, in proportion to what is left of the signal."""
        bias = self.rule.bias(_inner(held))
        return None if bias is None else bias * self.kept(held)

    def factor(self, units: int, activity: float) -> float:
        """Return the factor while a single pattern is stored."""
        active = units // 2 if self.values == "±1" else round(units * activity)
        if not 0 < active < units:
            return self.rule.factor(units, activity)
        low = -1 if self.values == "±1" else 0
        post, pre = np.full((1, 2), low, np.int8), np.full((1, units), low, np.int8)
        post[:, 0], pre[:, :active] = 1, 1
        level = None if self.values == "±1" else activity
        held = self.learn(self.start((2, units)), post, pre, (level, level))
        return self.scale(held, units, activity)

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return the factor of the wrapped rule, divided by what is left of the signal."""
        return self.rule.scale(_inner(held), units, activity) / self.kept(held)

    def kept(self, held: Held) -> float:
        """Return the ratio of the mean signal of stored pairs with f(W) to that with W.

        It is 1 where nothing is stored, or nothing of it left: no factor could bring it back.
        """
        if np.isnan(held["kept"]):
            before = self._contrast(self.rule.matrix(_inner(held)), held)
            after = self._contrast(self.matrix(held), held)
            # remembered until the next lesson, for every look at a circuit asks for it
            held["kept"] = np.array(after / before if before > 0.0 and after > 0.0 else 1.0)
        return float(held["kept"])

    def _contrast(self, weights: Weights, held: dict[str, NDArray[Any]]) -> float:
        level: Rule = self
        tally = held
        while isinstance(level, Wrapper) and "pairs" not in tally:
            tally = _inner(tally) if isinstance(level, Transformed) else tally
            level = level.rule
        counts = Counts(tally["pairs"], tally["post"], tally["pre"], int(tally["stored"]))
        low_post, low_pre = (int(low) for low in tally["lowest"])
        return contrast(weights, counts, low_post, low_pre, bool(held["recurrent"]))


def _count(held: dict[str, Any], post: Patterns, pre: Patterns) -> None:
    """Count the coincidences of one lesson."""
    lesson = Counts.of(post, pre)
    held["pairs"] = np.asarray(held["pairs"] + lesson.pairs)
    held["post"], held["pre"] = held["post"] + lesson.post, held["pre"] + lesson.pre
    held["stored"] = np.asarray(held["stored"] + lesson.stored)
    lowest = [patterns.min(initial=0) for patterns in (post, pre)]
    held["lowest"] = np.minimum(held["lowest"], lowest).astype(np.int8)


def _counting(rule: Rule) -> Transformed | None:
    """Return the wrapper at or below a rule that counts already, if there is one."""
    while isinstance(rule, Wrapper):
        if isinstance(rule, Transformed):
            return rule
        rule = rule.rule
    return None


def _innermost_pairs(rule: Rule, post: Patterns, pre: Patterns) -> tuple[Patterns, Patterns]:
    while isinstance(rule, Wrapper):
        post, pre = rule.paired(post, pre)
        rule = rule.rule
    return post, pre


def _prefixed(held: Held) -> dict[str, Any]:
    """Return what a wrapped rule holds under names that no wrapper uses."""
    if not isinstance(held, dict):
        return {INNER: held}
    return {f"{INNER}.{name}": array for name, array in held.items()}


def _inner(held: dict[str, Any]) -> Held:
    """Return what the wrapped rule holds, as it knows it."""
    if INNER in held:
        return held[INNER]
    start = f"{INNER}."
    return {n.removeprefix(start): array for n, array in held.items() if n.startswith(start)}


def _rounded(weights: Weights) -> Weights:
    """Return weights in which sums that differ by rounding alone are equal."""
    if weights.dtype != np.float64:
        return weights
    largest = float(np.abs(weights).max(initial=0.0))
    if largest == 0.0:
        return weights
    return np.asarray(np.round(weights, DECIMALS - 1 - int(np.floor(np.log10(largest)))))
