"""Attention with a feature map: a memory of constant size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.rules.base import Held, Levels, Patterns
from attractors.rules.dual import DualRule

FEATURES: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "elu": lambda x: np.where(x > 0, x + 1.0, np.exp(np.minimum(x, 0.0))),
    "relu": lambda x: np.maximum(x, 0.0),
    "identity": lambda x: x,
}


@dataclass(frozen=True)
class LinearAttention(DualRule):
    r"""Attention whose similarity is an inner product of features φ, so that it adds up.

    .. math:: h_j = \frac{\sum_i S_{ji} φ_i(s)}{\sum_i z_i φ_i(s)}, \quad
              S = \sum_μ v^μ φ(k^μ)^\top, \quad z = \sum_μ φ(k^μ)

    However much is stored, it holds one matrix S and one vector z. ``"elu"`` is
    :math:`φ(x) = \mathrm{elu}(x) + 1`, the choice of the paper; ``"relu"`` likewise never makes
    the denominator negative. ``"identity"`` leaves the denominator out: one step of gradient
    descent on a linear regression in context, hence a sum of outer products.

    Parameters
    ----------
    features : {"elu", "relu", "identity"}
        φ, unit by unit.

    Notes
    -----
    Where the denominator is 0, with ``"relu"`` and nothing in common, the field is 0. Units of a
    recurrent memory couple to themselves.

    References
    ----------
    Katharopoulos et al. (2020), ICML, arXiv:2006.16236; for the identity von Oswald et al.
    (2023), ICML, arXiv:2212.07677.
    """

    features: str = "elu"
    values: ClassVar = "any"
    # feature by feature, keys are no whole numbers
    dtype: ClassVar[type[np.generic]] = np.float64

    def __post_init__(self) -> None:
        checks.choice("LinearAttention", "features", self.features, FEATURES)

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return the empty state S, normaliser z, number of keys and sum of their squares."""
        state, normaliser = np.zeros(shape), np.zeros(shape[1])
        return {"state": state, "normaliser": normaliser, "totals": np.zeros(2)}

    def learn(self, weights: Held, post: Patterns, pre: Patterns, activity: Levels) -> Held:
        """Add what keys and values contribute."""
        mapped = self.mapped(pre)
        weights["state"] += post.T @ mapped
        weights["normaliser"] += mapped.sum(axis=0)
        weights["totals"] += len(mapped), np.vdot(mapped, mapped)
        return weights

    def mapped(self, patterns: NDArray[Any]) -> NDArray[Any]:
        """Return φ of every number, in double precision."""
        return FEATURES[self.features](patterns.astype(np.float64, copy=False))
