"""A lesson: pattern pairs on their way into one set of synapses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors.architecture import Architecture, Edge
from attractors.errors import ParameterError, PatternError
from attractors.patterns import as_patterns
from attractors.rules import Fixed
from attractors.synapses import Synapses


@dataclass(frozen=True)
class Lesson:
    """What one set of synapses is to learn, checked when it is made.

    Attributes
    ----------
    owner : str
        What learns, as an error should name it.
    synapses : Synapses
        Where it goes.
    post, pre : (P, n_post) and (P, n_pre) int8
        Pattern pairs.
    activity : (float or None, float or None)
        Nominal activity of target and source.
    """

    owner: str
    synapses: Synapses
    post: NDArray[np.int8]
    pre: NDArray[np.int8]
    activity: tuple[float | None, float | None]

    def __post_init__(self) -> None:
        try:
            self.synapses.rule.check(self.activity)
            self.synapses.rule.check_patterns(self.post, self.pre, self.activity)
        except (ParameterError, PatternError) as error:
            raise type(error)(f"{self.owner}: {error}") from None

    def learn(self) -> None:
        """Train the synapses; fixed ones stay as they are."""
        if not isinstance(self.synapses.rule, Fixed):
            self.synapses.learn(self.post, self.pre, self.activity)


def edge_lesson(
    architecture: Architecture, edge: Edge, synapses: Synapses, x: ArrayLike, y: ArrayLike
) -> Lesson:
    """Return the lesson "when the source is in row x, act on row y of the target".

    Raises
    ------
    PatternError, ParameterError
        If the patterns do not fit the ends of the edge.
    """
    source, target = architecture.nodes[edge.source], architecture.nodes[edge.target]
    owner = f"{type(edge).__name__} {edge.label!r}"
    pre = as_patterns(x, source.units, source.values, f"{owner}, source")
    post = as_patterns(y, target.units, target.values, f"{owner}, target")
    if len(pre) != len(post):
        raise PatternError(f"{owner}: {len(pre)} rows for the source, {len(post)} for the target.")
    return Lesson(owner, synapses, post, pre, (target.activity, source.activity))
