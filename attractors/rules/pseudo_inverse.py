"""The projection rule: the pseudo-inverse of what is stored, kept up by Gram–Schmidt steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors.rules.base import Held, Levels, Patterns, Rule, Weights

# a pattern with a smaller part outside the span of those before it is a mixture of them
DEPENDENT = 1e-9
ROUNDING = 1e-13


@dataclass(frozen=True)
class PseudoInverse(Rule):
    r"""Weights that bring every stored source pattern exactly to its target: :math:`W = Y X^+`.

    X and Y hold the source and target patterns as columns, :math:`X^+` is Moore and Penrose's
    inverse. A recurrent memory gets the projector onto the span of its patterns; without
    self-coupling its diagonal is left out. Patterns that are mixtures of others add nothing to
    a recurrent memory; between two networks W is the least-squares solution, of smallest norm.
    Any values are stored, and the factor to gain 1 is 1.

    Notes
    -----
    The rule keeps an orthonormal basis of the stored source patterns (r vectors), their Gram
    matrix and the target patterns in its coordinates. A lesson of P patterns takes their part
    outside the basis (Gram and Schmidt, twice), P r N operations; that equals the inverse of all
    patterns at once whatever the order and the number of lessons. Weights cost r N² + r³ when
    they are next needed.

    The rule is incremental but not local. Up to N linearly independent patterns are fixed points,
    correlated ones too. Basins shrink as P/N grows: with self-coupling they are gone at
    P/N = 1/2, without it they last longer.

    References
    ----------
    Personnaz, Guyon & Dreyfus (1986), Phys. Rev. A 34:4217, doi:10.1103/PhysRevA.34.4217;
    Kanter & Sompolinsky (1987), Phys. Rev. A 35:380, doi:10.1103/PhysRevA.35.380;
    Greville (1960), SIAM Rev. 2:15, doi:10.1137/1002004.

    Examples
    --------
    >>> rule, x = PseudoInverse(), np.array([[1, 1, 1, -1], [1, 1, 1, 1]], dtype=np.int8)
    >>> held = rule.learn(rule.start((4, 4)), x, x, (None, None))
    >>> np.round(x @ rule.matrix(held).T)
    array([[ 1.,  1.,  1., -1.],
           [ 1.,  1.,  1.,  1.]])
    """

    values: ClassVar = "any"
    dtype: ClassVar[type[np.generic]] = np.float64

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return the basis of no patterns."""
        rows, columns = shape
        return {
            "basis": np.zeros((0, columns)),
            "gram": np.zeros((0, 0)),
            "cross": np.zeros((rows, 0)),
        }

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Extend the basis by what is new in the sources and enter all pairs in it."""
        x, y = pre.astype(float), post.astype(float)
        basis = np.concatenate([weights["basis"], _new_directions(x, weights["basis"])])
        more = len(basis) - len(weights["basis"])
        inside = x @ basis.T
        return {
            "basis": basis,
            "gram": np.pad(weights["gram"], (0, more)) + inside.T @ inside,
            "cross": np.pad(weights["cross"], ((0, 0), (0, more))) + y.T @ inside,
        }

    def matrix(self, held: Held) -> Weights:
        """Return W = (Y Cᵀ) (C Cᵀ)⁻¹ B, with basis B and the sources' coordinates C."""
        if not len(held["basis"]):
            return np.zeros((len(held["cross"]), held["basis"].shape[1]))
        weights = np.linalg.solve(held["gram"], held["cross"].T).T @ held["basis"]
        # what is left of rounding is no synapse, and would count as one
        weights[np.abs(weights) < ROUNDING * np.abs(weights).max()] = 0.0
        return np.asarray(weights)

    def factor(self, units: int, activity: float) -> float:
        """Return 1: the field of a stored source is its target."""
        return 1.0


def _new_directions(x: NDArray[np.float64], basis: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return orthonormal rows that span, together with the basis, the patterns x as well."""
    from scipy import linalg  # takes 0.1 s to load, which other rules need not wait for

    norms = np.linalg.norm(x, axis=1)
    x = x[norms > 0] / norms[norms > 0, None]
    for _ in range(2):  # once leaves rounding errors, twice is enough
        x = x - (x @ basis.T) @ basis
    directions, triangle, _ = linalg.qr(x.T, mode="economic", pivoting=True)
    # a direction of a small remainder is inexact: it is made orthogonal to the basis once more
    chosen = directions.T[np.abs(np.diagonal(triangle)) > DEPENDENT]
    chosen = chosen - (chosen @ basis.T) @ basis
    return np.asarray(linalg.qr(chosen.T, mode="economic")[0].T)
