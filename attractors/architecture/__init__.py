"""Architecture: what is there, declared without arrays."""

from attractors.architecture.bidirectional import bam
from attractors.architecture.edges import Association, Diversion, Edge
from attractors.architecture.graph import Architecture
from attractors.architecture.network import AttractorNetwork

__all__ = ["Architecture", "Association", "AttractorNetwork", "Diversion", "Edge", "bam"]
