"""Synapses that keep the sign of their weight alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules.base import Rule, Weights
from attractors.rules.hebbian import Hebbian
from attractors.rules.transformed import Transformed


@dataclass(frozen=True)
class Clipped(Transformed):
    r"""Only the sign of each weight is kept: :math:`\mathrm{sgn}(W_{ji})`, of -1, 0 and 1.

    Where the wrapped rule makes no negative weights, that is 1 for every synapse with a weight
    and 0 for the others.

    Parameters
    ----------
    rule : Rule
        What learns.

    Notes
    -----
    The sum of P random ±1 products that the sign is taken of leaves a signal-to-noise ratio of
    :math:`\sqrt{2/π} = 0.80` of what it was. A recurrent network of N units then holds about
    0.102 N random patterns, against 0.138 N.

    References
    ----------
    Sompolinsky (1986), Phys. Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571; van Hemmen (1987),
    Phys. Rev. A 36:1959, doi:10.1103/PhysRevA.36.1959.

    Examples
    --------
    >>> patterns = np.array([[1, -1, 1], [1, 1, 1], [1, 1, -1]], dtype=np.int8)
    >>> rule = Clipped(Hebbian())
    >>> rule.matrix(rule.learn(rule.start((3, 3)), patterns, patterns, (None, None)))
    array([[ 1.,  1.,  1.],
           [ 1.,  1., -1.],
           [ 1., -1.,  1.]], dtype=float32)
    """

    rule: Rule = field(default_factory=Hebbian)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.declare(dtype=np.float32, whole=True)

    def transformed(self, weights: Weights, held: dict[str, NDArray[Any]]) -> Weights:
        """Return the signs."""
        return np.sign(weights, dtype=np.float32)
