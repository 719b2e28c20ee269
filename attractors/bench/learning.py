"""A random network in spikes whose synapses learn, declared through the public interface."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture, AttractorNetwork
from attractors.bench.balanced import DELAY, Balanced
from attractors.circuit import Circuit
from attractors.dynamics import Threshold
from attractors.engines.spiking.engine import SpikingEngine
from attractors.engines.spiking.neurons import Transmission
from attractors.engines.spiking.plasticity import STDP
from attractors.rules import Fixed

WEAK = 1e-3


@dataclass(frozen=True)
class Learning:
    """Excitatory units with a fixed number of inputs each, all of which learn by STDP.

    Parameters
    ----------
    balanced : Balanced
        Whose excitatory units they are, with their background.
    """

    balanced: Balanced

    @classmethod
    def random(cls, units: int, inputs: int) -> Learning:
        """Return the excitatory units of a balanced network."""
        return cls(Balanced.random(units, inputs))

    @property
    def matrix(self) -> NDArray[np.float32]:
        """Which units reach which, (N, N)."""
        whole = self.balanced.excitatory[0]
        return whole[: whole.shape[1]]

    @property
    def weights(self) -> NDArray[np.float32]:
        """Weights at first, (N, N) in mV: nothing holds the activity back if they are strong."""
        return np.float32(WEAK * self.balanced.pulse) * self.matrix

    @property
    def synapses(self) -> int:
        """All of them."""
        return int(np.count_nonzero(self.matrix))

    @property
    def rule(self) -> STDP:
        """Defaults up to twice the pulse; no synapses are added to those that there are."""
        return STDP(maximum=2.0 * self.balanced.pulse, candidates=0.0)

    @cached_property
    def circuit(self) -> Circuit:
        """Return the network ``E0``."""
        network = AttractorNetwork("E0", len(self.matrix), Threshold(0.5), Fixed(self.weights))
        return Circuit(Architecture((network,)))

    def engine(self, target: str) -> SpikingEngine:
        """Return the engine that runs it."""
        transmission = {"E0": Transmission(delay=DELAY, plasticity=self.rule)}
        units = self.balanced.units
        return SpikingEngine(
            neurons=units, scale="physical", transmission=transmission, target=target
        )
