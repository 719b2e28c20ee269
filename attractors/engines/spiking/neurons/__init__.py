"""Presets of free-running units: declarations and calibration; nothing here imports Brian2."""

from attractors.engines.spiking.neurons.adex import AdEx
from attractors.engines.spiking.neurons.background import Background
from attractors.engines.spiking.neurons.base import SCALES, Neurons
from attractors.engines.spiking.neurons.conductance import Conductance
from attractors.engines.spiking.neurons.current_lif import CurrentLIF
from attractors.engines.spiking.neurons.inhibition import Interneurons, Pooled
from attractors.engines.spiking.neurons.receptor import Receptor
from attractors.engines.spiking.neurons.transmission import ShortTerm, Transmission

__all__ = [
    "NEURONS",
    "SCALES",
    "AdEx",
    "Background",
    "Conductance",
    "CurrentLIF",
    "Interneurons",
    "Neurons",
    "Pooled",
    "Receptor",
    "ShortTerm",
    "Transmission",
]

NEURONS: dict[str, type[Neurons]] = {
    "CurrentLIF": CurrentLIF,
    "Conductance": Conductance,
    "AdEx": AdEx,
}
