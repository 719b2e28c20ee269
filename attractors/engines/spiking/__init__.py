"""The spiking engine, on Brian2."""

from attractors.engines.spiking.engine import SpikingEngine, SpikingSimulation
from attractors.engines.spiking.forms import form_of

__all__ = ["SpikingEngine", "SpikingSimulation", "form_of"]
