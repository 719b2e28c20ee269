"""Weights as integers of one or two bytes."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import kernels
from attractors.errors import UnsupportedError
from attractors.kernels.plain.settle import Centring
from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples, Winners
from attractors.synapses.dense import Dense
from attractors.synapses.integer_table import IntegerTable
from attractors.synapses.lists import active_lists
from attractors.synapses.marginals import Marginals
from attractors.synapses.upkeep import upkeep

Reals = NDArray[np.float64]
# before the names of what a rule remembers besides its weights
HELD = "held_"


class Integers(Synapses):
    """Base of the two integer forms: for whole weights, and for centred sums of 0/1 products.

    Of a rule with whole weights, the table holds the weights. Of one with a
    :meth:`~attractors.Rule.centring`, such as :class:`~attractors.Covariance`, it holds how often
    units were active together; what centring adds to that is of rank one, and added to the field.
    """

    kind: ClassVar[type[np.integer[Any]]]
    learns_sparse: ClassVar[bool] = True

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self.table = IntegerTable(shape[::-1], self.kind, recurrent, f"synapses of {name!r}")
        self._marginals = None if rule.whole else Marginals(rule, shape)
        self._held: dict[str, NDArray[Any]] | None = None
        self._fan_out: NDArray[np.int64] | None = None
        held = rule.start(shape, name, recurrent) if rule.whole else None
        if isinstance(held, dict):
            self._held = held
            self.table.put(rule.matrix(held))

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why integers cannot hold what a rule makes."""
        if rule.dual:
            return f"{type(rule).__name__} makes no weight matrix"
        if rule.whole or type(rule).centring is not Rule.centring:
            return None
        return f"{type(rule).__name__} makes weights that are no whole numbers"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of the table, and of what the rule keeps for each synapse."""
        kept = upkeep(rule) if rule.whole else 0
        return shape[0] * shape[1] * (np.dtype(cls.kind).itemsize + kept)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre).

        Raises
        ------
        ParameterError
            If a number would not fit; nothing is changed then.
        """
        self._fan_out = None
        if self._marginals is not None:
            self._count(post > 0, pre > 0, activity)
            return
        post, pre = _full(post), _full(pre)
        try:
            values, keys = self.rule.outer(post, pre, activity)
        except UnsupportedError:
            self._relearn(post, pre, activity)
        else:
            self.table.add(values, keys)

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        indptr, indices, ones = kernels.active_units(states)
        if ones and self.table.few(indptr):
            centring = self._centring(indptr, indices)
            return np.asarray(kernels.table_field(self.table.values, indptr, indices, *centring))
        total = self.table.product(states)
        if self._marginals is None:
            return total
        return self._marginals.centred(total, states, self.recurrent)

    def winners(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32], k: int, least: float
    ) -> Winners:
        """Return the at most k target units of largest raw field for cues as lists of units."""
        if not self.table.few(indptr):
            return super().winners(indptr, indices, k, least)
        asked = self.table.values, indptr, indices, *self._centring(indptr, indices)
        found: Winners = kernels.table_winners(*asked, k, float(np.nextafter(least, -np.inf)))
        return found

    def centring(self) -> Centring:
        """Return what a recurrent memory adds to the sum of the table's rows."""
        counts = self._marginals
        if counts is None:
            units = self.shape[0]
            return Centring(np.zeros(units), np.zeros(0), np.zeros(units, np.int64), 0.0, 0.0)
        own = counts.own if self.recurrent else np.zeros(0)
        return Centring(counts.shift, own, counts.pre, *counts.levels)

    @property
    def bias(self) -> NDArray[Any] | None:
        """What the rule adds to the raw field of every target unit."""
        return None if self._held is None else self.rule.bias(self._held)

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        return self.rule.scale(self._held, units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        return np.asarray(self._weights(slice(unit, unit + 1))[0])

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        parts = []
        for rows in self.table.blocks():
            weights = self._weights(rows)
            pre, post = weights.nonzero()
            parts.append((post, rows.start + pre, weights[pre, post].astype(np.float64)))
        post, pre, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        return post, pre, values

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights as a full matrix (n_post, n_pre)."""
        return self._weights(slice(0, self.shape[1])).T

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        if self._fan_out is None:
            weights = (self._weights(rows) for rows in self.table.blocks())
            self._fan_out = np.concatenate([np.count_nonzero(block, axis=1) for block in weights])
        return self._fan_out

    @property
    def nbytes(self) -> int:
        """Bytes of everything that is held."""
        return sum(array.nbytes for array in self.arrays().values())

    def thinned(self, keep: NDArray[np.bool_]) -> Synapses:
        """Return a copy in which only the chosen non-zero synapses live.

        Coincidences cannot say which synapses are missing: their copy holds the weights in full.
        """
        post, pre, weights = self.triples()
        matrix = np.zeros(self.shape, np.float64 if self._marginals else self.kind)
        matrix[post[keep], pre[keep]] = weights[keep]
        if self._marginals is not None:
            full = Dense(self.rule, self.shape, self.recurrent, self.name)
            full.restore({"weights": matrix})
            return full
        other = copy.copy(self)
        other.table, other._fan_out = copy.copy(self.table), None
        other.table.values = np.ascontiguousarray(matrix.T)
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table, and what the rule or the centring needs beside it."""
        held = {HELD + name: array for name, array in (self._held or {}).items()}
        counts = self._marginals.arrays() if self._marginals is not None else {}
        return {"table": self.table.values, **held, **counts}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        self.table.values, self._fan_out = arrays["table"], None
        if self._held is not None:
            self._held = {name: arrays[HELD + name] for name in self._held}
        if self._marginals is not None:
            self._marginals.restore(arrays)

    def _count(self, post: Any, pre: Any, activity: Levels) -> None:
        """Count the coincidences of active units."""
        lists = active_lists(post), active_lists(pre)
        pairs = int(np.diff(lists[0][0]) @ np.diff(lists[1][0]))
        if pairs <= self.shape[0] * self.shape[1] // 4 * max(post.shape[0] // 50, 1):
            self.table.count(*lists)
        else:
            # so many pairs a pattern that multiplying all of them is quicker
            self.table.add(_full(post).astype(np.int8), _full(pre).astype(np.int8))
        assert self._marginals is not None
        self._marginals.add(*lists, activity)

    def _relearn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Let the rule learn on, and take over the weights that it makes."""
        # in a copy, which is forgotten if a weight does not fit
        held: Any = copy.deepcopy(self._held)
        if held is None:
            held = self.table.values.T.astype(self.rule.dtype)
        held = self.rule.learn(held, post, pre, activity)
        self.table.put(self.rule.matrix(held))
        self._held = held if isinstance(held, dict) else None

    def _centring(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32]
    ) -> tuple[Reals, Reals, Reals]:
        """Return what is added to the sums of the table's rows, as ``table_field`` asks for it."""
        counts = self._marginals
        if counts is None:
            return np.zeros(self.shape[0]), np.zeros(len(indptr) - 1), np.zeros(0)
        sums = np.concatenate([[0], np.cumsum(counts.pre[indices])])
        level = counts.level(np.diff(indptr), np.diff(sums[indptr]))
        return counts.shift, level, counts.own if self.recurrent else np.zeros(0)

    def _weights(self, rows: slice) -> NDArray[Any]:
        """Return the raw weights (R, n_post) that leave some source units."""
        block = self.table.values[rows]
        if self._marginals is None:
            return block
        weights = self._marginals.weights(block, rows)
        if self.recurrent:
            unit = np.arange(len(weights))
            weights[unit, rows.start + unit] = 0
        return weights


class Int8(Integers):
    """One byte a synapse, for -128 to 127."""

    form: ClassVar[str] = "int8"
    kind: ClassVar[type[np.integer[Any]]] = np.int8


class Int16(Integers):
    """Two bytes a synapse, for -32,768 to 32,767."""

    form: ClassVar[str] = "int16"
    kind: ClassVar[type[np.integer[Any]]] = np.int16


def _full(patterns: Any) -> NDArray[Any]:
    return np.asarray(patterns.toarray() if sparse.issparse(patterns) else patterns)
