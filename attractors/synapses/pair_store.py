"""Keys and values as they were stored, one row a pattern."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import room
from attractors.dynamics import Dynamics, Linear
from attractors.errors import UnsupportedError
from attractors.rules import EnergyDifference, KeyValue, Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.folding import Pairs
from attractors.synapses.neighbours import Neighbours
from attractors.synapses.retrieval import FEW, fitted, retrieve
from attractors.synapses.rows import Rows
from attractors.synapses.separation import separate
from attractors.synapses.store import Store


class PairStore(Store):
    """Growing keys and values with the separation of the rule between them.

    Parameters
    ----------
    rule : Rule
        A dual rule, or one that is a sum of outer products: identity is its separation.
    shape : (int, int)
        Units of target and source.
    recurrent : bool
        Whether units have no synapse onto themselves, which the identity has to take out.
    name : str
        Qualified name of the network or edge.

    Raises
    ------
    UnsupportedError
        If units that compare the energies of their states are not recurrent.
    """

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str) -> None:
        if isinstance(rule, EnergyDifference) and not recurrent:
            raise UnsupportedError(
                f"synapses of {name!r}: EnergyDifference() needs the unit's own state, which only "
                "a recurrent memory without self_coupling has; use KeyValue(Power(n))."
            )
        self.rule, self.name = rule, name
        self.separation = _separation_of(rule)
        self._without_own = recurrent and isinstance(self.separation, Linear)
        self._keys, self._values = Rows(shape[1]), Rows(shape[0])
        self._out = np.zeros(shape[1], np.int64)
        self._own = np.zeros(shape[0] if self._without_own else 0)
        # sum of |key|², numbers in values that are not 0
        self._totals = np.zeros(2)
        self._neighbours = _neighbours_of(rule)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Append what the rule makes of pattern pairs."""
        values, keys = self.rule.outer(post, pre, activity)
        shared = values is keys
        if shared and len(self._keys) == 0:
            self._values = self._keys
        elif not shared and self._values is self._keys:
            self._values = self._keys.copy()
        sides = [(self._keys, keys), (self._values, values)][: 1 if self._is_shared else 2]
        room.require(
            f"synapses of {self.name!r}",
            sum(rows.growth(more) for rows, more in sides),
            "store fewer patterns, or patterns of a smaller type",
        )
        for rows, more in sides:
            rows.append(more)
        self._out += np.count_nonzero(keys, axis=0)
        double = keys.astype(np.float64, copy=False)
        self._totals += np.vdot(double, double), np.count_nonzero(values)
        if self._without_own:
            self._own += np.einsum("pj,pj->j", values.astype(np.float64, copy=False), double)

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input that source states cause."""
        pairs = Pairs(self._keys.array, self._values.array, self._similarity)
        if len(self._keys) == 0:
            return np.zeros((len(states), self._values.array.shape[1]))
        if self._neighbours is not None:
            return self._neighbours.retrieve(states, pairs)
        answers = retrieve(self.separation, states, pairs)
        return answers - self._similarity * self._own * states if self._without_own else answers

    def few(self) -> Pairs | None:
        """Return keys and values for use until the next lesson, ``None`` if they are many.

        They are in the type that multiplies, which to make again for every cue takes longer than
        the product. Large ones have no room for that. An index, or units without a synapse onto
        themselves, take more than a product: ``None``, too.
        """
        direct = len(self._keys) and self._neighbours is None and not self._without_own
        if not direct or max(self._keys.array.size, self._values.array.size) > FEW:
            return None
        pairs = Pairs(self._keys.array, self._values.array)
        kind = pairs.weighing(np.empty(0, np.float32))
        keys = pairs.keys.astype(kind, copy=False)
        values = keys if self._is_shared else pairs.values.astype(kind, copy=False)
        return Pairs(keys, values, self._similarity)

    def reader(self) -> Callable[[NDArray[Any]], NDArray[Any]]:
        """Return what does the same until the next lesson."""
        pairs = self.few()
        return self.field if pairs is None else partial(retrieve, self.separation, pairs=pairs)

    def scale(self, units: int, activity: float) -> float:
        """Return 1 over the answer to the similarity of a stored pattern with itself."""
        if not self.rule.dual:
            return self.rule.factor(units, activity)
        own = self._totals[0] / max(len(self._keys), 1) * self._similarity
        answer = _answer_to(own, self.separation)
        # a key that does not answer to itself has no gain to correct
        return 1.0 / answer if answer > 0 else 1.0

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of stored keys in which each source unit is not 0."""
        return self._out

    @property
    def answering(self) -> float:
        """Number of numbers in all values that are not 0."""
        return float(self._totals[1])

    @property
    def size(self) -> int:
        """Number of numbers in all keys and values."""
        return self._keys.array.size + self._values.array.size

    @property
    def nbytes(self) -> int:
        """Bytes of keys and values, once where they are the same array."""
        both = self._keys.array.nbytes + self._values.array.nbytes
        return self._keys.array.nbytes if self._is_shared else both

    def matrix(self) -> NDArray[Any] | None:
        """Return the sum of outer products if the separation is the identity."""
        if not isinstance(self.separation, Linear):
            return None
        weights = self._values.array.T.astype(float) @ self._keys.array.astype(float)
        if self._without_own:
            np.fill_diagonal(weights, 0.0)
        return np.asarray(weights * self._similarity)

    def thinned(self, keep: NDArray[Any]) -> PairStore:
        """Return a copy without some synapses; its gain is not turned up to make good for them.

        Raises
        ------
        UnsupportedError
            If energies are compared, which takes patterns of ±1.
        """
        if isinstance(self.separation, EnergyDifference):
            raise UnsupportedError(
                f"synapses of {self.name!r}: energies that lack single synapses are none of ±1 "
                "patterns; use KeyValue(Power(n))."
            )
        other, start = copy.copy(self), 0
        other._keys, other._values = self._keys.copy(), self._values.copy()
        for rows in (other._keys.array, other._values.array):
            row, column = np.nonzero(rows)
            cut = ~keep[start : start + len(row)]
            rows[row[cut], column[cut]] = 0
            start += len(row)
        # the index holds the keys as they were
        other._neighbours = _neighbours_of(self.rule)
        keys, values = other._keys.array, other._values.array
        other._out = np.count_nonzero(keys, axis=0)
        other._totals = np.array([self._totals[0], np.count_nonzero(values)])
        if self._without_own:
            other._own = np.einsum("pj,pj->j", values, keys, dtype=np.float64)
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return keys, values where they are others, and what was counted of them."""
        counted = {"fan_out": self._out, "own": self._own, "totals": self._totals}
        values = {} if self._is_shared else {"values": self._values.array}
        return {"keys": self._keys.array, **values, **counted}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over keys and values, which may be mapped from a file."""
        self._keys.take_over(arrays["keys"])
        self._neighbours = _neighbours_of(self.rule)
        self._values = self._keys
        if "values" in arrays:
            self._values = Rows(arrays["values"].shape[1])
            self._values.take_over(arrays["values"])
        # these change in place with the next lesson
        self._out, self._own = arrays["fan_out"].copy(), arrays["own"].copy()
        self._totals = arrays["totals"].copy()

    @property
    def _is_shared(self) -> bool:
        return self._values is self._keys

    @property
    def _similarity(self) -> float:
        """What inner products are multiplied by."""
        normalised = isinstance(self.rule, KeyValue) and self.rule.normalise
        return len(self._keys) / float(self._totals[0]) if normalised and self._totals[0] else 1.0


def _separation_of(rule: Rule) -> Dynamics | EnergyDifference:
    if isinstance(rule, EnergyDifference):
        return rule
    return rule.separation if isinstance(rule, KeyValue) else Linear()


def _neighbours_of(rule: Rule) -> Neighbours | None:
    """Return an index without keys if the rule asks for one."""
    if not isinstance(rule, KeyValue) or rule.neighbours is None:
        return None
    return Neighbours(rule.separation, rule.neighbours)


def _answer_to(own: float, separation: Dynamics | EnergyDifference) -> float:
    """Return how strongly a pattern that has this similarity with itself answers to itself."""
    if isinstance(separation, EnergyDifference):
        # relative to e^own, as the sums of exponentials are
        n = separation.n
        return float(1.0 - np.exp(-2.0) if n is None else own**n - (own - 2.0) ** n)
    return float(separate(fitted(separation, 1), np.array([[own]]))[0, 0])
