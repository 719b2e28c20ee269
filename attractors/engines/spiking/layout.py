"""Where the units of networks and trials lie in the fused groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Layout:
    """Trials side by side, each with all networks as contiguous slices.

    Parameters
    ----------
    units : mapping of str to int
        Units by network.
    trials : int
        Replicas.
    """

    units: Mapping[str, int]
    trials: int

    @cached_property
    def start(self) -> dict[str, int]:
        """First unit of each network within a trial."""
        ends = np.cumsum([0, *self.units.values()])
        return dict(zip(self.units, map(int, ends[:-1]), strict=True))

    @property
    def per_trial(self) -> int:
        """Units of one trial."""
        return sum(self.units.values())

    @property
    def total(self) -> int:
        """Units of all trials."""
        return self.per_trial * self.trials

    def everywhere(self, by_network: Mapping[str, Any]) -> NDArray[Any]:
        """Return one value a unit, (total,), from one value or (N,) array a network."""
        parts = [np.broadcast_to(by_network[name], (n,)) for name, n in self.units.items()]
        return np.tile(np.concatenate(parts), self.trials)

    def pools(self, by_network: Mapping[str, int]) -> NDArray[np.int64]:
        """Return the index of each unit's pool, (total,): pools within networks within trials.

        Parameters
        ----------
        by_network : mapping of str to int
            Pools of each network; its units are shared out among them in equal blocks.
        """
        counts = [by_network[name] for name in self.units]
        sizes = [units // n for units, n in zip(self.units.values(), counts, strict=True)]
        one = np.repeat(np.arange(sum(counts)), np.repeat(sizes, counts))
        return (np.arange(self.trials)[:, None] * sum(counts) + one).ravel()

    def replicas(self, indices: NDArray[Any]) -> NDArray[Any]:
        """Return indices within one trial (S,) for all trials, (trials × S,), trial by trial.

        They are of the same type.
        """
        first = np.arange(self.trials, dtype=indices.dtype) * self.per_trial
        return np.asarray(first[:, None] + indices).ravel()

    def place(self, rows: Mapping[str, NDArray[Any]], target: NDArray[Any]) -> None:
        """Write rows (b, N) by network into a flat array (total,); b may be below trials."""
        table = target.reshape(self.trials, self.per_trial)
        for name, values in rows.items():
            begin = self.start[name]
            table[: len(values), begin : begin + self.units[name]] = values
