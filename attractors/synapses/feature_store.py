"""Linear attention: sums over everything stored, of constant size."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules import LinearAttention
from attractors.rules.base import Levels, Patterns
from attractors.synapses.store import Store


class FeatureStore(Store):
    """The state and normaliser of linear attention.

    Parameters
    ----------
    rule : LinearAttention
        Names the feature map.
    shape : (int, int)
        Units of target and source.
    """

    def __init__(self, rule: LinearAttention, shape: tuple[int, int]) -> None:
        self._rule, self._held = rule, rule.start(shape)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Add what pattern pairs contribute."""
        self._held = {n: a if a.flags.writeable else a.copy() for n, a in self._held.items()}
        self._held = self._rule.learn(self._held, post, pre, activity)

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return S φ(s) / (z · φ(s)), or S s if the features are the states themselves."""
        mapped = self._rule.mapped(states)
        answers = mapped @ self._held["state"].T
        if self._rule.features == "identity":
            return np.asarray(answers)
        total = mapped @ self._held["normaliser"]
        return np.asarray(answers / np.where(total > 0, total, 1.0)[:, None])

    def scale(self, units: int, activity: float) -> float:
        """Return 1; without a denominator, 1 over the mean squared length of the keys."""
        stored, squares = self._held["totals"]
        return float(stored / squares) if self._rule.features == "identity" and squares else 1.0

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of numbers of the state that are not 0, for each source unit."""
        return np.asarray(np.count_nonzero(self._held["state"], axis=0), np.int64)

    @property
    def answering(self) -> float:
        """0: the state is all there is between source and target."""
        return 0.0

    @property
    def size(self) -> int:
        """Number of numbers in the state."""
        return int(self._held["state"].size)

    @property
    def nbytes(self) -> int:
        """Bytes of state and normaliser."""
        return sum(array.nbytes for array in self._held.values())

    def matrix(self) -> NDArray[Any] | None:
        """Return the state if the features are the states themselves."""
        state: NDArray[Any] = self._held["state"]
        return state if self._rule.features == "identity" else None

    def thinned(self, keep: NDArray[Any]) -> FeatureStore:
        """Return a copy in which some numbers of the state are 0."""
        other = copy.copy(self)
        state = self._held["state"].copy()
        row, column = np.nonzero(state)
        state[row[~keep], column[~keep]] = 0
        other._held = {**self._held, "state": state}
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return state and normaliser."""
        return dict(self._held)

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` returned."""
        self._held = {name: arrays[name] for name in self._held}
