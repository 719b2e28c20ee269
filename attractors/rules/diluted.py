"""Networks in which not every pair of units has a synapse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.rules.base import Held, Rule, Weights
from attractors.rules.hebbian import Hebbian
from attractors.rules.transformed import Transformed
from attractors.rules.wrapper import Wrapper
from attractors.seeding import stream

PRESENT = "present"


@dataclass(frozen=True)
class Diluted(Transformed):
    r"""A random fraction of the synapses is absent: :math:`c_{ji} W_{ji}` with c of 0 and 1.

    Each synapse is there with probability 1 - fraction, for good: which ones depends on the seed
    and on the name of the network or edge, not on what is stored.

    Parameters
    ----------
    rule : Rule
        What learns.
    fraction : float
        Fraction of the synapses that are absent, at least 0 and below 1.
    reciprocal : bool
        Between the units of one network, the synapses of a pair in the two directions are there
        or absent together (symmetric dilution), so that symmetric weights stay symmetric; else
        each by itself.
    seed : int
        Seed of the choice.

    Notes
    -----
    With c = 1 - fraction, symmetric dilution leaves a critical load P/N of 0.114 at c = 0.75 and
    0.028 at c = 0.1, between 0.138 c and 0.32 c; strong asymmetric dilution leaves 2/π = 0.64
    patterns an input. One byte a synapse is held beside the table of coincidences.

    References
    ----------
    Sompolinsky (1986), Phys. Rev. A 34:2571, doi:10.1103/PhysRevA.34.2571; Derrida, Gardner &
    Zippelius (1987), Europhys. Lett. 4:167, doi:10.1209/0295-5075/4/2/007.

    Examples
    --------
    >>> held = Diluted(fraction=0.75, seed=1).start((1000, 1000), "word")
    >>> round(float(held["present"].mean()), 2)
    0.25
    """

    rule: Rule = field(default_factory=Hebbian)
    fraction: float = 0.5
    reciprocal: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if checks.real("Diluted", "fraction", self.fraction, low=0.0) >= 1.0:
            raise ParameterError(f"Diluted: fraction is {self.fraction!r}; it must be below 1.")
        checks.whole("Diluted", "seed", self.seed, low=0)
        symmetric = self.rule.symmetric and self.reciprocal
        # counts do not know which synapses are there
        self.declare(symmetric=symmetric, random=True, counted=False)

    def start(self, shape: tuple[int, int], name: str = "", recurrent: bool = False) -> Held:
        """Return what the wrapped rule holds, and which synapses are there."""
        held = super().start(shape, name, recurrent)
        rng = stream(self.seed, name, "Diluted", _depth(self.rule))
        present = rng.random(shape, dtype=np.float32) >= self.fraction
        if self.reciprocal and shape[0] == shape[1]:
            upper = np.triu(present)
            present = upper | upper.T
        held[PRESENT] = present
        return held

    def transformed(self, weights: Weights, held: dict[str, NDArray[Any]]) -> Weights:
        """Return the weights of the synapses that are there."""
        return np.where(held[PRESENT], weights, np.zeros((), weights.dtype))


def _depth(rule: Rule) -> int:
    """Return how many dilutions are wrapped already: each draws its own."""
    depth = 0
    while isinstance(rule, Wrapper):
        depth += isinstance(rule, Diluted)
        rule = rule.rule
    return depth
