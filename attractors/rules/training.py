"""Training of many perceptrons on the same patterns, by how often each pattern was used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


class Training:
    r"""Perceptrons of all target units, written as sums over stored pairs.

    Unit j has the weights :math:`W_{ji} = \sum_μ x_j^μ ξ_i^μ`. Only the strengths x change: the
    fields of all pairs follow from the products of patterns, so that units that are right cost
    nothing. Everything is a whole number, and no unit's result depends on the others.

    Parameters
    ----------
    post, pre : (P, n_post) and (P, n_pre) int8
        Pattern pairs.
    strengths : (n_post, P)
        x to start from; not changed.
    recurrent : bool
        Whether both ends are the same units, which do not use their own value.

    Attributes
    ----------
    strengths : (n_post, P)
        x as it is now.
    signs : (n_post, P)
        +1 where the target unit is to be active, -1 elsewhere.
    biased : bool
        Whether target units have a bias: those with values 0 and 1.
    """

    def __init__(
        self, post: NDArray[np.int8], pre: NDArray[np.int8], strengths: Reals, recurrent: bool
    ) -> None:
        self.strengths = strengths.copy()
        self.signs = np.where(post > 0, 1.0, -1.0).T.copy()
        self.biased = not bool((post < 0).any())
        self._pre = pre.astype(float)
        self._own = self._pre.T.copy() if recurrent else None
        self._products = self._pre @ self._pre.T
        self._spread = _spread(pre)
        # a source that is always active, as strong as all units of a pattern together
        strength = np.ceil(self._products.diagonal().mean()) if len(pre) else 1.0
        self._constant = float(max(strength, 1.0)) if self.biased else 0.0

    def run(self, margin: float, epochs: int) -> int:
        """Train until all pairs are stable, or keep what was best of each unit.

        Returns
        -------
        int
            Number of target units and pairs that are not stable.
        """
        weights, biases = self.weights()
        squares = (weights**2).sum(axis=1)
        fields = weights @ self._pre.T + biases[:, None]
        best = self._failures(fields, squares, margin).sum(axis=1)
        kept = self.strengths.copy()
        for _ in range(epochs):
            if not best.any():
                break
            self._epoch(fields, squares, margin)
            failures = self._failures(fields, squares, margin).sum(axis=1)
            better = failures < best
            best[better], kept[better] = failures[better], self.strengths[better]
        self.strengths = kept
        return int(best.sum())

    def weights(self) -> tuple[Reals, Reals]:
        """Return weights (n_post, n_pre) and biases (n_post,)."""
        weights = self.strengths @ self._pre
        if self._own is not None:
            np.fill_diagonal(weights, 0.0)
        return weights, self._constant * self.strengths.sum(axis=1)

    def directions(self) -> tuple[Reals, Reals]:
        """Return weights and biases, both divided by the length of the unit's weights."""
        weights, biases = self.weights()
        lengths = _lengths(weights)
        return weights / lengths[:, None], biases / lengths

    def stability(self) -> Reals:
        """Return how far each pair is on its side of the border, (P, n_post)."""
        weights, biases = self.weights()
        # the border itself is a whole number too, so it is told before anything is divided
        fields = self.signs * (weights @ self._pre.T + biases[:, None])
        return np.asarray((fields / _lengths(weights)[:, None]).T / self._spread)

    def _failures(self, fields: Reals, squares: Reals, margin: float) -> NDArray[np.bool_]:
        allowed = margin * self._spread * np.sqrt(squares)
        return np.asarray(self.signs * fields <= allowed[:, None])

    def _epoch(self, fields: Reals, squares: Reals, margin: float) -> None:
        """Go through all pairs once and change the units for which one is not stable."""
        for pair in range(len(self._pre)):
            allowed = margin * self._spread * np.sqrt(squares)
            wrong = np.flatnonzero(self.signs[:, pair] * fields[:, pair] <= allowed)
            if not wrong.size:
                continue
            signs = self.signs[wrong, pair]
            products = np.broadcast_to(self._products[pair], (wrong.size, len(self._pre)))
            if self._own is not None:
                products = products - self._own[wrong, pair, None] * self._own[wrong]
            biases = self._constant * self.strengths[wrong].sum(axis=1)
            squares[wrong] += 2.0 * signs * (fields[wrong, pair] - biases) + products[:, pair]
            fields[wrong] += signs[:, None] * (products + self._constant)
            self.strengths[wrong, pair] += signs


def _lengths(weights: Reals) -> Reals:
    """Return the length of each unit's weights, 1 where it has none."""
    lengths = np.linalg.norm(weights, axis=1)
    return np.where(lengths > 0.0, lengths, 1.0)


def _spread(pre: NDArray[np.int8]) -> float:
    """Return the standard deviation of a source unit: 1 for ±1, that of its activity for 0/1."""
    if not pre.size or (pre < 0).any():
        return 1.0
    activity = float(pre.mean())
    return float(np.sqrt(activity * (1.0 - activity))) if 0.0 < activity < 1.0 else 1.0
