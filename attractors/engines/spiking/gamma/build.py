"""The circuit as Brian2 objects: one group of units, one of pools, one object a pathway."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import brian2
import numpy as np
from brian2 import ms, mV
from numpy.typing import NDArray

from attractors.engines.spiking.gamma import preset
from attractors.engines.spiking.gamma.inputs import Inputs
from attractors.engines.spiking.gamma.pathways import Pathway
from attractors.engines.spiking.gamma.plan import Plan
from attractors.engines.spiking.targets.runtime import held, put
from attractors.schedule import Schedule

__all__ = ["HALF", "Build", "Plan"]

# potential in mV that no sum of inputs outweighs
OFF = 1e9
HALF = 0.5 - 1e-9
VOLT = preset.PRESET["field"].value
# of units without adaptation or depression, of which no trace is made
ANY_TIME = 1000.0


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
        # of pathways that are lesioned in some trials: their weights change from chunk to chunk
        self.changing: dict[Pathway, list[NDArray[np.float64]]] = {}
        self.synapses = {pathway: self._synapses(pathway) for pathway in plan.pathways}
        self.monitor = brian2.SpikeMonitor(self.units, name="attractors_spikes")

    @property
    def objects(self) -> list[Any]:
        """Everything that a network needs."""
        return [self.pool, self.units, self.counting, *self.synapses.values(), self.monitor]

    def load(self, inputs: Inputs, schedule: Schedule) -> None:
        """Put the inputs and lesions of a chunk of trials in place, before it runs."""
        for key, value in self.values(inputs, schedule).items():
            put(key, value)

    def values(self, inputs: Inputs, schedule: Schedule) -> dict[Any, Any]:
        """Return what a chunk of trials begins with: inputs, lesions, range of the inhibition."""
        tables = {"drive": inputs.drive, "jitter": inputs.jitter, "force": inputs.force}
        values = {
            self._table(name, table.shape): table
            for name, table in tables.items()
            if table is not None
        }
        for pathway, strengths in self.changing.items():
            alive = [self.plan.alive(link, schedule) for link in pathway.links]
            values[self.synapses[pathway].w] = _by_trial(alive, strengths) * mV
        for mode in self.plan.biased:
            bias = getattr(self.units, f"{mode}_bias")
            values[bias] = self.plan.bias(mode, schedule) * VOLT * mV
        floors, ceilings = self.plan.bounds(inputs)
        values[self.pool.lowest] = self._by_pool(floors) * VOLT * mV
        values[self.pool.highest] = self._by_pool(ceilings) * VOLT * mV
        return values

    def _table(self, name: str, shape: tuple[int, ...]) -> Any:
        """Return the timed array that code of the units reads under a name."""
        if name not in self.units.namespace:
            table = held(shape, self.plan.timing.step, f"attractors_{name}")
            self.units.namespace[name] = table
        return self.units.namespace[name]

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
        plan, timing = self.plan, self.plan.timing
        units = brian2.NeuronGroup(
            plan.layout.total,
            self._equations(),
            threshold=preset.THRESHOLD,
            reset=preset.TIRING_RESET if plan.adaptations else preset.RESET,
            events={"ready": "v > p"},
            method="exact",
            dt=timing.dt * ms,
            name="attractors_units",
            namespace=self._values(),
        )
        code = preset.start_units(
            plan.brought,
            [name for name, fade in plan.variables.items() if not fade],
            hot=plan.hot,
            forced=plan.forced,
            adapts=bool(plan.adaptations),
        )
        units.run_regularly(code, dt=timing.step * ms, when="start")
        units.p = brian2.linked_var(self.pool, "p", index=self.pool_of)
        self._set_constants(units)
        self._set_fatigue(units)
        return units

    def _equations(self) -> str:
        plan = self.plan
        collected = (
            preset.collecting(name, f"tau_{name}" if fade else "tau_m")
            for name, fade in plan.variables.items()
        )
        constants = [f"{mode}_bias" for mode in plan.biased] + ["entry"] * plan.hot
        return "".join(
            [
                preset.UNITS,
                *collected,
                preset.ADAPTATION if plan.adaptations else "",
                preset.DEPRESSION if plan.depressions else "",
                *(f"{name} : volt (constant)\n" for name in constants),
            ]
        )

    def _values(self) -> dict[str, Any]:
        """Return the constants that equations and code of the units name."""
        timing = self.plan.timing
        fades = {f"tau_{name}": fade * ms for name, fade in self.plan.variables.items() if fade}
        return fades | {
            "tau_m": preset.PRESET["tau_m"].value * ms,
            "cycle": timing.cycle,
            "fire": timing.fire,
            "field": VOLT * mV,
            "half": HALF * VOLT * mV,
            "off": OFF * mV,
        }

    def _set_constants(self, units: Any) -> None:
        plan, layout = self.plan, self.plan.layout
        spread = preset.PRESET["spread"].value * VOLT
        spreads = {name: np.linspace(0.0, spread, n) for name, n in layout.units.items()}
        units.spread = layout.everywhere(spreads) * mV
        if plan.hot:
            entries = {n: f.entry for n, f in plan.forms.items()}
            fields = {n: -OFF if entry is None else entry * VOLT for n, entry in entries.items()}
            units.entry = layout.everywhere(fields) * mV

    def _set_fatigue(self, units: Any) -> None:
        """Set what spikes do to thresholds and synapses, nothing where units do not tire."""
        plan, layout = self.plan, self.plan.layout
        rested = dict.fromkeys(layout.units, 0.0)
        if plan.adaptations:
            tire = {n: plan.timing.tire(found) for n, found in plan.adaptations.items()}
            tau = {n: found.time_constant for n, found in plan.adaptations.items()}
            units.tire = layout.everywhere(rested | tire) * mV
            units.tau_tired = layout.everywhere(dict.fromkeys(rested, ANY_TIME) | tau) * ms
        if plan.depressions:
            used = {n: plan.timing.used(found) for n, found in plan.depressions.items()}
            recovery = {n: found.recovery for n, found in plan.depressions.items()}
            spared, regained = ({n: pair[part] for n, pair in used.items()} for part in (0, 1))
            units.spared = layout.everywhere(dict.fromkeys(rested, 1.0) | spared)
            units.regained = layout.everywhere(rested | regained)
            units.recovery = layout.everywhere(dict.fromkeys(rested, ANY_TIME) | recovery) * ms

    def _synapses(self, pathway: Pathway) -> Any:
        layout, timing = self.plan.layout, self.plan.timing
        delays = [timing.delay(link.delay, link.kind == "recurrent") for link in pathway.links]
        same = len(set(delays)) == 1
        synapses = brian2.Synapses(
            self.units,
            self.units,
            pathway.model,
            on_pre=pathway.on_pre,
            delay=delays[0] * ms if same else None,
            dt=timing.dt * ms,
            name=pathway.name,
        )
        ends = list(self.plan.ends(pathway))
        source, target = (
            np.concatenate([layout.replicas(end) for end in side])
            for side in zip(*ends, strict=True)
        )
        if not len(source):
            # arrays without a number are refused by Brian2, and so are synapses never connected
            synapses.connect(False)
            return synapses
        synapses.connect(i=source, j=target)
        if pathway.depressed:
            synapses.left = 1
        if not same:
            counts = [len(pre) * layout.trials for pre, _ in ends]
            synapses.delay = np.repeat(delays, counts) * ms
        self._set_weights(pathway, synapses)
        return synapses

    def _set_weights(self, pathway: Pathway, synapses: Any) -> None:
        """Give synapses weights that stay, or keep those that change for the chunks."""
        strengths = self.plan.strengths(pathway)
        if self.plan.lesioned(pathway):
            self.changing[pathway] = strengths
            return
        whole = [np.ones(self.plan.layout.trials)] * len(strengths)
        synapses.variables["w"].set_value(_by_trial(whole, strengths) * float(mV))

    def _by_pool(self, by_network: Sequence[float]) -> NDArray[np.float64]:
        """Return one value a pool from one a network."""
        pools = [form.pools for form in self.plan.forms.values()]
        return np.tile(np.repeat(np.asarray(by_network, float), pools), self.plan.layout.trials)


def _by_trial(
    factors: Sequence[NDArray[np.float64]], strengths: Sequence[NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Return strengths (S,) times a factor for each trial (trials,), link by link."""
    found = [np.multiply.outer(*pair).ravel() for pair in zip(factors, strengths, strict=True)]
    return np.concatenate(found)
