"""What is to be built: which units share a group, and what each network is calibrated to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.forms import Form, form_of
from attractors.engines.spiking.layout import Layout
from attractors.engines.spiking.neurons import Interneurons, Neurons, Pooled, ShortTerm
from attractors.engines.spiking.plasticity import Plasticity
from attractors.engines.spiking.plasticity.edges import working
from attractors.schedule import Schedule

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# field that must be exceeded, besides the declared threshold, before a unit without noise fires
MARGIN = 0.1
# least distance, in units of the field, from there to the on-state
LEAST_SPAN = 0.1


@dataclass(frozen=True)
class Member:
    """One network as free-running units.

    Parameters
    ----------
    name : str
        Its qualified name.
    units : int
        N.
    neurons : Neurons
        Preset of its units.
    form : Form
        What its dynamics asks of the inhibition.
    inhibition : Pooled or None
        Through which its units compete, ``None`` if they do not.
    scale : str
        Whether weights are calibrated (``"field"``) or ``"physical"``.
    short_term : ShortTerm or None
        What its dynamics says about the transmission of its units.
    adaptation : (float, float) or None
        Strength in units of the field and time constant in ms.
    """

    name: str
    units: int
    neurons: Neurons
    form: Form
    inhibition: Pooled | None
    scale: str
    short_term: ShortTerm | None = None
    adaptation: tuple[float, float] | None = None

    @property
    def volt(self) -> float:
        """Drive V in mV that a field of 1 brings; see :mod:`...free.calibration`."""
        if self.scale == "physical":
            return 1.0
        above = self.neurons.drive_for(self.neurons.on_rate) - self.neurons.rheobase
        return above / max(1.0 - self.opposed - self.floor - MARGIN, LEAST_SPAN)

    @property
    def floor(self) -> float:
        """Threshold of the dynamics in units of the field."""
        return self.form.floor or 0.0

    @property
    def opposed(self) -> float:
        """Inhibition in units of the field while the network is in its on-state."""
        return 0.0 if self.inhibition is None else self.inhibition.strength

    @property
    def offset(self) -> float:
        """Constant drive in mV that puts a unit below its threshold by floor and margin."""
        if self.scale == "physical":
            return 0.0
        return self.neurons.rheobase - self.volt * (self.floor + MARGIN)

    @property
    def active(self) -> int:
        """Units that are active in the on-state of a pool."""
        return max(self.form.winners, 1)


class Plan:
    """A circuit laid out for free-running units.

    Parameters
    ----------
    engine : SpikingEngine
        Its options.
    circuit : Circuit
        What runs.
    schedule : Schedule
        Of all trials.
    trials : int
        Replicas side by side.
    seed : int
        Of the run.
    """

    def __init__(
        self, engine: SpikingEngine, circuit: Circuit, schedule: Schedule, trials: int, seed: int
    ) -> None:
        self.engine, self.circuit, self.trials, self.seed = engine, circuit, trials, seed
        self.steps = schedule.steps
        self.driven = any(
            trial.noise or any(cue.mode == "added" for cue in trial.cues)
            for trial in schedule.trials
        )
        self.forced = any(
            trial.silences or any(cue.mode == "clamped" for cue in trial.cues)
            for trial in schedule.trials
        )
        self.members = members(engine, circuit)
        self.links = working(engine, circuit)
        self.cut = frozenset(name for trial in schedule.trials for name in trial.lesions)

    @cached_property
    def groups(self) -> dict[Neurons, Layout]:
        """Networks by preset: those of equal presets share one group."""
        units: dict[Neurons, dict[str, int]] = {}
        for member in self.members.values():
            units.setdefault(member.neurons, {})[member.name] = member.units
        return {neurons: Layout(found, self.trials) for neurons, found in units.items()}

    def short_term(self, link: Link) -> ShortTerm | None:
        """Return how the synapses of a link facilitate and depress."""
        chosen = self.engine.transmission_of(link.name).short_term
        return chosen or self.members[link.source].short_term

    def plasticity(self, link: Link) -> Plasticity | None:
        """Return how the synapses of a link learn, if they do."""
        return self.engine.transmission_of(link.name).plasticity

    def delays(self, link: Link) -> tuple[float, float]:
        """Return the least and the largest delay of a link in ms."""
        chosen = self.engine.transmission_of(link.name).delays
        return chosen or (link.delay or self.engine.axon, link.delay or self.engine.axon)

    def modes(self, neurons: Neurons) -> frozenset[str]:
        """Return which of the modes of diversion that need a trace reach a group."""
        return frozenset(
            link.kind
            for link in self.links
            if link.kind in ("divisive", "veto") and self.members[link.target].neurons == neurons
        )

    @property
    def competing(self) -> tuple[Member, ...]:
        """Networks whose units compete."""
        return tuple(m for m in self.members.values() if m.inhibition is not None)

    @property
    def interneurons(self) -> Interneurons | None:
        """Declaration of explicit interneurons, if there are any."""
        found = self.engine.inhibition
        return found if isinstance(found, Interneurons) and self.competing else None


def members(engine: SpikingEngine, circuit: Circuit) -> dict[str, Member]:
    """Return the networks of a circuit as free-running units, by name."""
    return {name: _member(engine, circuit, name) for name in circuit.architecture.nodes}


def _member(engine: SpikingEngine, circuit: Circuit, name: str) -> Member:
    network = circuit.architecture.nodes[name]
    dynamics, neurons = network.dynamics, engine.neurons_of(name)
    form = form_of(dynamics, network.units)
    assert form is not None, "graded units are refused when compiling"
    competes = form.pools > 1 or form.winners < network.units
    short_term = adaptation = None
    if dynamics.depression is not None:
        # as much is used in a second, by fewer spikes; the check of the engine allows for rounding
        spent = dynamics.depression.use * dynamics.depression.on_rate / neurons.on_rate
        short_term = ShortTerm(min(spent, 1.0), 0.0, dynamics.depression.recovery, relative=True)
    if dynamics.adaptation is not None:
        adaptation = dynamics.adaptation.strength, dynamics.adaptation.time_constant
    return Member(
        name,
        network.units,
        neurons,
        form,
        engine.inhibition if competes else None,
        engine.scale,
        short_term,
        adaptation,
    )


def by_name(members: Mapping[str, Member], layout: Layout, field: str) -> dict[str, float]:
    """Return one number of each network of a layout."""
    return {name: getattr(members[name], field) for name in layout.units}
