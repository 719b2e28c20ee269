"""Rate units in Brian2: exponential Euler, with fields that read a delay line."""

from __future__ import annotations

from collections import deque
from typing import Any

import brian2
import numpy as np
from brian2 import ms
from numpy.typing import NDArray
from scipy import sparse

from attractors.circuit import Circuit, Link
from attractors.dynamics import RESPONSES, Rate
from attractors.engines.fading import Fading
from attractors.engines.fatigue import Fatigue
from attractors.engines.spiking.gamma import preset
from attractors.engines.spiking.gamma.build import HALF
from attractors.engines.spiking.layout import Layout
from attractors.schedule import Schedule

States = dict[str, NDArray[np.float64]]


class RateUnits:
    """Networks of graded units, integrated by Brian2 with exponential Euler.

    Their output is graded, so that fields are products with the weights and not events.

    Parameters
    ----------
    circuit : Circuit
        What runs.
    layout : Layout
        Of its networks of Rate units.
    dt, step : float
        In ms; dt divides the step.
    """

    def __init__(self, circuit: Circuit, layout: Layout, dt: float, step: float) -> None:
        self.layout, self.step = layout, step
        self.ticks = round(step / dt)
        self.links = [k for k in circuit.links if k.source in layout.units and k.factor != 0]
        self.matrices = [_matrix(link) for link in self.links]
        nodes = circuit.architecture.nodes
        self._tiring = {n: nodes[n].dynamics for n in layout.units if Fatigue.of(nodes[n].dynamics)}
        self._dt = dt
        self.group = self._group(circuit, dt)
        self._before = brian2.NetworkOperation(
            self._read, dt=dt * ms, when="start", name="attractors_rate_fields"
        )
        self._after = brian2.NetworkOperation(
            self._hold, dt=dt * ms, when="end", name="attractors_rate_held"
        )

    @property
    def objects(self) -> list[Any]:
        """Everything that a network needs."""
        return [self.group, self._before, self._after]

    def load(self, schedule: Schedule) -> None:
        """Start anew, in silence, with the trials of a chunk."""
        self.schedule = schedule
        self.tick = 0
        self.events = np.zeros(schedule.count, np.int64)
        self.bytes = np.zeros(schedule.count)
        self.group.r = 0
        self.fatigue = {
            name: Fatigue(dynamics, (schedule.count, self.layout.units[name]), self._dt)
            for name, dynamics in self._tiring.items()
        }
        longest = max((self._lag(link) for link in self.links), default=1)
        self.fading = Fading(self.links, lambda link: self._dt, schedule.count)
        silence = {n: np.zeros((schedule.count, units)) for n, units in self.layout.units.items()}
        # what the networks sent; synapses that run out of transmitter send less than the state
        self.history: deque[States] = deque([silence] * longest, maxlen=longest)
        self.by_step: list[States] = []

    def _group(self, circuit: Circuit, dt: float) -> Any:
        layout = self.layout
        group = brian2.NeuronGroup(
            layout.total,
            preset.RATE_UNITS,
            method="exponential_euler",
            dt=dt * ms,
            name="attractors_rates",
        )
        dynamics = {name: circuit.architecture.nodes[name].dynamics for name in layout.units}
        rates = {name: d for name, d in dynamics.items() if isinstance(d, Rate)}
        group.tau = layout.everywhere({n: d.time_constant for n, d in rates.items()}) * ms
        group.slope = layout.everywhere({n: d.slope for n, d in rates.items()})
        group.theta = layout.everywhere({n: d.threshold for n, d in rates.items()})
        codes = {n: RESPONSES.index(d.response) for n, d in rates.items()}
        group.response = layout.everywhere(codes)
        return group

    def _lag(self, link: Link) -> int:
        if link.kind == "recurrent":
            return 1
        return round(max(link.delay, self.step) / self.step) * self.ticks

    def _late(self, link: Link) -> NDArray[np.float64]:
        """Return what a link reads of its source, (B, n_pre), but for a trace."""
        return self.history[-self._lag(link)][link.source]

    def _read(self) -> None:
        now = self.tick // self.ticks
        drives: dict[tuple[str, str], NDArray[Any]] = {}
        for name in self.layout.units:
            added = self.schedule.added(name, now)
            drives[name, "e"] = np.zeros(1) if added is None else added.astype(float)
        self.fading.follow(self._late)
        for link, matrix in zip(self.links, self.matrices, strict=True):
            source = self.fading.traces.get(link.name, self._late(link))
            kind = "e" if link.kind in ("recurrent", "association") else link.kind
            bias = 0.0 if link.synapses.bias is None else link.synapses.bias * link.factor
            brought = ((matrix @ source.T).T + bias) * self._alive(link, source)
            drives[link.target, kind] = drives.get((link.target, kind), np.zeros(1)) + brought
        fields = np.zeros(self.layout.total)
        self.layout.place({n: self._field(n, drives) for n in self.layout.units}, fields)
        self.group.h = fields

    def _alive(self, link: Link, source: NDArray[Any]) -> NDArray[Any]:
        """Return 1 by trial (B, 1), 0 where the edge is lesioned; count what it transmits."""
        intact = self.schedule.intact(link.name)
        alive = np.ones(self.schedule.count) if intact is None else intact.astype(float)
        events = ((source != 0) @ link.synapses.fan_out * alive).astype(np.int64)
        self.events += events
        self.bytes += events * link.synapses.event_bytes
        return alive[:, None]

    def _field(self, name: str, drives: dict[tuple[str, str], NDArray[Any]]) -> NDArray[Any]:
        shape = (self.schedule.count, self.layout.units[name])
        field = np.broadcast_to(drives[name, "e"], shape)
        if (name, "divisive") in drives:
            field = field / (1.0 + np.where(field > 0.0, drives[name, "divisive"], 0.0))
        raised = self.fatigue[name].threshold if name in self.fatigue else None
        opposed = drives.get((name, "subtractive"), np.zeros(1))
        field = field - (opposed if raised is None else raised + opposed)
        if (name, "veto") in drives:
            field = np.where(drives[name, "veto"] >= HALF, -np.inf, field)
        return field

    def _hold(self) -> None:
        now = self.tick // self.ticks
        table = np.array(self.group.r).reshape(self.layout.trials, -1)[: self.schedule.count]
        states = {}
        for name, units in self.layout.units.items():
            begin = self.layout.start[name]
            states[name] = self._held(name, table[:, begin : begin + units], now)
        flat = np.zeros(self.layout.total)
        self.layout.place(states, flat)
        self.group.r = flat
        self.history.append({name: self._sent(name, state) for name, state in states.items()})
        self.tick += 1
        if self.tick % self.ticks == 0:
            self.by_step.append(states)

    def _sent(self, name: str, state: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what a network sends of its new state, and let its units tire of that."""
        if name not in self.fatigue:
            return state
        sent = self.fatigue[name].sent(state)
        self.fatigue[name].follow(state)
        return sent

    def _held(self, name: str, state: NDArray[Any], step: int) -> NDArray[Any]:
        clamped = self.schedule.clamped(name, step)
        if clamped is not None:
            state = np.where(clamped[0][:, None], clamped[1], state)
        silent = self.schedule.silenced(name, step)
        return state.copy() if silent is None else np.where(silent, 0.0, state)


def _matrix(link: Link) -> sparse.csr_array:
    post, pre, weights = link.synapses.triples()
    return sparse.csr_array((weights * link.factor, (post, pre)), shape=link.synapses.shape)
