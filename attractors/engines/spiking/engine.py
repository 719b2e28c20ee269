"""The spiking engine: declaration and compilation. Nothing here imports Brian2."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from attractors.circuit import Circuit
from attractors.engines.spiking.batch import Batch
from attractors.engines.spiking.declaring import check_declared, check_free
from attractors.engines.spiking.forcing import check_clamped
from attractors.engines.spiking.forms import check_supported
from attractors.engines.spiking.neurons import CurrentLIF, Neurons, Pooled, Transmission
from attractors.errors import MissingExtraError
from attractors.protocol import Trial
from attractors.recorder import DEFAULT, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule, whole_steps

if TYPE_CHECKING:
    from attractors.engines.spiking.report import Report

GAMMA_DT, FREE_DT = 0.2, 0.1


@dataclass(frozen=True)
class SpikingEngine:
    """Runs circuits as integrate-and-fire units in Brian2.

    Without ``neurons``, leaky integrate-and-fire units share one gamma rhythm whose period is the
    step. In every cycle a unit reads the spikes of the cycle before, a pooled inhibitory unit
    settles on the inhibition that leaves at most k units above threshold, and those fire once:
    r_on is one spike a cycle. With ``neurons``, units run freely, each with the equations of its
    preset. See the pages on engines in the documentation.

    Parameters
    ----------
    step : float
        Period of the gamma rhythm in ms; one update of the rate engine. Inputs change and
        recordings are taken on this step.
    dt : float, optional
        Time step of units and inhibition in ms; by default 0.2 in the gamma rhythm and 0.1 for
        units that run freely.
    rate_dt : float
        Time step in ms of :class:`~attractors.Rate` units; the rate engine's ``dt``.
    synapses_at_once : int
        Trials run side by side as long as their synapses do not exceed this number.
    target : {"numpy", "cython", "cpp_standalone"}, optional
        What Brian2 runs on; by default the target that is expected to finish first.
    workers : int
        Processes that share the trials out among themselves.
    neurons : Neurons or mapping of str to Neurons, optional
        Preset of the units that run freely, one for all networks or by network; where a mapping
        is silent, ``CurrentLIF()``.
    inhibition : Pooled or Interneurons
        Through which units that run freely compete.
    transmission : mapping of str to Transmission
        Delays, facilitation, depression and plasticity by edge, for units that run freely. The
        recurrence of a network goes by the network's name.
    scale : {"field", "physical"}
        Whether gains are calibrated, or weights are multiples of the preset's own unit (mV, or
        its peak conductances) and inhibition has networks of its own.
    axon : float
        Delay in ms of edges that declare none, for units that run freely.
    window : float
        Time in ms, a multiple of the step, over which the spikes of a unit that runs freely are
        counted for its recorded state.

    Raises
    ------
    ParameterError
        If a time is not above 0, does not divide the step, or dt leaves the pooled inhibition
        too few rounds to settle.
    UnknownNameError
        If there is no such target.
    """

    step: float = 10.0
    dt: float | None = None
    rate_dt: float = 1.0
    synapses_at_once: int = 5_000_000
    target: str | None = None
    workers: int = 1
    neurons: Neurons | Mapping[str, Neurons] | None = field(default=None, hash=False)
    inhibition: Pooled = field(default_factory=Pooled)
    transmission: Mapping[str, Transmission] = field(default_factory=dict, hash=False)
    scale: str = "field"
    axon: float = 1.0
    window: float = 50.0
    name: ClassVar[str] = "spiking"

    def __post_init__(self) -> None:
        check_declared(self)

    @property
    def free(self) -> bool:
        """Whether units run freely instead of in a common rhythm."""
        return self.neurons is not None

    @property
    def interval(self) -> float:
        """Time step of the units in ms."""
        if self.dt is not None:
            return self.dt
        return FREE_DT if self.free else GAMMA_DT

    def neurons_of(self, network: str) -> Neurons:
        """Return the preset of a network whose units run freely."""
        if isinstance(self.neurons, Neurons):
            return self.neurons
        return (self.neurons or {}).get(network, CurrentLIF())

    def transmission_of(self, edge: str) -> Transmission:
        """Return what was declared of the transmission of an edge."""
        return self.transmission.get(edge, Transmission())

    def report(self, circuit: Circuit) -> Report:
        """Return rates, strengths and noise to be expected of a circuit, with warnings.

        Parameters
        ----------
        circuit : Circuit
            With its patterns stored; nothing is run.

        Raises
        ------
        UnsupportedError, UnknownNameError, TrialError
            If the engine cannot run the circuit.
        """
        from attractors.engines.spiking.report import report

        return report(self, circuit)

    def compile(self, circuit: Circuit) -> SpikingSimulation:
        """Return the circuit in the engine's own form.

        Raises
        ------
        UnsupportedError
            If a network or an edge has no spiking form.
        TrialError
            If a delay is no multiple of the step.
        """
        if self.free:
            check_free(self, circuit)
            return SpikingSimulation(self, circuit)
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
        check_clamped(schedule.trials, self.circuit.architecture)
        recorder = Recorder(self.circuit, schedule.count, schedule.steps, engine.step, record)
        try:
            run = _imported(engine.free)
        except ImportError as error:
            raise MissingExtraError(
                f"The spiking engine needs Brian2, which cannot be imported ({error}); "
                "reinstall attractor-networks, or use engine='rate'."
            ) from error
        return run(Batch(engine, self.circuit, schedule, recorder, seed, "spikes" in record))


def _imported(free: bool) -> Callable[[Batch], Recording]:
    """Import Brian2, which on import takes over uncaught errors and warnings; give them back."""
    hook, show = sys.excepthook, warnings.showwarning
    try:
        if free:
            from attractors.engines.spiking.free.run import run
        else:
            from attractors.engines.spiking.gamma.run import run
    finally:
        sys.excepthook = hook
        if warnings.showwarning is not show:
            logging.captureWarnings(False)
    return run
