"""Kanerva's sparse distributed memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.rules.dual import DualRule


@dataclass(frozen=True)
class HardLocations(DualRule):
    r"""Sparse distributed memory: counters at fixed random addresses, all within a radius of it.

    A ±1 word of the source activates the locations whose random address differs in at most
    ``radius`` units. Writing adds the target's word to the counters of every activated location;
    reading adds up the counters of the activated locations, and ``Sign`` units decide. As a dual
    form: addresses are the keys, counters the values, and the separation is a threshold on the
    overlap, :math:`[a·s ≥ N - 2r]`.

    Parameters
    ----------
    locations : int
        Number of hard locations.
    radius : int
        Largest Hamming distance, in units, at which a location is activated.
    seed : int
        Seed of the addresses; every network or edge draws its own, by name.

    Notes
    -----
    It costs N bits and one counter a target unit for each location, whatever is stored; both
    writing and reading compare with every address.

    References
    ----------
    Kanerva (1988), Sparse Distributed Memory, MIT Press, ISBN 0-262-11132-2.

    Examples
    --------
    >>> import numpy as np
    >>> from attractors import HardLocations, Memory, Sign, patterns
    >>> memory = Memory(256, Sign(), HardLocations(2000, radius=112))
    >>> words = patterns.random_signs(5, 256, np.random.default_rng(0))
    >>> memory.store(words)
    >>> bool((memory.recall(words * np.where(np.arange(256) < 10, -1, 1)) == words).all())
    True
    """

    locations: int
    radius: int
    seed: int = 0
    values: ClassVar = "±1"
    # addresses are drawn unit by unit
    random: ClassVar[bool] = True

    def __post_init__(self) -> None:
        checks.whole("HardLocations", "locations", self.locations)
        checks.whole("HardLocations", "radius", self.radius, low=0)
        checks.whole("HardLocations", "seed", self.seed, low=0)
