"""What is to be built: networks, pathways and ranges, in numbers that Brian2 objects take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Circuit, Link
from attractors.dynamics import Adaptation, Depression, Dynamics
from attractors.engines.spiking.forms import Form, form_of
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.inputs import Inputs
from attractors.engines.spiking.gamma.pathways import EXCITATION, Pathway, mode_of, pathways
from attractors.engines.spiking.layout import Layout
from attractors.schedule import Schedule
from attractors.synapses.base import Triples
from attractors.synapses.blockwise import between_blocks

ROOM = 1.5
Bounds = tuple[list[float], list[float]]


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
    cut : frozenset of str
        Edges that some of all trials lesion.
    """

    circuit: Circuit
    layout: Layout
    timing: Timing
    hot: bool
    forced: bool
    cut: frozenset[str] = frozenset()
    links: tuple[Link, ...] = field(init=False)
    forms: dict[str, Form] = field(init=False)
    pathways: tuple[Pathway, ...] = field(init=False)

    def __post_init__(self) -> None:
        names = self.layout.units
        self.links = tuple(
            link for link in self.circuit.links if link.source in names and link.factor != 0
        )
        found = {name: form_of(self.dynamics(name), n) for name, n in names.items()}
        self.forms = {name: form for name, form in found.items() if form is not None}
        self.pathways = pathways(self.links, self.depressions)

    def dynamics(self, network: str) -> Dynamics:
        """Return the dynamics of a network."""
        return self.circuit.architecture.nodes[network].dynamics

    @property
    def adaptations(self) -> dict[str, Adaptation]:
        """Adaptation of the networks whose units adapt."""
        found = {name: self.dynamics(name).adaptation for name in self.layout.units}
        return {name: adaptation for name, adaptation in found.items() if adaptation is not None}

    @property
    def depressions(self) -> dict[str, Depression]:
        """Depression of the networks whose synapses run out of transmitter."""
        found = {name: self.dynamics(name).depression for name in self.layout.units}
        return {name: depression for name, depression in found.items() if depression is not None}

    @property
    def variables(self) -> dict[str, float]:
        """What pulses add to, with the time constant in ms of what fades and 0 of the rest."""
        return {pathway.variable: pathway.fade for pathway in self.pathways}

    @property
    def biased(self) -> list[str]:
        """Modes in which a rule brings a field without a spike."""
        return sorted({mode_of(link) for link in self.links if link.synapses.bias is not None})

    @property
    def brought(self) -> dict[str, str]:
        """What a unit has been brought when a cycle starts, as a sum of variables, by mode."""
        parts: dict[str, list[str]] = {}
        for pathway in self.pathways:
            found = parts.setdefault(pathway.mode, [])
            if pathway.variable not in found:
                found.append(pathway.variable)
        for mode in self.biased:
            parts[mode].append(f"{mode}_bias")
        return {EXCITATION: "0*volt"} | {mode: " + ".join(found) for mode, found in parts.items()}

    def triples(self, link: Link) -> Triples:
        """Return the synapses of a link; the units of a block have none among themselves."""
        triples, form = link.synapses.triples(), self.forms[link.target]
        if link.kind != "recurrent" or form.pools == 1:
            return triples
        return between_blocks(triples, link.synapses.shape[0] // form.pools)

    def ends(self, pathway: Pathway) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Iterate over pre and post indices within one trial, (S,) each, link by link."""
        start = self.layout.start
        for link in pathway.links:
            post, pre, _ = self.triples(link)
            # what Brian2 counts in: others would be copied once more
            yield (
                pre.astype(np.int32) + np.int32(start[link.source]),
                post.astype(np.int32) + np.int32(start[link.target]),
            )

    def strengths(self, pathway: Pathway) -> list[NDArray[np.float64]]:
        """Return the strengths in mV of the synapses of a trial, (S,) each, link by link."""
        timing = self.timing
        unit = timing.traced(pathway.fade) if pathway.fade else timing.strength
        return [self.triples(link)[2] * link.factor * unit for link in pathway.links]

    def lesioned(self, pathway: Pathway) -> bool:
        """Tell whether some trial lesions a link of a pathway."""
        return any(link.name in self.cut for link in pathway.links)

    def bias(self, mode: str, schedule: Schedule) -> NDArray[np.float64]:
        """Return the field that rules bring without a spike in a mode, (total,)."""
        total = np.zeros(self.layout.total)
        table = total.reshape(self.layout.trials, self.layout.per_trial)
        for link in self.links:
            bias = link.synapses.bias
            if bias is not None and mode_of(link) == mode:
                begin = self.layout.start[link.target]
                columns = slice(begin, begin + self.layout.units[link.target])
                table[:, columns] += np.outer(self.alive(link, schedule), bias * link.factor)
        return total

    def alive(self, link: Link, schedule: Schedule) -> NDArray[np.float64]:
        """Return 1 by replica, (trials,), 0 where it is lesioned or there is no trial."""
        alive = np.zeros(self.layout.trials)
        intact = schedule.intact(link.name)
        alive[: schedule.count] = 1.0 if intact is None else intact
        return alive

    def bounds(self, inputs: Inputs) -> Bounds:
        """Return the least and the largest inhibition by network, wide enough for every field."""
        reach = self._reach(inputs)
        floors = [-reach[n] if f.floor is None else f.floor for n, f in self.forms.items()]
        ceilings = [
            f.floor
            if f.floor is not None and f.winners >= self.layout.units[n] // f.pools
            else reach[n]
            for n, f in self.forms.items()
        ]
        return floors, ceilings

    def _reach(self, inputs: Inputs) -> dict[str, float]:
        """Return by network what no field exceeds."""
        given: Sequence[NDArray[np.float64] | None] = (inputs.drive, inputs.jitter)
        outside = sum(float(np.abs(table).max()) for table in given if table is not None)
        reach = dict.fromkeys(self.forms, outside + ROOM)
        for name, adaptation in self.adaptations.items():
            reach[name] += adaptation.strength
        for link in self.links:
            bias = 0.0 if link.synapses.bias is None else np.abs(link.synapses.bias).max()
            reach[link.target] += abs(link.factor) * (self._most[link.name] + bias)
        return reach

    @cached_property
    def _most(self) -> dict[str, float]:
        """Sum of the absolute raw weights onto the unit that has the largest, by link."""
        found = {}
        for link in self.links:
            post, _, weights = self.triples(link)
            found[link.name] = np.bincount(post, np.abs(weights), link.synapses.shape[0]).max()
        return found
