"""A circuit of free-running units as Brian2 objects."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.forcing import held
from attractors.engines.spiking.free.group import Group
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.free.pools import Pools
from attractors.engines.spiking.free.projections import projections
from attractors.schedule import Schedule


class Build:
    """One group a preset, one synapse object a kind of edge, and the pools.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.groups = [Group(plan, neurons, n) for n, neurons in enumerate(plan.groups)]
        self.pools = Pools(plan, self.groups) if plan.competing else None
        self.projections = projections(plan, self.groups)

    @property
    def objects(self) -> list[Any]:
        """Everything that a network needs."""
        found = [thing for group in self.groups for thing in group.objects]
        found += self.pools.objects if self.pools else []
        return found + [projection.synapses for projection in self.projections]

    def values(self, schedule: Schedule, seed: int, first: int) -> dict[Any, Any]:
        """Return inputs, weights and initial states of a chunk by Brian2 variable.

        Parameters
        ----------
        schedule : Schedule
            Of the chunk.
        seed : int
            Of the run.
        first : int
            Number of the chunk's first trial.
        """
        found: dict[Any, Any] = {}
        for group in self.groups:
            for name, value in group.initial(seed, first).items():
                found[getattr(group.units, name)] = value
            if "drive" in group.tables:
                found[group.tables["drive"]] = self._drive(group, schedule)
            if "forced" in group.tables:
                found[group.tables["forced"]] = self._forced(group, schedule)
        if self.pools is not None:
            found |= self.pools.initial(seed, first)
        for projection in self.projections:
            found |= projection.initial(schedule)
        return found

    def learned(self) -> dict[str, NDArray[Any]]:
        """Return the raw weights (trial, post, pre) of plastic edges, after a chunk has run."""
        return {p.edge: p.learned() for p in self.projections if p.edge is not None}

    def candidates(self) -> dict[str, NDArray[np.int64]]:
        """Return how many synapses leave each source unit of plastic edges, (n_pre,)."""
        return {p.edge: p.fan_out() for p in self.projections if p.edge is not None}

    def _drive(self, group: Group, schedule: Schedule) -> NDArray[np.float64]:
        """Return what cues and noise add, in mV or Hz, (steps, total)."""
        table, layout = np.zeros((schedule.steps, group.layout.total)), group.layout
        for name in layout.units:
            factor = 1.0 if group.by_rate else self.plan.members[name].volt
            for step in range(schedule.steps):
                rows = schedule.added(name, step)
                if rows is not None:
                    layout.place({name: factor * rows}, table[step])
        return table

    def _forced(self, group: Group, schedule: Schedule) -> NDArray[np.float64]:
        """Return 1 where a unit must fire, -1 where it must not, (steps, total)."""
        table, layout = np.zeros((schedule.steps, group.layout.total)), group.layout
        for name in layout.units:
            for step in range(schedule.steps):
                layout.place({name: held(schedule, name, step, layout.units[name])}, table[step])
        return table
