"""Inhibition through which units compete: pooled, or by explicit interneurons."""

from __future__ import annotations

from typing import Any

import brian2
import numpy as np
from brian2 import ms, mV
from numpy.typing import NDArray

from attractors.engines.spiking.free.group import Group
from attractors.engines.spiking.free.plan import Member, Plan
from attractors.engines.spiking.neurons import CurrentLIF, Interneurons
from attractors.seeding import stream

POOL = """
dp/dt = -p / tau_pool : volt
kick : volt (constant)
"""
# what excites interneurons, all those of a pool alike
EXCITED = """
dq/dt = -q / tau_pool : volt
lift : volt (constant)
"""
INTERNEURON = """
dv/dt = (rest - v + q + bias + noise * sqrt(2 * tau_m) * xi) / tau_m : volt (unless refractory)
q : volt (linked)
bias : volt (constant)
"""
# mV that white noise alone would make interneurons fluctuate, which keeps them out of step
JITTER = 2.0
CELL = CurrentLIF(noise=JITTER)
# drive in mV of an interneuron that nothing excites: it fires rarely
REST_DRIVE = CELL.rheobase - 2.0 * JITTER


class Pools:
    """The pools of all networks that compete, one a block, in every replica.

    A network that does not compete has one pool that nothing reaches.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    groups : sequence of Group
        The units.
    """

    def __init__(self, plan: Plan, groups: list[Group]) -> None:
        self.plan = plan
        self.declared = plan.interneurons
        self.members = [m for group in groups for m in _members(plan, group)]
        self.counts = [m.form.pools for m in self.members]
        self.per_trial = sum(self.counts)
        self.pool = self._pool()
        self.others: list[Any] = []
        self.interneurons = self._interneurons() if self.declared else None
        first = 0
        for group in groups:
            first = self._join(group, first)

    @property
    def objects(self) -> list[Any]:
        """What a network needs."""
        return [self.pool, *self.others]

    def initial(self, seed: int, first: int) -> dict[Any, Any]:
        """Return what varies from trial to trial, by variable."""
        if self.interneurons is None:
            return {}
        per_trial = len(self.interneurons) // self.plan.trials
        rows = [
            stream(seed, "interneurons", "potential", trial).uniform(-60.0, -50.0, per_trial)
            for trial in range(first, first + self.plan.trials)
        ]
        return {self.interneurons.v: np.concatenate(rows) * mV}

    def _pool(self) -> Any:
        inhibition = self.plan.engine.inhibition
        pool = brian2.NeuronGroup(
            self.per_trial * self.plan.trials,
            POOL + (EXCITED if self.declared else ""),
            method="exact",
            dt=self.plan.engine.interval * ms,
            name="attractors_pool",
            namespace={"tau_pool": inhibition.tau * ms},
        )
        kicks = [self._kick(member) for member in self.members]
        pool.kick = self._by_pool(kicks) * mV
        if self.declared is not None:
            lifts = [self._lift(member, self.declared) for member in self.members]
            pool.lift = self._by_pool(lifts) * mV
        return pool

    def _kick(self, member: Member) -> float:
        """Return what one spike adds to the inhibition of its pool, in mV.

        Inhibition is then the declared one at the on-rate of all that are active, units or
        interneurons.
        """
        if member.inhibition is None:
            return 0.0
        wanted = member.inhibition.strength * member.volt
        rate, senders = member.neurons.on_rate, member.active
        if self.declared is not None:
            rate, senders = self.declared.rate, self._size(member, self.declared)
        return wanted * 1000.0 / (senders * rate * member.inhibition.tau)

    def _lift(self, member: Member, declared: Interneurons) -> float:
        """Return what one spike adds to the drive of its pool's interneurons, in mV."""
        if member.inhibition is None:
            return 0.0
        wanted = CELL.drive_for(declared.rate) - REST_DRIVE
        return wanted * 1000.0 / (member.active * member.neurons.on_rate * declared.tau)

    def _size(self, member: Member, declared: Interneurons) -> int:
        """Return the number of interneurons of one pool."""
        return max(round(declared.ratio * member.units / member.form.pools), 1)

    def _by_pool(self, by_member: list[float]) -> NDArray[np.float64]:
        return np.tile(np.repeat(np.asarray(by_member, float), self.counts), self.plan.trials)

    def _join(self, group: Group, first: int) -> int:
        """Link the units of a group to their pools, and return the next member's first pool."""
        layout, plan = group.layout, self.plan
        pools = {m.name: m.form.pools for m in _members(plan, group)}
        own = sum(pools.values())
        within = layout.pools(pools)
        trial, place = np.divmod(within, own)
        of_unit = trial * self.per_trial + first + place
        if not group.competes:
            return first + own
        group.units.pooled = brian2.linked_var(self.pool, "p", index=of_unit)
        sums = "q_post += lift_post" if self.declared else "p_post += kick_post"
        synapses = brian2.Synapses(
            group.units,
            self.pool,
            on_pre=sums,
            dt=plan.engine.interval * ms,
            name=f"attractors_to_pool{group.number}",
        )
        synapses.connect(i=np.arange(layout.total), j=of_unit)
        self.others.append(synapses)
        return first + own

    def _interneurons(self) -> Any:
        declared, plan = self.declared, self.plan
        assert declared is not None
        sizes = [self._size(m, declared) if m.inhibition else 0 for m in self.members]
        one = np.repeat(np.arange(self.per_trial), np.repeat(sizes, self.counts))
        of_cell = (np.arange(plan.trials)[:, None] * self.per_trial + one).ravel()
        cells = brian2.NeuronGroup(
            len(of_cell),
            INTERNEURON,
            threshold=CELL.threshold,
            reset=CELL.reset,
            refractory="refractory",
            method="euler",
            dt=plan.engine.interval * ms,
            name="attractors_interneurons",
            namespace={
                "tau_m": CELL.tau_m * ms,
                "rest": CELL.rest * mV,
                "fire_at": CELL.fire_at * mV,
                "reset_to": CELL.reset_to * mV,
                "refractory": CELL.refractory * ms,
                "noise": JITTER * mV,
            },
        )
        cells.q = brian2.linked_var(self.pool, "q", index=of_cell)
        cells.bias = REST_DRIVE * mV
        synapses = brian2.Synapses(
            cells,
            self.pool,
            on_pre="p_post += kick_post",
            dt=plan.engine.interval * ms,
            name="attractors_from_interneurons",
        )
        synapses.connect(i=np.arange(len(of_cell)), j=of_cell)
        self.others += [cells, synapses]
        return cells


def _members(plan: Plan, group: Group) -> list[Member]:
    return [plan.members[name] for name in group.layout.units]
