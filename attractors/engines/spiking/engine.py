"""The spiking engine: declaration and compilation. Nothing here imports Brian2."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.circuit import Circuit
from attractors.engines.spiking.forms import check_supported
from attractors.errors import MissingExtraError, ParameterError
from attractors.protocol import Trial
from attractors.recorder import DEFAULT, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule, whole_steps

FEWEST_ROUNDS = 30
TARGETS = ("numpy", "cython", "cpp_standalone")


@dataclass(frozen=True)
class SpikingEngine:
    """Runs circuits as leaky integrate-and-fire units in Brian2 (NumPy target).

    All networks share one gamma rhythm whose period is the step. In every cycle a unit reads the
    spikes of the cycle before, a pooled inhibitory unit settles on the inhibition that leaves at
    most k units above threshold, and those fire once: r_on is one spike a cycle. See the
    calibration page of the documentation.

    Parameters
    ----------
    step : float
        Period of the gamma rhythm in ms; one update of the rate engine.
    dt : float
        Time step of units and inhibition in ms.
    rate_dt : float
        Time step in ms of :class:`~attractors.Rate` units; the rate engine's ``dt``.
    synapses_at_once : int
        Trials run side by side as long as their synapses do not exceed this number.
    target : {"numpy", "cython", "cpp_standalone"}, optional
        What Brian2 runs on; by default the target that is expected to finish first.
    workers : int
        Processes that share the trials out among themselves.

    Raises
    ------
    ParameterError
        If a time is not above 0, does not divide the step, or dt leaves the pooled inhibition
        too few rounds to settle.
    UnknownNameError
        If there is no such target.
    """

    step: float = 10.0
    dt: float = 0.2
    rate_dt: float = 1.0
    synapses_at_once: int = 5_000_000
    target: str | None = None
    workers: int = 1
    name: ClassVar[str] = "spiking"

    def __post_init__(self) -> None:
        for key in ("step", "dt", "rate_dt"):
            checks.real("SpikingEngine", key, getattr(self, key), low=0.0, open=True)
        checks.whole("SpikingEngine", "synapses_at_once", self.synapses_at_once)
        checks.whole("SpikingEngine", "workers", self.workers)
        if self.target is not None:
            checks.choice("SpikingEngine", "target", self.target, TARGETS)
        for key, part in (("dt", self.step / 10.0), ("rate_dt", self.step)):
            ratio = part / getattr(self, key)
            if abs(round(ratio) - ratio) > 1e-9 * ratio or ratio < 1 - 1e-9:
                raise ParameterError(
                    f"SpikingEngine: {key} {getattr(self, key):g} ms must divide {part:g} ms."
                )
        if 0.8 * self.step / self.dt < FEWEST_ROUNDS:
            raise ParameterError(
                f"SpikingEngine: dt {self.dt:g} ms is too coarse for a step of {self.step:g} ms; "
                f"use at most {self.step / 40:g} ms."
            )

    def compile(self, circuit: Circuit) -> SpikingSimulation:
        """Return the circuit in the engine's own form.

        Raises
        ------
        UnsupportedError
            If a network or an edge has no spiking form.
        TrialError
            If a delay is no multiple of the step.
        """
        check_supported(circuit)
        for link in circuit.links:
            whole_steps(f"The delay of {link.name!r}", link.delay, self.step)
        return SpikingSimulation(self, circuit)


class SpikingSimulation:
    """A circuit compiled for the spiking engine; runs batches of trials."""

    def __init__(self, engine: SpikingEngine, circuit: Circuit) -> None:
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
            Seed of noise and temperature.
        record : collection of str
            Of ``"overlap"``, ``"match"``, ``"activity"``, ``"state"``, ``"energy"``,
            ``"spikes"``.

        Raises
        ------
        MissingExtraError
            If Brian2 cannot be imported.
        UnsupportedError
            If a clamped cue is not 0/1.
        """
        engine = self.engine
        # everything that can be wrong is found before the build
        schedule = Schedule(trials, self.circuit.architecture, engine.step, seed)
        recorder = Recorder(self.circuit, schedule.count, schedule.steps, engine.step, record)
        try:
            run = _imported()
        except ImportError as error:
            raise MissingExtraError(
                f"The spiking engine needs Brian2, which cannot be imported ({error}); "
                "reinstall attractor-networks, or use engine='rate'."
            ) from error
        return run(engine, self.circuit, schedule, recorder, seed, "spikes" in record)


def _imported() -> Callable[..., Recording]:
    """Import Brian2, which on import takes over uncaught errors and warnings; give them back."""
    hook, show = sys.excepthook, warnings.showwarning
    try:
        from attractors.engines.spiking.gamma.run import run
    finally:
        sys.excepthook = hook
        if warnings.showwarning is not show:
            logging.captureWarnings(False)
    return run
