"""Measured or designed weights, used as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Levels, Patterns, Rule, Weights


@dataclass(frozen=True, eq=False)
class Fixed(Rule):
    """Weights that are given, not learned; at gain 1 they act as they are.

    Parameters
    ----------
    weights : (n_post, n_pre) array_like
        Synaptic weights, finite. Negative ones make the rule signed.
    per_weight : float
        Field that a weight of 1 brings at gain 1: 1, or where the weights are raw ones of another
        rule, that rule's factor.

    Raises
    ------
    ParameterError
        If the weights are no finite matrix, or the factor is no number above 0.
    """

    weights: NDArray[Any]
    per_weight: float = 1.0
    values: ClassVar = None
    symmetric: ClassVar[bool] = False
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        try:
            matrix = np.array(self.weights, dtype=float)
        except (TypeError, ValueError):
            matrix = np.array(np.nan)
        if matrix.ndim != 2 or not np.isfinite(matrix).all():
            raise ParameterError(
                f"Fixed: weights of shape {matrix.shape} must be a finite (n_post, n_pre) matrix "
                "of numbers."
            )
        checks.real("Fixed", "per_weight", self.per_weight, low=0.0, open=True)
        matrix.setflags(write=False)
        object.__setattr__(self, "weights", matrix)
        object.__setattr__(self, "signed", bool((matrix < 0).any()))

    def __eq__(self, other: object) -> bool:
        """Compare the weights and their factor."""
        return (
            isinstance(other, Fixed)
            and self.per_weight == other.per_weight
            and np.array_equal(self.weights, other.weights)
        )

    def __hash__(self) -> int:
        """Hash the weights and their factor."""
        return hash((self.weights.shape, self.weights.tobytes(), self.per_weight))

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Weights:
        """Return the given weights."""
        return self.weights

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Return the given weights: storing patterns changes nothing."""
        return self.weights

    def factor(self, units: int, activity: float) -> float:
        """Return the declared factor."""
        return self.per_weight
