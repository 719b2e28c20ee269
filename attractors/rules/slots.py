"""Associations with hidden units of which each stands for one stored pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.errors import PatternError
from attractors.rules.base import Levels, Patterns, Rule, Weights


@dataclass(frozen=True)
class Slots(Rule):
    r"""Outer products of patterns as they are, :math:`W_{ji} = \sum_μ y^μ_j x^μ_i`.

    Between a visible and a hidden network it makes a dense memory out of two networks: every
    pattern stored in the visible one claims the next free hidden unit, whose synapses become a
    copy of the pattern. Patterns of the hidden network may be given as well; nothing is claimed
    then. Ends may store different values.

    Parameters
    ----------
    normalise : bool
        Divide by the number of active units of the source, of all units if they are ±1, so that
        a hidden unit's own pattern brings it a field of 1. By default weights act as they are.

    References
    ----------
    Krotov & Hopfield (2021), "Large associative memory problem in neurobiology and machine
    learning", ICLR, arXiv:2008.06996.

    Examples
    --------
    >>> pattern, slot = np.array([[1, -1, 1]], np.int8), claimed(0, 2, 1, "hidden")
    >>> Slots().learn(np.zeros((2, 3), np.float32), slot, pattern, (None, None))
    array([[ 1., -1.,  1.],
           [ 0.,  0.,  0.]], dtype=float32)
    """

    normalise: bool = False
    values: ClassVar = "any"
    claims: ClassVar[bool] = True

    def learn(self, weights: Weights, post: Patterns, pre: Patterns, activity: Levels) -> Weights:
        """Add the outer products."""
        # patterns of real numbers keep their precision
        kind = np.result_type(weights, post, pre)
        added = post.T.astype(kind) @ pre.astype(kind)
        return np.asarray(np.add(weights, added, out=weights if kind == weights.dtype else None))

    def outer(
        self, post: Patterns, pre: Patterns, activity: Levels
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the patterns themselves."""
        return post, pre

    def factor(self, units: int, activity: float) -> float:
        """Return 1, or with ``normalise`` 1 over the active units: all for ±1 patterns."""
        if not self.normalise:
            return 1.0
        return 1.0 / (units * activity) if activity > 0 else 1.0 / units


def claimed(used: int, units: int, rows: int, owner: str) -> NDArray[np.int8]:
    """Return the hidden patterns that as many stored rows claim: one new unit each, in order.

    Parameters
    ----------
    used : int
        Hidden units that were claimed before.
    units : int
        Units of the hidden network.
    rows : int
        Patterns about to be stored.
    owner : str
        What is full, as the error should name it.

    Returns
    -------
    (rows, units) int8
        One active unit a row.

    Raises
    ------
    PatternError
        If fewer units are free.
    """
    if used + rows > units:
        raise PatternError(
            f"{owner}: {used} of {units} units are claimed, which leaves {units - used} for "
            f"{rows} patterns; declare at least {used + rows} units."
        )
    patterns = np.zeros((rows, units), np.int8)
    patterns[np.arange(rows), np.arange(used, used + rows)] = 1
    return patterns
