"""A rule around another rule."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import ParameterError
from attractors.rules.base import Held, Levels, Patterns, Rule, Weights
from attractors.rules.fixed import Fixed

# what a wrapper passes on of what the wrapped rule says of itself
PASSED_ON = (
    "values",
    "signed",
    "symmetric",
    "order_free",
    "sequential",
    "random",
    "claims",
    "whole",
    "dual",
    "dtype",
)


class Wrapper(Rule):
    """Base of rules around a rule: it asks the wrapped rule for all that it does not change.

    Derive a frozen dataclass from it with a field ``rule``. Wrappers go around each other.

    Notes
    -----
    A wrapped rule that switches synapses on one by one is not ``clipped``: forms that learn such
    a rule by themselves would learn it without its wrapper.
    """

    rule: Rule

    def __post_init__(self) -> None:
        who = type(self).__name__
        if not isinstance(self.rule, Rule):
            raise ParameterError(
                f"{who}: rule is {self.rule!r}; give an instance, e.g. {who}(Hebbian())."
            )
        if isinstance(self.rule, Fixed):
            raise ParameterError(
                f"{who}: Fixed weights are given, not learned; change the matrix itself."
            )
        self.declare(**{name: getattr(self.rule, name) for name in PASSED_ON})

    def declare(self, **attributes: Any) -> None:
        """Say something of this rule that its class cannot know, e.g. ``symmetric=False``."""
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    def paired(self, post: Patterns, pre: Patterns) -> tuple[Patterns, Patterns]:
        """Return the pairs (P, n_post) and (P, n_pre) that are shown to the wrapped rule."""
        return post, pre

    def check(self, activity: Levels) -> None:
        """Refuse what the wrapped rule refuses."""
        self.rule.check(activity)

    def check_patterns(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Refuse what the wrapped rule refuses."""
        self.rule.check_patterns(*self.paired(post, pre), activity)

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return what the wrapped rule holds before the first lesson."""
        return self.rule.start(shape, name, recurrent)

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Let the wrapped rule learn."""
        return self.rule.learn(weights, *self.paired(post, pre), activity)

    def matrix(self, held: Held) -> Weights:
        """Return the raw weights of the wrapped rule."""
        return self.rule.matrix(held)

    def bias(self, held: Held) -> NDArray[Any] | None:
        """Return the bias of the wrapped rule."""
        return self.rule.bias(held)

    def factor(self, units: int, activity: float) -> float:
        """Return the factor of the wrapped rule."""
        return self.rule.factor(units, activity)

    def scale(self, held: Held, units: int, activity: float) -> float:
        """Return the factor of the wrapped rule."""
        return self.rule.scale(held, units, activity)


def off_diagonal(weights: NDArray[np.generic]) -> NDArray[Any]:
    """Return the synapses between different units of a square matrix, (n - 1, n)."""
    units = len(weights)
    flat = np.ascontiguousarray(weights).reshape(-1)
    return flat[1:].reshape(units - 1, units + 1)[:, :units]
