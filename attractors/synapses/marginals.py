"""What centring adds to coincidences: how often each unit was active."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules import Rule
from attractors.rules.base import Levels
from attractors.rules.counts import Counts
from attractors.synapses.lists import Lists

Reals = NDArray[np.float64]


class Marginals:
    r"""Weights :math:`\sum (x_j-a_j)(x_i-a_i)` but for the coincidences :math:`C_{ji}`.

    .. math:: W_{ji} = C_{ji} - a_i c_j - a_j c_i + P a_j a_i

    Parameters
    ----------
    rule : Rule
        With a :meth:`~attractors.Rule.centring`.
    shape : (int, int)
        Units of target and source.
    """

    def __init__(self, rule: Rule, shape: tuple[int, int]) -> None:
        self.rule = rule
        self.post, self.pre = (np.zeros(units, np.int64) for units in shape)
        self.stored = 0
        self.activity: Levels = (None, None)

    def add(self, post: Lists, pre: Lists, activity: Levels) -> None:
        """Count the active units of one lesson."""
        self.post = self.post + np.bincount(post[1], minlength=len(self.post))
        self.pre = self.pre + np.bincount(pre[1], minlength=len(self.pre))
        self.stored += len(post[0]) - 1
        self.activity = activity

    def weights(self, pairs: NDArray[Any], rows: slice) -> Reals:
        """Return the weights (R, n_post) of some source units, of their coincidences."""
        if not self.stored:
            return np.zeros(pairs.shape)
        counts = Counts(pairs.T.astype(np.int32), self.post, self.pre[rows], self.stored)
        return np.asarray(self.rule.from_counts(counts, self.activity).T, np.float64)

    @property
    def shift(self) -> Reals:
        """What a field of coincidences has too much for each active source unit, (n_post,)."""
        return np.asarray(self._levels[1] * self.post, np.float64)

    @property
    def own(self) -> Reals:
        """What is taken off active units for their synapse onto themselves, (n,), to be given back.

        For one network at both ends, whose units have no such synapse.
        """
        target, source = self._levels
        both = self.stored * target * source
        return np.asarray(source * self.post + target * self.pre - both, np.float64)

    @property
    def levels(self) -> tuple[float, float]:
        """What :meth:`level` multiplies the weighted sum of the states by, and their sum."""
        target, source = self._levels
        return target, self.stored * target * source

    def level(self, active: NDArray[Any], weighted: NDArray[Any]) -> Reals:
        """Return what a field of coincidences has too much in each row, (B,).

        Parameters
        ----------
        active : (B,) real
            Sum of the states of each row.
        weighted : (B,) real
            Sum of the states times :attr:`pre`.
        """
        target, both = self.levels
        return np.asarray(target * weighted - both * active)

    def centred(self, coincident: NDArray[Any], states: NDArray[Any], recurrent: bool) -> Reals:
        """Return the field (B, n_post) of states (B, n_pre), of that of the coincidences alone."""
        active = states.sum(axis=1, dtype=np.float64)
        level = self.level(active, states @ self.pre.astype(np.float64))
        field = coincident - active[:, None] * self.shift - level[:, None]
        return np.asarray(field + states * self.own if recurrent else field)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is held."""
        levels = [np.nan if level is None else level for level in self.activity]
        stored, activity = np.array(self.stored, np.int64), np.array(levels, np.float64)
        return {"post": self.post, "pre": self.pre, "stored": stored, "activity": activity}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        self.post, self.pre = arrays["post"], arrays["pre"]
        self.stored = int(arrays["stored"])
        post, pre = (None if np.isnan(level) else float(level) for level in arrays["activity"])
        self.activity = post, pre

    @property
    def _levels(self) -> tuple[float, float]:
        levels = self.rule.centring(self.activity) if self.stored else None
        return (0.0, 0.0) if levels is None else levels
