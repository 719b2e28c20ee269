"""The rate/binary engine: declaration and compilation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.circuit import Circuit, Link
from attractors.engines.rate.run import Run
from attractors.engines.rate.updates import update
from attractors.errors import ParameterError, UnsupportedError
from attractors.protocol import Trial
from attractors.recorder import DEFAULT, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule, whole_steps


@dataclass(frozen=True)
class RateEngine:
    """Runs circuits as rate and binary units in NumPy.

    Parameters
    ----------
    step : float
        In ms; networks with discrete dynamics update once a step.
    dt : float
        In ms, divides the step; :class:`~attractors.Rate` units are integrated with it.
    stop_when_settled : bool
        End the run as soon as all trials rest in a fixed point or two-cycle.

    Raises
    ------
    ParameterError
        If a time is not above 0 or dt does not divide the step.
    """

    step: float = 10.0
    dt: float = 1.0
    stop_when_settled: bool = False
    name: ClassVar[str] = "rate"

    def __post_init__(self) -> None:
        checks.real("RateEngine", "step", self.step, low=0.0, open=True)
        checks.real("RateEngine", "dt", self.dt, low=0.0, open=True)
        if abs(round(self.step / self.dt) * self.dt - self.step) > 1e-9:
            raise ParameterError(
                f"RateEngine: dt {self.dt:g} ms must divide the step of {self.step:g} ms."
            )

    def compile(self, circuit: Circuit) -> RateSimulation:
        """Return the circuit in the engine's own form.

        Raises
        ------
        UnsupportedError
            If a dynamics has no update.
        TrialError
            If a delay is no multiple of the step.
        """
        for name, network in circuit.architecture.nodes.items():
            if update.dispatch(type(network.dynamics)) is update.dispatch(object):
                raise UnsupportedError(
                    f"rate engine, network {name!r}: no update for "
                    f"{type(network.dynamics).__name__}; register one with "
                    "@attractors.engines.rate.update.register."
                )
        for link in circuit.links:
            _refuse_dual(circuit, link)
            whole_steps(f"The delay of {link.name!r}", link.delay, self.step)
        return RateSimulation(self, circuit)


class RateSimulation:
    """A circuit compiled for the rate engine; runs batches of trials."""

    def __init__(self, engine: RateEngine, circuit: Circuit) -> None:
        self.engine = engine
        self.circuit = circuit

    def run(
        self, trials: Sequence[Trial], seed: int = 0, record: Collection[str] = DEFAULT
    ) -> Recording:
        """Run a batch of trials.

        Parameters
        ----------
        trials : sequence of Trial
            Of equal duration.
        seed : int
            Seed of noise, temperature and update order.
        record : collection of str
            Of ``"overlap"``, ``"match"``, ``"activity"``, ``"state"``, ``"energy"``.
        """
        if "spikes" in record:
            raise UnsupportedError(
                "The rate engine has no spikes to record; record 'state' or use engine='spiking'."
            )
        schedule = Schedule(trials, self.circuit.architecture, self.engine.step, seed)
        recorder = Recorder(self.circuit, schedule.count, schedule.steps, self.engine.step, record)
        run = Run(self.circuit, schedule, self.engine.dt, seed)
        return run.through(recorder, self.engine.stop_when_settled)


def _refuse_dual(circuit: Circuit, link: Link) -> None:
    """Refuse updates that read single weights where there are none."""
    dynamics, rule = circuit.architecture.nodes[link.target].dynamics, link.synapses.rule
    if not rule.dual:
        return
    sweeps = link.kind == "recurrent" and dynamics.order == "asynchronous"
    if sweeps or dynamics.count == "max":
        cure = "order='synchronous'" if sweeps else "count='sum'"
        raise UnsupportedError(
            f"rate engine, edge {link.name!r}: {type(rule).__name__} makes no weights from unit to "
            f"unit, which the updates of {link.target!r} read; use {cure}."
        )
