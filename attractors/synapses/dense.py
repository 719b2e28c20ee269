"""Weights as one full matrix of the rule's own type."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.rules import Fixed, Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples
from attractors.synapses.upkeep import upkeep

WHOLE = (np.bool_, np.float32)


class Dense(Synapses):
    """A full matrix; any rule that makes one."""

    form: ClassVar[str] = "dense"
    # made of what the rule holds when first needed, kept until the next lesson
    _weights: NDArray[Any] | None
    _fan_out: NDArray[np.int64] | None
    _cast: dict[np.dtype[Any], NDArray[Any]]
    _scales: dict[tuple[int, float], float]

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        # measured weights act as they are, those of a unit onto itself included
        super().__init__(rule, shape, recurrent and not isinstance(rule, Fixed), name)
        self._held = rule.start(shape, name, self.recurrent)
        self._forget()

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why a full matrix cannot hold what a rule makes."""
        return f"{type(rule).__name__} makes no weight matrix" if rule.dual else None

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of the matrix, and of what the rule keeps for each synapse."""
        return shape[0] * shape[1] * (np.dtype(rule.dtype).itemsize + upkeep(rule))

    @property
    def weights(self) -> NDArray[Any]:
        """Raw weights (n_post, n_pre)."""
        if self._weights is None:
            weights = self.rule.matrix(self._held)
            # the diagonal of what a rule holds may be needed to learn on, as for a projector
            if self.recurrent and weights.diagonal().any():
                weights = weights.copy()
                np.fill_diagonal(weights, 0)
            self._weights = weights
        return self._weights

    @property
    def may_refuse(self) -> bool:
        """Whether the rule does more than add to weights, which cannot fail."""
        return isinstance(self._held, dict)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""
        if isinstance(self.rule, Fixed):
            raise UnsupportedError("Fixed weights learn nothing; give the edge another rule.")
        self._held = self.rule.learn(_writable(self._held), post, pre, activity)
        if self.recurrent and isinstance(self._held, np.ndarray):
            np.fill_diagonal(self._held, 0)
        self._forget()

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        kind = self._kind(states.dtype)
        return np.asarray(states.astype(kind, copy=False) @ self._as(kind).T)

    def reader(self, states: np.dtype[Any]) -> Callable[[NDArray[Any]], NDArray[Any]] | None:
        """Return a function that does what :meth:`field` does, for use until the next lesson.

        ``None`` if states of this type have to be converted.
        """
        kind = self._kind(states)
        return self._as(kind).T.__rmatmul__ if kind == states else None

    @property
    def bias(self) -> NDArray[Any] | None:
        """What the rule adds to the raw field of every target unit."""
        return self.rule.bias(self._held)

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        asked = units, activity
        if asked not in self._scales:
            self._scales[asked] = self.rule.scale(self._held, units, activity)
        return self._scales[asked]

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        return self.weights[:, unit]

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        post, pre = np.nonzero(self.weights)
        return post, pre, self.weights[post, pre].astype(float)

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights (n_post, n_pre) themselves."""
        return self.weights

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        if self._fan_out is None:
            self._fan_out = np.asarray(np.count_nonzero(self.weights, axis=0), dtype=np.int64)
        return self._fan_out

    @property
    def nbytes(self) -> int:
        """Bytes of the weights, and of what their rule keeps besides."""
        held = self._held.values() if isinstance(self._held, dict) else ()
        besides = (array.nbytes for array in held if array is not self.weights)
        return int(self.weights.nbytes + sum(besides))

    @property
    def event_bytes(self) -> float:
        """Bytes of weights that one synaptic event reads."""
        return self.weights.nbytes / max(self.count, 1)

    def thinned(self, keep: NDArray[np.bool_]) -> Dense:
        """Return a copy in which only the chosen non-zero synapses live."""
        other = copy.copy(self)
        weights = self.weights.copy()
        post, pre = np.nonzero(weights)
        weights[post[~keep], pre[~keep]] = 0
        if isinstance(self._held, np.ndarray):
            other._held = weights
        else:
            # a rule that holds its weights as they are learns on from the thinned ones
            other._held = {
                name: weights if array is self.weights else array.copy()
                for name, array in self._held.items()
            }
        other._forget()
        other._weights = weights
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what the rule holds, and the weights unless they are part of that."""
        if not isinstance(self._held, dict):
            return {"weights": self._held}
        part = any(array is self.weights for array in self._held.values())
        return dict(self._held) if part else {**self._held, "matrix": self.weights}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        self._forget()
        if isinstance(self._held, dict):
            self._held = {name: arrays[name] for name in self._held}
            self._weights = arrays.get("matrix")
        else:
            self._held = arrays["weights"]

    def _forget(self) -> None:
        self._weights, self._fan_out, self._cast, self._scales = None, None, {}, {}

    def _kind(self, states: np.dtype[Any]) -> np.dtype[Any]:
        """Return the type that multiplies states of a type."""
        # whole numbers are exact in single precision, real weights stay in double
        single = self.weights.dtype.type in WHOLE and states.itemsize <= 4
        return np.dtype(np.float32 if single else np.float64)

    def _as(self, kind: np.dtype[Any]) -> NDArray[Any]:
        """Return the weights in the type that multiplies, kept until the next lesson."""
        if self.weights.dtype == kind:
            return self.weights
        if kind not in self._cast:
            self._cast[kind] = self.weights.astype(kind)
        return self._cast[kind]


def _writable(held: Any) -> Any:
    """Return what a rule may change in place: arrays mapped from a file are copied first."""
    if isinstance(held, dict):
        return {name: _writable(array) for name, array in held.items()}
    return held if held.flags.writeable else held.copy()
