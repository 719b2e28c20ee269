"""The laws of memories that make no weight matrix."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.rules import Rule
from attractors.seeding import stream
from attractors.synapses import Synapses
from attractors.testing.require import close, require
from attractors.testing.samples import (
    SOURCE,
    UNITS,
    Patterns,
    alphabets,
    levels_of,
    relabelling,
    sample,
)


def check_dual(form: type[Synapses], rule: Rule, seed: int = 0) -> None:
    """Hold a dual rule, in a form that keeps it, against the laws of memories without a matrix.

    Patterns stay untouched; patterns that come in two goes, in either order where the rule claims
    ``order_free``, are answered as if they had come at once; relabelled units get relabelled
    fields, unless the rule is ``random``; at gain 1 a stored pattern separates the active from the
    inactive units of its target by the difference of their values; another instance that takes
    over what is held answers the same; and a form without synapses is silent.

    Parameters
    ----------
    form : type of Synapses
        The form.
    rule : Rule
        A dual rule. One that stores ``"any"`` is held against the laws for all pairs of ends.
    seed : int
        Seed of the random patterns.
    """
    held = 0
    for (post, pre), recurrent in itertools.product(
        itertools.product(alphabets(rule), repeat=2), (False, True)
    ):
        if recurrent and post != pre:
            continue
        task = _Task(form, rule, seed, (post, pre), recurrent)
        try:
            task.empty()
        except UnsupportedError:
            # some are for one kind of ends only, such as recurrent memories
            continue
        # self-coupling aside, which a memory within one network may lack
        task.check(gain=not recurrent or held == 0)
        held += 1
    require(held > 0, f"{form.__name__} takes {type(rule).__name__} between no kind of ends")


@dataclass(frozen=True)
class _Task:
    """Five pattern pairs of given values for one rule, between two networks or within one."""

    form: type[Synapses]
    rule: Rule
    seed: int
    ends: tuple[str, str]
    recurrent: bool

    @property
    def who(self) -> str:
        kind = "recurrent" if self.recurrent else f"{self.ends[1]} to {self.ends[0]}"
        return f"{self.form.__name__} of {type(self.rule).__name__}, {kind}"

    def pair(self) -> tuple[Patterns, Patterns]:
        """Return patterns of target and source, drawn anew and the same at every call."""
        post = sample(self.rule, 5, UNITS, self.seed, self.ends[0])
        if self.recurrent:
            return post, post
        return post, sample(self.rule, 5, SOURCE, self.seed, self.ends[1])

    def empty(self) -> Synapses:
        """Return synapses that hold nothing."""
        shape = UNITS, UNITS if self.recurrent else SOURCE
        return self.form(self.rule, shape, self.recurrent, "laws")

    def learned(self, post: Patterns, pre: Patterns, *parts: slice) -> Synapses:
        """Return synapses that hold parts of the patterns, learned one after another."""
        synapses = self.empty()
        for part in parts or (slice(None),):
            synapses.learn(post[part], pre[part], levels_of(self.rule, self.ends))
        return synapses

    def states(self) -> NDArray[Any]:
        """Return stored patterns, and some like them."""
        _, pre = self.pair()
        flipped = pre.copy()
        flipped[:, :4] = pre[:, 4:8]
        return np.asarray(np.concatenate([pre, flipped]), np.float64)

    def check(self, gain: bool) -> None:
        post, pre = self.pair()
        whole = self.learned(post, pre)
        require(
            all(np.array_equal(*pair) for pair in zip((post, pre), self.pair(), strict=True)),
            f"{self.who}: learning changes the patterns",
        )
        field = whole.field(self.states())
        self._check_order(post, pre, field)
        self._check_relabelling(post, pre, field)
        if gain:
            self._check_gain(post, pre)
        restored = self.empty()
        restored.restore(whole.arrays())
        same = close(restored.field(self.states()), field)
        require(
            same and restored.scale(SOURCE, 0.0) == whole.scale(SOURCE, 0.0),
            f"{self.who}: an instance that takes over what is held answers differently",
        )
        self._check_thinning(whole, field)

    def _check_order(self, post: Patterns, pre: Patterns, field: NDArray[Any]) -> None:
        first, second = slice(2), slice(2, None)
        orders = [(first, second), (second, first)] if self.rule.order_free else [(first, second)]
        for parts in orders:
            found = self.learned(post, pre, *parts).field(self.states())
            require(
                close(found, field),
                f"{self.who}: storing in two goes differs from storing at once",
            )

    def _check_relabelling(self, post: Patterns, pre: Patterns, field: NDArray[Any]) -> None:
        if self.rule.random:
            return
        rng = stream(self.seed, "relabelling")
        rows = relabelling(UNITS, rng)
        columns = rows if self.recurrent else relabelling(SOURCE, rng)
        moved = self.learned(post[:, rows], pre[:, columns]).field(self.states()[:, columns])
        require(
            close(moved, field[:, rows]),
            f"{self.who}: relabelled units do not get the relabelled field",
        )

    def _check_gain(self, post: Patterns, pre: Patterns) -> None:
        synapses = self.learned(post[:1], pre[:1])
        activity = 0.0 if self.ends[1] == "±1" else float(pre[:1].mean())
        field = synapses.field(pre[:1].astype(float))[0] * synapses.scale(pre.shape[1], activity)
        gap = field[post[0] > 0].mean() - field[post[0] <= 0].mean()
        wanted = 2.0 if self.ends[0] == "±1" else 1.0
        require(
            bool(abs(gap - wanted) < 1e-5),
            f"{self.who}: at gain 1 a stored pattern separates active from inactive units by "
            f"{gap:.4f}, wanted {wanted:g}; mind scale()",
        )

    def _check_thinning(self, whole: Synapses, field: NDArray[Any]) -> None:
        try:
            thinned = [whole.thinned(np.full(whole.count, kept)) for kept in (True, False)]
        except UnsupportedError:
            return
        fields = [synapses.field(self.states()) for synapses in (*thinned, whole)]
        require(close(fields[0], field), f"{self.who}: cutting no synapse changes the field")
        require(not fields[1].any(), f"{self.who}: without synapses there is a field")
        require(close(fields[2], field), f"{self.who}: thinned changes the original")
