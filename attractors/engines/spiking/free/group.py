"""One group of units that share a preset, as a Brian2 object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import brian2
import numpy as np
from brian2 import Hz, ms, mV
from numpy.typing import NDArray

from attractors.engines.spiking.free.calibration import TRACE
from attractors.engines.spiking.free.plan import Plan, by_name
from attractors.engines.spiking.free.source import Source
from attractors.engines.spiking.free.traces import Traces
from attractors.engines.spiking.free.units import quantity
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.neurons import Background, Neurons
from attractors.seeding import stream

HALF = 0.5 - 1e-9
# sources of a background that never changes: so many, each so rare, that their sum is Poisson but
# for one draw in 20,000; binomial numbers take half the time of Poisson ones
SOURCES = 100_000
# spikes a time step above which Brian2 would round binomial numbers to normal ones
MOST = 5.0


class Group:
    """Units of all networks with one preset.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    neurons : Neurons
        The preset.
    number : int
        Of the group, for the names.
    """

    def __init__(self, plan: Plan, neurons: Neurons, number: int) -> None:
        self.plan, self.neurons, self.number = plan, neurons, number
        self.layout: Layout = plan.groups[neurons]
        self.name = f"attractors_units{number}"
        self.modes = plan.modes(neurons)
        self.source = Source(*_sources(plan, self.layout))
        self.traces = Traces(plan, self.layout)
        self.tires = any(plan.members[name].adaptation for name in self.layout.units)
        self.competes = any(plan.members[name].inhibition for name in self.layout.units)
        # spikes from outside are what a cue adds to where weights are physical
        self.by_rate = neurons.background is not None and plan.engine.scale == "physical"
        self.driven, self.forced = plan.driven, plan.forced
        self.biased = bool(self._bias().any())
        self.tables = self._tables()
        self.inputs: list[Any] = []
        self.units = self._made()
        self.monitor = brian2.SpikeMonitor(self.units, name=f"attractors_spikes{number}")

    @property
    def objects(self) -> list[Any]:
        """What a network needs."""
        return [self.units, self.monitor, *self.inputs]

    def _tables(self) -> dict[str, Any]:
        """Return the inputs of a chunk by step and unit, to be filled in before it runs."""
        names = ["drive"] * self.driven + ["forced"] * self.forced
        shape, step = (self.plan.steps, self.layout.total), self.plan.engine.step
        return {
            name: brian2.TimedArray(np.zeros(shape), dt=step * ms, name=f"{self.name}_{name}")
            for name in names
        }

    def initial(self, seed: int, first: int) -> dict[str, Any]:
        """Return what varies from trial to trial, by variable, in Brian2's units.

        Parameters
        ----------
        seed : int
            Of the run.
        first : int
            Number of the first trial.
        """
        low, high = self.neurons.start
        found = {"v": self._drawn("potential", seed, first, lambda d, n: d.uniform(low, high, n))}
        values = {"v": found["v"] * mV}
        if self.forced:
            period = round(1000.0 / self.neurons.on_rate / self.plan.engine.interval)
            phase = self._drawn("phase", seed, first, lambda d, n: d.integers(0, period, n))
            values["phase"] = phase.astype(np.int32)
        return values

    def spikes(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return unit and time (ms) of all spikes."""
        return np.array(self.monitor.i, np.int64), np.array(self.monitor.t / ms)

    def _drawn(
        self,
        what: str,
        seed: int,
        first: int,
        draw: Callable[[np.random.Generator, int], NDArray[Any]],
    ) -> NDArray[Any]:
        """Return one number a unit, (total,), from a stream of each trial and network."""
        return np.concatenate(
            [
                draw(stream(seed, name, what, trial), units)
                for trial in range(first, first + self.layout.trials)
                for name, units in self.layout.units.items()
            ]
        )

    def _made(self) -> Any:
        neurons, source, traces = self.neurons, self.source, self.traces
        resets = [neurons.reset, self._tiring(), source.reset, traces.reset]
        units = brian2.NeuronGroup(
            self.layout.total,
            "\n".join([self._equations(), source.equations, traces.equations]),
            threshold=self._threshold(),
            reset="\n".join(filter(None, resets)),
            refractory="refractory",
            method=self._method(),
            dt=self.plan.engine.interval * ms,
            name=self.name,
            namespace=self._namespace() | source.namespace | traces.namespace,
        )
        self._set_constants(units)
        source.start(units)
        self._add_inputs(units)
        return units

    def _equations(self) -> str:
        excited = " / (1 + divisive)" if "divisive" in self.modes else ""
        taken, more = "", ["bias : volt (constant)"] if self.biased else []
        if self.driven and self.by_rate:
            more.append("extra : Hz")
        elif self.driven:
            taken += f" + u{excited}"
            more.append("u : volt")
        if self.competes:
            taken += " - pooled"
            more.append("pooled : volt (linked)")
        if self.tires:
            taken += " - tired"
            more.append("dtired/dt = -tired / tau_tired : volt")
            more.append("tau_tired : second (constant)\ntiring : volt (constant)")
        more += [f"d{mode}/dt = -{mode} / tau_trace : 1" for mode in sorted(self.modes)]
        if self.forced:
            more.append("force : 1\nphase : integer")
        upstroke = "".join(f" * int({condition})" for condition in self._may_fire)
        return "\n".join([self.neurons.equations(excited, taken, upstroke), *more])

    @property
    def _may_fire(self) -> list[str]:
        """What must hold for a unit to fire of its own accord, besides its threshold."""
        return ["force == 0"] * self.forced + ["veto < half"] * ("veto" in self.modes)

    def _method(self) -> str:
        chosen = self.neurons.method
        # what is divided is no longer linear in all variables, but still in each
        divided = chosen == "exact" and "divisive" in self.modes
        return "exponential_euler" if divided else chosen

    def _threshold(self) -> str:
        text = " and ".join([*self._may_fire, self.neurons.threshold])
        if self.forced:
            regular = "force > 0.5 and (timestep(t, dt) + phase) % period == 0"
            text = f"({text}) or ({regular})"
        return text

    def _tiring(self) -> str:
        return "tired += tiring" if self.tires else ""

    def _namespace(self) -> dict[str, Any]:
        found = {n: quantity(*value) for n, value in self.neurons.constants().items()}
        found["period"] = round(1000.0 / self.neurons.on_rate / self.plan.engine.interval)
        # what is 0 for all units is no variable: the step is then worked out once, not by unit
        found |= {} if self.biased else {"bias": 0 * mV}
        return found | {"tau_trace": TRACE * ms, "half": HALF} | self.tables

    def _set_constants(self, units: Any) -> None:
        members, layout = self.plan.members, self.layout
        if self.biased:
            units.bias = self._bias() * mV
        if self.tires:
            tau, jump = {}, {}
            for name in layout.units:
                strength, tau[name] = members[name].adaptation or (0.0, 1.0)
                spikes = members[name].neurons.on_rate * tau[name] / 1000.0
                jump[name] = strength * members[name].volt / spikes
            units.tau_tired = layout.everywhere(tau) * ms
            units.tiring = layout.everywhere(jump) * mV

    def _bias(self) -> NDArray[np.float64]:
        low, high = self.neurons.biases
        offsets = by_name(self.plan.members, self.layout, "offset")
        rows = {
            name: offsets[name] + stream(self.plan.seed, name, "bias").uniform(low, high, n)
            for name, n in self.layout.units.items()
        }
        return np.asarray(self.layout.everywhere(rows))

    def _add_inputs(self, units: Any) -> None:
        step = self.plan.engine.step * ms
        if self.driven:
            code = "extra = drive(t, i) * Hz" if self.by_rate else "u = drive(t, i) * mV"
            units.run_regularly(code, dt=step, when="start", order=-2)
        if self.forced:
            units.run_regularly("force = forced(t, i)", dt=step, when="start", order=-2)
        if self.neurons.background is not None:
            self._add_background(units, self.neurons.background)
        if self.traces.held:
            dt = self.plan.engine.interval * ms
            units.run_regularly(self.traces.decay, dt=dt, when="start")
            self.inputs += self.traces.arrivals(units)

    def _add_background(self, units: Any, background: Background) -> None:
        to, dt = self.neurons.outside(), self.plan.engine.interval * ms
        kick = quantity(background.weight * to.jump, to.unit)
        varies = self.driven and self.by_rate
        if not varies and background.rate * float(dt) < MOST:
            one = brian2.PoissonInput(
                units,
                to.variable,
                SOURCES,
                background.rate / SOURCES * Hz,
                kick,
                when="start",
                order=-1,
            )
            self.inputs.append(one)
            return
        units.namespace["kick"] = kick
        units.namespace["outside_rate"] = background.rate * Hz
        rate = "clip(outside_rate + extra, 0*Hz, inf*Hz)" if varies else "outside_rate"
        code = f"{to.variable} += kick * poisson({rate} * dt)"
        units.run_regularly(code, dt=dt, when="start", order=-1)


def _sources(plan: Plan, layout: Layout) -> tuple[list[Any], list[Any]]:
    """Return the distinct ways of release, and those that open receptors that saturate."""
    releases, gates = [], []
    for link in plan.links:
        if link.source in layout.units:
            releases.append(plan.short_term(link))
            saturation = plan.members[link.target].neurons.saturation
            if saturation is not None and link.kind in ("recurrent", "association"):
                gates.append((saturation, plan.short_term(link)))
    return _distinct(releases), _distinct(gates)


def _distinct(found: list[Any]) -> list[Any]:
    return [item for item in dict.fromkeys(found) if item is not None]
