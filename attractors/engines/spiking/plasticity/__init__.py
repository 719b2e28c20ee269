"""How synapses of units that run freely learn while they run; nothing here imports Brian2."""

from attractors.engines.spiking.plasticity.base import Plasticity
from attractors.engines.spiking.plasticity.stdp import STDP
from attractors.engines.spiking.plasticity.trace_hebbian import TraceHebbian

__all__ = ["STDP", "Plasticity", "TraceHebbian"]
