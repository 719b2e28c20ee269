"""Keys, values and a separation function in the place of weights."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import singledispatch
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.rules import HardLocations, LinearAttention, Rule
from attractors.rules.base import Levels, Patterns
from attractors.rules.wrapper import Wrapper
from attractors.synapses.base import Synapses, Triples
from attractors.synapses.feature_store import FeatureStore
from attractors.synapses.folding import Pairs
from attractors.synapses.location_store import LocationStore
from attractors.synapses.pair_store import PairStore
from attractors.synapses.store import Store


class Dual(Synapses):
    r"""What was stored itself, read through a separation: :math:`h = f(s K^\top) V`.

    For dual rules (:class:`~attractors.KeyValue`, :class:`~attractors.EnergyDifference`,
    :class:`~attractors.HardLocations`, :class:`~attractors.LinearAttention`) it is the only form.
    For rules that are sums of outer products it equals their weight matrix, and takes less memory
    while fewer patterns than units are stored.

    Its synapses are those of the two networks that do the same: from source units to one hidden
    unit for each key, and on to target units.
    """

    form: ClassVar[str] = "dual"

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self._store = store_for(rule, shape, recurrent, name)

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why keys and values cannot hold what a rule makes."""
        if rule.dual:
            return None
        # wrappers pass on what the wrapped rule makes
        while isinstance(rule, Wrapper) and _makes_products(rule):
            rule = rule.rule
        if _makes_products(rule):
            return None
        return f"{type(rule).__name__} makes no sum of outer products"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of hard locations or of a state; keys take theirs when stored."""
        if isinstance(rule, HardLocations):
            return rule.locations * (2 * shape[0] + -(-shape[1] // 64) * 8)
        return 8 * shape[1] * (shape[0] + 1) if isinstance(rule, LinearAttention) else 0

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""
        self._store.learn(post, pre, activity)

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        return self._store.field(states)

    def reader(self) -> Callable[[NDArray[Any]], NDArray[Any]]:
        """Return a function that does what :meth:`field` does, for use until the next lesson."""
        return self._store.reader()

    def few(self) -> Pairs | None:
        """Return keys and values if they are few enough to be multiplied at once, else ``None``."""
        return self._store.few()

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw answers to gain 1."""
        return self._store.scale(units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit; parameters as in base.

        Raises
        ------
        UnsupportedError
            If there are none, for the separation is not the identity.
        """
        return np.asarray(self.toarray()[:, unit])

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights; see :meth:`column` for errors."""
        weights = self.toarray()
        post, pre = np.nonzero(weights)
        return post, pre, weights[post, pre]

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights (n_post, n_pre); see :meth:`column` for errors."""
        weights = self._store.matrix()
        if weights is None:
            raise UnsupportedError(
                f"synapses of {self.name!r}: {type(self.rule).__name__} has no weight from unit "
                "to unit; update synchronously on the rate engine, or use two networks and Slots()."
            )
        return weights

    def events(self, states: NDArray[Any]) -> NDArray[np.int64]:
        """Return the synaptic events (B,) of an answer, on the way to the keys and from them."""
        towards = (states != 0) @ self._store.fan_out.astype(np.float64)
        return np.asarray(np.rint(towards + self._store.answering), dtype=np.int64)

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of synapses from each source unit to keys, (n_pre,)."""
        return self._store.fan_out

    @property
    def count(self) -> int:
        """Number of non-zero synapses to keys and from them to target units."""
        return self._store.count

    @property
    def possible(self) -> int:
        """Number of synapses to keys and from them, zero or not."""
        return self._store.size

    @property
    def nbytes(self) -> int:
        """Bytes of all that is held."""
        return self._store.nbytes

    def thinned(self, keep: NDArray[np.bool_]) -> Dual:
        """Return a copy in which only the chosen non-zero synapses live.

        The order is: those to the keys, key by key, then those from them, value by value.
        """
        other = copy.copy(self)
        other._store = self._store.thinned(keep)
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is held, as named arrays of plain types, to be saved."""
        return self._store.arrays()

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned; maps are not copied."""
        self._store.restore(arrays)


def _makes_products(rule: Rule) -> bool:
    """Tell whether a rule says which keys and values it makes."""
    return type(rule).outer is not Rule.outer


@singledispatch
def store_for(rule: Rule, shape: tuple[int, int], recurrent: bool, name: str) -> Store:
    """Return the empty contents of a dual form for a rule."""
    return PairStore(rule, shape, recurrent, name)


@store_for.register
def _locations(
    rule: HardLocations, shape: tuple[int, int], recurrent: bool, name: str
) -> LocationStore:
    return LocationStore(rule, shape, name)


@store_for.register
def _features(
    rule: LinearAttention, shape: tuple[int, int], recurrent: bool, name: str
) -> FeatureStore:
    return FeatureStore(rule, shape)
