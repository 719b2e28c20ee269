"""The circuit as Brian2 objects: one group of units, one of pools, one object a synapse model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import brian2
import numpy as np
from brian2 import ms, mV
from numpy.typing import NDArray

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.forms import Form, form_of
from attractors.engines.spiking.gamma import preset
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.inputs import Inputs
from attractors.engines.spiking.layout import Layout
from attractors.schedule import Schedule
from attractors.synapses.base import Triples
from attractors.synapses.blockwise import between_blocks

# potential in mV that no sum of inputs outweighs
OFF = 1e9
HALF = 0.5 - 1e-9
ROOM = 1.5
VOLT = preset.PRESET["field"].value


@dataclass
class Plan:
    """What is to be built.

    Parameters
    ----------
    circuit : Circuit
        What runs.
    layout : Layout
        Of its spiking networks.
    timing : Timing
        The gamma cycle.
    hot, forced : bool
        Whether networks have a temperature, and whether units are clamped or silenced.
    """

    circuit: Circuit
    layout: Layout
    timing: Timing
    hot: bool
    forced: bool
    links: tuple[Link, ...] = field(init=False)
    forms: dict[str, Form] = field(init=False)

    def __post_init__(self) -> None:
        names = self.layout.units
        self.links = tuple(
            link for link in self.circuit.links if link.source in names and link.factor != 0
        )
        nodes = self.circuit.architecture.nodes
        found = {name: form_of(nodes[name].dynamics, n) for name, n in names.items()}
        self.forms = {name: form for name, form in found.items() if form is not None}

    @property
    def modes(self) -> frozenset[str]:
        """Modes of the diversions that exist."""
        return frozenset(link.kind for link in self.links) & frozenset(preset.DIVERSION)


class Build:
    """Brian2 objects of the spiking networks, and the ways to load a chunk of trials.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.pool_of = plan.layout.pools({name: form.pools for name, form in plan.forms.items()})
        self.pool = self._pools()
        self.units = self._units()
        self.counting = brian2.Synapses(
            self.units,
            self.pool,
            on_pre="ready_post += 1",
            on_event={"pre": "ready"},
            dt=plan.timing.dt * ms,
            name="attractors_counting",
        )
        self.counting.connect(i=np.arange(plan.layout.total), j=self.pool_of)
        self.groups = {
            target: [link for link in plan.links if _target(link) == target]
            for target in ("excitation", *sorted(plan.modes))
        }
        self.synapses = {t: self._synapses(t, links) for t, links in self.groups.items() if links}
        self.monitor = brian2.SpikeMonitor(self.units, name="attractors_spikes")

    @property
    def objects(self) -> list[Any]:
        """Everything that a network needs."""
        return [self.pool, self.units, self.counting, *self.synapses.values(), self.monitor]

    def load(self, inputs: Inputs, schedule: Schedule) -> None:
        """Put the inputs and lesions of a chunk of trials in place, before it runs."""
        step = self.plan.timing.step * ms
        tables = {"drive": inputs.drive, "jitter": inputs.jitter, "force": inputs.force}
        for name, table in tables.items():
            if table is not None:
                timed = brian2.TimedArray(table, dt=step, name=f"attractors_{name}")
                self.units.namespace[name] = timed
        for target, synapses in self.synapses.items():
            synapses.w = self._weights(self.groups[target], schedule) * mV
        self._bound(inputs)

    def spikes(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return unit and time (ms) of all spikes since the start."""
        return np.array(self.monitor.i, np.int64), np.array(self.monitor.t / ms)

    def ties(self) -> NDArray[np.int64]:
        """Return how many ties each replica met, (trials,)."""
        by_pool = np.array(self.pool.ties[:], np.int64)
        return np.asarray(by_pool.reshape(self.plan.layout.trials, -1).sum(axis=1))

    def _pools(self) -> Any:
        plan, timing = self.plan, self.plan.timing
        pool = brian2.NeuronGroup(
            int(self.pool_of.max()) + 1,
            preset.POOL,
            method="exact",
            dt=timing.dt * ms,
            name="attractors_pool",
            namespace={
                "tau_m": preset.PRESET["tau_m"].value * ms,
                "cycle": timing.cycle,
                "fire": timing.fire,
                "margin": 1.5 * preset.PRESET["spread"].value * VOLT * mV,
            },
        )
        pool.run_regularly(preset.START_POOL, dt=timing.step * ms, when="start")
        pool.run_regularly(preset.SETTLE, dt=timing.dt * ms, when="after_synapses")
        pool.winners = self._by_pool([form.winners for form in plan.forms.values()])
        return pool

    def _units(self) -> Any:
        plan, layout, timing = self.plan, self.plan.layout, self.plan.timing
        equations = [preset.UNITS, *(preset.DIVERSION[mode] for mode in sorted(plan.modes))]
        units = brian2.NeuronGroup(
            layout.total,
            "".join(equations) + ("entry : volt (constant)\n" if plan.hot else ""),
            threshold=preset.THRESHOLD,
            reset="v = 0*volt",
            events={"ready": "v > p"},
            method="exact",
            dt=timing.dt * ms,
            name="attractors_units",
            namespace={
                "tau_m": preset.PRESET["tau_m"].value * ms,
                "cycle": timing.cycle,
                "fire": timing.fire,
                "field": VOLT * mV,
                "half": HALF * VOLT * mV,
                "off": OFF * mV,
            },
        )
        code = preset.start_units(plan.modes, plan.hot, plan.forced)
        units.run_regularly(code, dt=timing.step * ms, when="start")
        units.p = brian2.linked_var(self.pool, "p", index=self.pool_of)
        self._set_constants(units)
        return units

    def _set_constants(self, units: Any) -> None:
        plan, layout = self.plan, self.plan.layout
        spread = preset.PRESET["spread"].value * VOLT
        spreads = {name: np.linspace(0.0, spread, n) for name, n in layout.units.items()}
        units.spread = layout.everywhere(spreads) * mV
        if "divisive" in plan.modes:
            shunted = {link.target for link in plan.links if link.kind == "divisive"}
            units.shunted = layout.everywhere({name: name in shunted for name in layout.units})
        if plan.hot:
            entries = {n: f.entry for n, f in plan.forms.items()}
            fields = {n: -OFF if entry is None else entry * VOLT for n, entry in entries.items()}
            units.entry = layout.everywhere(fields) * mV

    def _synapses(self, target: str, links: Sequence[Link]) -> Any:
        layout, timing = self.plan.layout, self.plan.timing
        delays = [timing.delay(link.delay, link.kind == "recurrent") for link in links]
        same = len(set(delays)) == 1
        synapses = brian2.Synapses(
            self.units,
            self.units,
            "w : volt",
            on_pre=f"{target}_post += w",
            delay=delays[0] * ms if same else None,
            dt=timing.dt * ms,
            name=f"attractors_{target}",
        )
        ends = [self._ends(link) for link in links]
        synapses.connect(
            i=np.concatenate([layout.replicas(pre) for _, pre in ends]),
            j=np.concatenate([layout.replicas(post) for post, _ in ends]),
        )
        if not same:
            counts = [len(pre) * layout.trials for _, pre in ends]
            synapses.delay = np.repeat(delays, counts) * ms
        return synapses

    def _ends(self, link: Link) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        post, pre, _ = self._triples(link)
        start = self.plan.layout.start
        return post + start[link.target], pre + start[link.source]

    def _weights(self, links: Sequence[Link], schedule: Schedule) -> NDArray[np.float64]:
        """Return the strengths in mV, without those of edges that a trial lesions."""
        strengths = []
        for link in links:
            scaled = self._triples(link)[2] * (link.factor * self.plan.timing.strength)
            alive = np.zeros(self.plan.layout.trials)
            intact = schedule.intact(link.name)
            alive[: schedule.count] = 1.0 if intact is None else intact
            strengths.append((alive[:, None] * scaled).ravel())
        return np.concatenate(strengths)

    def _bound(self, inputs: Inputs) -> None:
        """Set the range of the inhibition wide enough for every field that can occur."""
        plan, layout = self.plan, self.plan.layout
        outside = np.abs(inputs.drive).max() + (
            0.0 if inputs.jitter is None else np.abs(inputs.jitter).max()
        )
        bound = dict.fromkeys(plan.forms, outside + ROOM)
        for link in plan.links:
            post, _, weights = self._triples(link)
            most = np.bincount(post, np.abs(weights), link.synapses.shape[0]).max()
            bound[link.target] += abs(link.factor) * most
        floors = [-bound[n] if f.floor is None else f.floor for n, f in plan.forms.items()]
        ceilings = [
            f.floor if f.floor is not None and f.winners >= layout.units[n] // f.pools else bound[n]
            for n, f in plan.forms.items()
        ]
        self.pool.lowest = self._by_pool(floors) * VOLT * mV
        self.pool.highest = self._by_pool(ceilings) * VOLT * mV

    def _by_pool(self, by_network: Sequence[float]) -> NDArray[np.float64]:
        """Return one value a pool from one a network."""
        pools = [form.pools for form in self.plan.forms.values()]
        return np.tile(np.repeat(np.asarray(by_network, float), pools), self.plan.layout.trials)

    def _triples(self, link: Link) -> Triples:
        """Return the synapses of a link; the units of a block have none among themselves."""
        triples, form = link.synapses.triples(), self.plan.forms[link.target]
        if link.kind != "recurrent" or form.pools == 1:
            return triples
        return between_blocks(triples, link.synapses.shape[0] // form.pools)


def _target(link: Link) -> str:
    """Return the variable of the unit that a link adds to."""
    return "excitation" if link.kind in ("recurrent", "association") else link.kind
