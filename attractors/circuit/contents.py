"""What a circuit holds beside its architecture."""

from __future__ import annotations

from dataclasses import dataclass, field

from attractors.architecture import Architecture
from attractors.circuit.book import PatternBook
from attractors.circuit.making import Keep, empty_edges, empty_memories
from attractors.circuit.register import Register
from attractors.synapses import Synapses


@dataclass
class Contents:
    """Synapses, and the patterns that went into them.

    Attributes
    ----------
    memories : dict of str to Synapses
        Recurrent synapses, by network.
    edges : dict of str to Synapses
        Synapses of associations and diversions, by edge.
    books : dict of str to PatternBook
        Distinct stored patterns, by network.
    taught : dict of str to PatternBook
        Distinct source patterns of edges that were trained alone, by edge.
    claimed : dict of str to int
        Hidden units that stored patterns have claimed, by network.
    register : Register
        How often what was stored; filled only where counts are kept.
    """

    memories: dict[str, Synapses]
    edges: dict[str, Synapses]
    books: dict[str, PatternBook]
    taught: dict[str, PatternBook]
    claimed: dict[str, int] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    @classmethod
    def empty(cls, architecture: Architecture, keep: Keep) -> Contents:
        """Return what a circuit holds before anything is stored.

        Raises
        ------
        UnsupportedError, MemoryLimitError
            If a rule cannot be kept like that, or the synapses would not fit in memory.
        """
        nodes, links = architecture.nodes, architecture.links
        return cls(
            memories=empty_memories(architecture, keep),
            edges=empty_edges(architecture, keep),
            books={name: PatternBook(net.units) for name, net in nodes.items()},
            taught={name: PatternBook(nodes[e.source].units) for name, e in links.items()},
        )

    @property
    def synapses(self) -> dict[str, Synapses]:
        """All synapses, by network or edge."""
        return {**self.memories, **self.edges}

    def put(self, name: str, synapses: Synapses) -> None:
        """Replace the synapses of a network or edge."""
        (self.memories if name in self.memories else self.edges)[name] = synapses
