"""Weights as one full matrix."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.rules import Fixed, Rule
from attractors.synapses.base import Synapses, Triples


class Dense(Synapses):
    """A full matrix; any rule."""

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool) -> None:
        super().__init__(rule, shape, recurrent)
        self.weights: NDArray[Any] = (
            rule.weights.copy() if isinstance(rule, Fixed) else np.zeros(shape, rule.dtype)
        )

    def learn(
        self,
        post: NDArray[np.int8],
        pre: NDArray[np.int8],
        activity: tuple[float | None, float | None],
    ) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""
        if isinstance(self.rule, Fixed):
            raise UnsupportedError("Fixed weights learn nothing; give the edge another rule.")
        self.weights = self.rule.learn(self.weights, post, pre, activity)
        if self.recurrent:
            np.fill_diagonal(self.weights, 0)

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        return np.asarray(states @ self.weights.astype(states.dtype, copy=False).T)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        return self.weights[:, unit]

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        post, pre = np.nonzero(self.weights)
        return post, pre, self.weights[post, pre].astype(float)

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        return np.asarray(np.count_nonzero(self.weights, axis=0), dtype=np.int64)

    @property
    def nbytes(self) -> int:
        """Bytes that the weights take."""
        return self.weights.nbytes

    def thinned(self, keep: NDArray[np.bool_]) -> Dense:
        """Return a copy in which only the chosen non-zero synapses live."""
        other = copy.copy(self)
        other.weights = self.weights.copy()
        post, pre = np.nonzero(self.weights)
        other.weights[post[~keep], pre[~keep]] = 0
        return other
