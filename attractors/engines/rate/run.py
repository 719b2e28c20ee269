"""The loop over time: fields, updates, clamps, and whether the trials have settled."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Circuit, Link
from attractors.dynamics import Dynamics
from attractors.engines.fading import Fading
from attractors.engines.fatigue import Fatigue
from attractors.engines.rate.field import Field, Operator
from attractors.engines.rate.settling import Settling
from attractors.engines.rate.sweep import sweep
from attractors.engines.rate.updates import update
from attractors.recorder import Counts, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule
from attractors.seeding import stream

State = NDArray[Any]


class Run:
    """One batch of trials on the way through time.

    Parameters
    ----------
    circuit : Circuit
        What runs.
    schedule : Schedule
        The trials.
    dt : float
        In ms, for units in continuous time.
    seed : int
        Seed of temperature and update order.
    """

    def __init__(self, circuit: Circuit, schedule: Schedule, dt: float, seed: int) -> None:
        self.circuit, self.schedule, self.dt, self.seed = circuit, schedule, dt, seed
        self.dynamics = {n: net.dynamics for n, net in circuit.architecture.nodes.items()}
        continuous = any(d.time_constant is not None for d in self.dynamics.values())
        self.ticks_per_step = round(schedule.step / dt) if continuous else 1
        self.operators = [
            Operator(link, self.dynamics[link.source].blocks, self.dynamics[link.target].count)
            for link in circuit.links
            if link.factor != 0
        ]
        self.columns = {
            op.link.target: op.columns()
            for op in self.operators
            if op.link.kind == "recurrent" and self.dynamics[op.link.target].order == "asynchronous"
        }
        longest = max((self._delay(op.link) for op in self.operators), default=1)
        # silent before the trial starts
        self.present = self._silence()
        # what the networks sent; synapses that run out of transmitter send less than the state
        self.history: deque[dict[str, State]] = deque(maxlen=longest)
        self.history.extend([self.present] * longest)
        dense = sum(
            link.synapses.shape[0] * link.synapses.shape[1] * self._reads(link.target)
            for link in circuit.links
        )
        links = [operator.link for operator in self.operators]
        self.fading = Fading(links, self._interval, schedule.count)
        self.fatigue = {
            name: Fatigue(d, self.present[name].shape, schedule.step / self._reads(name))
            for name, d in self.dynamics.items()
            if Fatigue.of(d)
        }
        self.counts = Counts.zero(schedule.count, dense)
        self.settling = Settling(
            schedule,
            longest // self.ticks_per_step,
            hot=any(dynamics.temperature > 0 for dynamics in self.dynamics.values()),
            synchronous=all(d.order == "synchronous" for d in self.dynamics.values()),
        )

    def through(self, recorder: Recorder, stop_when_settled: bool) -> Recording:
        """Run to the end, or until all trials have settled, and return the recording."""
        taken = 0
        for step in range(self.schedule.steps):
            for tick in range(self.ticks_per_step):
                self._advance(step, last=tick == self.ticks_per_step - 1)
            recorder.take(step, self.present)
            taken += 1
            seen = {**self.present, **self.fading.traces, **self._tiredness()}
            if self.settling.after(step, seen) and stop_when_settled:
                break
        self.counts.dense_events *= taken
        self.counts.settled_at, self.counts.period = self.settling.settled_at, self.settling.period
        attributes = {
            "engine": "rate",
            "seed": self.seed,
            "step_ms": self.schedule.step,
            "dt_ms": self.dt,
        }
        return recorder.finish(taken, self.counts, attributes)

    def _silence(self) -> dict[str, State]:
        nodes = self.circuit.architecture.nodes
        real = {n: d.graded or d.time_constant is not None for n, d in self.dynamics.items()}
        return {
            name: np.zeros(
                (self.schedule.count, net.units), np.float64 if real[name] else np.float32
            )
            for name, net in nodes.items()
        }

    def _reads(self, network: str) -> int:
        """Return how often a step a network reads its links."""
        continuous = self.dynamics[network].time_constant is not None
        return self.ticks_per_step if continuous else 1

    def _delay(self, link: Link) -> int:
        """Return how many ticks ago a link reads its source; recurrence reads the present."""
        if link.kind == "recurrent":
            return 1
        late = max(link.delay, self.schedule.step) / self.schedule.step
        return round(late) * self.ticks_per_step

    def _late(self, link: Link) -> State:
        """Return what a link reads of its source, but for a trace."""
        return self.history[-self._delay(link)][link.source]

    def _flows(self, link: Link) -> bool:
        """Tell whether an end of a link is in continuous time."""
        ends = self.dynamics[link.source], self.dynamics[link.target]
        return any(dynamics.time_constant is not None for dynamics in ends)

    def _interval(self, link: Link) -> float:
        # between discrete networks once a step: continuous ones beside them must change nothing
        return self.schedule.step / (self.ticks_per_step if self._flows(link) else 1)

    def _advance(self, step: int, last: bool) -> None:
        self.fading.follow(self._late, lambda link: last or self._flows(link))
        due = {n for n, d in self.dynamics.items() if last or d.time_constant is not None}
        fields = self._fields(step, due)
        fresh = {name: self._updated(name, fields[name], step) for name in due}
        self.present = self.present | fresh
        self.history.append(self.history[-1] | {n: self._sent(n, s) for n, s in fresh.items()})

    def _sent(self, name: str, state: State) -> State:
        """Return what a network sends of its new state, and let its units tire of that."""
        if name not in self.fatigue:
            return state
        sent = self.fatigue[name].sent(state)
        self.fatigue[name].follow(state)
        return sent

    def _tiredness(self) -> dict[str, State]:
        return {
            f"{trace} of {name}": values
            for name, fatigue in self.fatigue.items()
            for trace, values in fatigue.traces.items()
        }

    def _fields(self, step: int, due: set[str]) -> dict[str, Field]:
        fields = {}
        for name in due:
            added = self.schedule.added(name, step)
            start = np.zeros(self.present[name].shape) if added is None else added.astype(float)
            fields[name] = Field(start)
            raised = self.fatigue[name].threshold if name in self.fatigue else None
            if raised is not None:
                fields[name].add("subtractive", raised)
        for operator in self.operators:
            link = operator.link
            if link.target in due:
                source = self.fading.traces.get(link.name, self._late(link))
                fields[link.target].add(link.kind, self._drive(operator, source))
        return fields

    def _drive(self, operator: Operator, source: State) -> State:
        link = operator.link
        intact = self.schedule.intact(link.name)
        drive, events = operator.drive(source), operator.events(source)
        if intact is not None:
            drive, events = drive * intact[:, None], events * intact
        self.counts.synaptic_events += events
        self.counts.bytes_read += events * link.synapses.event_bytes
        return drive

    def _updated(self, name: str, field: Field, step: int) -> State:
        dynamics, state = self.dynamics[name], self.present[name]
        uniform = self._uniform(name, dynamics, step)
        if dynamics.order == "asynchronous":
            order = stream(self.seed, name, "order", step).permutation(state.shape[1])
            silent = self.schedule.silenced(name, step)
            columns = self.columns.get(name)
            fresh = sweep(dynamics, field, state, columns, order, uniform, silent)
        else:
            total, silent = field.total(), self.schedule.silenced(name, step)
            # who is silenced takes no winner's place
            total = total if silent is None else np.where(silent, -np.inf, total)
            fresh, tied = update(dynamics, total, state, uniform)
            if tied is not None:
                self.counts.ties += tied
        if dynamics.time_constant is not None:
            kept = np.exp(-self.dt / dynamics.time_constant)
            fresh = kept * state + (1.0 - kept) * fresh
        return self._held(name, fresh.astype(state.dtype, copy=False), step)

    def _uniform(self, name: str, dynamics: Dynamics, step: int) -> State | None:
        if dynamics.temperature == 0:
            return None
        units = self.circuit.architecture.nodes[name].units
        return np.stack(
            [
                stream(self.seed, name, "temperature", trial, step).random(units)
                for trial in range(self.schedule.count)
            ]
        )

    def _held(self, name: str, state: State, step: int) -> State:
        """Return the state with clamped networks and silenced units put where they are held."""
        clamped = self.schedule.clamped(name, step)
        if clamped is not None:
            rows, values = clamped
            state = np.where(rows[:, None], values, state).astype(state.dtype)
        silent = self.schedule.silenced(name, step)
        return state if silent is None else np.where(silent, 0, state).astype(state.dtype)
