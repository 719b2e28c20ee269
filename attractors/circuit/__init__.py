"""Circuit: architecture plus synapses."""

from attractors.circuit.adopting import scale_of
from attractors.circuit.circuit import Circuit
from attractors.circuit.link import Link, LinkKind

__all__ = ["Circuit", "Link", "LinkKind", "scale_of"]
