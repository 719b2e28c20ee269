"""A random balanced network in spikes, declared through the public interface."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, Association, AttractorNetwork, Diversion
from attractors.circuit import Circuit
from attractors.dynamics import Threshold
from attractors.engines.spiking.engine import SpikingEngine
from attractors.engines.spiking.neurons import Background, CurrentLIF, Transmission
from attractors.rules import Fixed
from attractors.seeding import stream

# share of excitatory units; inhibitory weights by excitatory ones; outside rate by that which
# holds a unit at threshold
EXCITATORY, BALANCE, OUTSIDE = 0.8, 5.0, 2.0
# time constant and refractory time and delay in ms, threshold and reset in mV
TAU, REFRACTORY, DELAY, THRESHOLD, RESET = 20.0, 2.0, 1.5, 20.0, 10.0
# mV of an excitatory pulse where a unit has 256 excitatory inputs; it grows as inputs become fewer
PULSE, AT_INPUTS = 0.2, 256

Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Balanced:
    """Excitatory and inhibitory units with a fixed number of inputs each, drawn at random.

    Model A of Brunel (2000), J Comput Neurosci 8:183, doi:10.1023/A:1008925309027, smaller.

    Parameters
    ----------
    excitatory, inhibitory : tuple of (n_post, n_pre) float32
        Weights of excitatory or inhibitory synapses, as multiples of a pulse, of each network;
        targets of both kinds, excitatory ones first.
    drawn : bool
        Whether weights differ.
    """

    excitatory: tuple[Weights, ...]
    inhibitory: tuple[Weights, ...]
    drawn: bool = False

    @classmethod
    def random(cls, units: int, inputs: int, networks: int = 1, drawn: bool = False) -> Balanced:
        """Return networks of so many units together, with so many inputs a unit.

        Weights are all 1, or drawn between 1/2 and 3/2.
        """
        each = units // networks
        first = round(EXCITATORY * each)
        from_first = round(EXCITATORY * inputs)
        found = [
            (
                _random(("excitatory", number), (each, first), from_first, drawn),
                _random(("inhibitory", number), (each, each - first), inputs - from_first, drawn),
            )
            for number in range(networks)
        ]
        excitatory, inhibitory = zip(*found, strict=True)
        return cls(excitatory, inhibitory, drawn)

    @property
    def inputs(self) -> int:
        """Excitatory inputs of a unit."""
        return int(np.count_nonzero(self.excitatory[0][0]))

    @property
    def synapses(self) -> int:
        """Of all networks."""
        return int(sum(np.count_nonzero(part) for part in self.excitatory + self.inhibitory))

    @property
    def pulse(self) -> float:
        """Excitatory pulse in mV."""
        return PULSE * AT_INPUTS / self.inputs

    @property
    def outside(self) -> float:
        """Rate in Hz of all outside inputs of a unit together."""
        return OUTSIDE * THRESHOLD / (self.pulse * TAU) * 1000.0

    @cached_property
    def circuit(self) -> Circuit:
        """Return the networks ``E0``, ``I0`` and so on with their edges."""
        nodes: list[AttractorNetwork] = []
        edges: list[Association | Diversion] = []
        pulse, back = self.pulse, BALANCE * self.pulse
        for n, (matrix, other) in enumerate(zip(self.excitatory, self.inhibitory, strict=True)):
            first, rest = matrix.shape[1], other.shape[1]
            dynamics = Threshold(0.5)
            nodes.append(AttractorNetwork(f"E{n}", first, dynamics, Fixed(pulse * matrix[:first])))
            nodes.append(AttractorNetwork(f"I{n}", rest, dynamics))
            edges.append(Association(f"E{n}", f"I{n}", Fixed(pulse * matrix[first:])))
            edges.append(Diversion(f"I{n}", f"E{n}", Fixed(back * other[:first])))
            edges.append(Diversion(f"I{n}", f"I{n}", Fixed(back * other[first:])))
        return Circuit(Architecture(tuple(nodes), tuple(edges)))

    def engine(self, target: str) -> SpikingEngine:
        """Return the engine that runs them: pulses, and outside spikes as pulses too."""
        names = [
            name
            for n in range(len(self.excitatory))
            for name in (f"E{n}", f"E{n}->I{n}", f"I{n}-|E{n}", f"I{n}-|I{n}")
        ]
        transmission = {name: Transmission(delay=DELAY) for name in names}
        return SpikingEngine(
            neurons=self.units, scale="physical", transmission=transmission, target=target
        )

    @property
    def units(self) -> CurrentLIF:
        """Return the preset of all units."""
        return CurrentLIF(
            tau_m=TAU,
            rest=0.0,
            fire_at=THRESHOLD,
            reset_to=RESET,
            refractory=REFRACTORY,
            tau_e=0.0,
            tau_i=0.0,
            background=Background(self.outside, self.pulse),
        )


def _random(key: tuple[str, int], shape: tuple[int, int], inputs: int, drawn: bool) -> Weights:
    """Return the weights (n_post, n_pre) of targets that listen to so many sources each."""
    generator = stream(0, "bench", "balanced", *key)
    order = generator.random(shape, np.float32).argpartition(inputs, axis=1)[:, :inputs]
    found = np.zeros(shape, np.float32)
    weights = generator.uniform(0.5, 1.5, order.shape) if drawn else np.ones(order.shape)
    np.put_along_axis(found, order, weights.astype(np.float32), axis=1)
    return found
