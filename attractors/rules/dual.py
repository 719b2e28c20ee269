"""What memories without a weight matrix have in common."""

from __future__ import annotations

import abc
from typing import ClassVar

from attractors.errors import UnsupportedError
from attractors.rules.base import Held, Levels, Patterns, Rule


class DualRule(Rule, abc.ABC):
    """Base of the rules that only a dual form can hold.

    They say what is kept and how it is read; :class:`attractors.synapses.Dual` keeps and reads
    it. The separation function stands between keys and values, so no matrix of weights between
    source and target does the same, and there is none to learn.
    """

    signed: ClassVar[bool] = True
    symmetric: ClassVar[bool] = False
    dual: ClassVar[bool] = True

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Refuse: there is no matrix that could learn.

        Raises
        ------
        UnsupportedError
            Always.
        """
        raise UnsupportedError(
            f"{type(self).__name__} makes no weight matrix; use synapses='dual', which it gets "
            "by default."
        )

    def factor(self, units: int, activity: float) -> float:
        """Return 1; what is held decides how raw answers are scaled to gain 1."""
        return 1.0
