"""Only the strongest synapses are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Rule, Weights
from attractors.rules.hebbian import Hebbian
from attractors.rules.transformed import Transformed
from attractors.rules.wrapper import off_diagonal


@dataclass(frozen=True)
class Pruned(Transformed):
    r"""The weakest synapses are cut: :math:`W_{ji}` where :math:`|W_{ji}| ≥ c`, else 0.

    The cut c lies where the given fraction of the synapses is below it. Synapses of equal weight
    live or die together, so that fewer may be cut.

    Parameters
    ----------
    rule : Rule
        What learns.
    fraction : float
        Fraction of the synapses to cut, at least 0 and below 1.

    Notes
    -----
    The strongest synapses carry most of the signal: of normally distributed weights, the stronger
    half keeps 0.96 of the signal-to-noise ratio, a random half 0.71. See :class:`Diluted`.

    References
    ----------
    Sompolinsky (1986), Phys. Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571, on transforms f(W).

    Examples
    --------
    >>> rule = Pruned(Hebbian(), fraction=0.5)
    >>> weights = np.array([[1, -4], [3, 0]], dtype=np.float32)
    >>> rule.transformed(weights, {"recurrent": np.array(False)})
    array([[ 0., -4.],
           [ 3.,  0.]], dtype=float32)
    """

    rule: Rule = field(default_factory=Hebbian)
    fraction: float = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        if checks.real("Pruned", "fraction", self.fraction, low=0.0) >= 1.0:
            raise ParameterError(f"Pruned: fraction is {self.fraction!r}; it must be below 1.")

    def transformed(self, weights: Weights, held: dict[str, NDArray[Any]]) -> Weights:
        """Return the weights with the weakest set to 0."""
        magnitude = np.abs(weights)
        between = off_diagonal(magnitude) if held["recurrent"] else magnitude
        cut = int(self.fraction * between.size)
        if cut == 0:
            return weights
        least = np.partition(between, cut, axis=None)[cut]
        return np.where(magnitude >= least, weights, np.zeros((), weights.dtype))
