"""From what a circuit holds to links: which synapses act on whom, by which factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attractors.architecture import Diversion, Edge
from attractors.circuit.link import Link, LinkKind
from attractors.synapses import Synapses

if TYPE_CHECKING:
    from attractors.circuit.circuit import Circuit


def linked(circuit: Circuit) -> tuple[Link, ...]:
    """Return all recurrences of a circuit, then all its edges by name."""
    nodes, edges = circuit.architecture.nodes, circuit.architecture.links
    recurrences = (
        Link(name, name, name, "recurrent", synapses, factor, 0.0)
        for name, synapses in circuit.contents.memories.items()
        for factor in [_factor(synapses, nodes[name].gain, circuit.activity(name))]
    )
    # sorted: engines add up in this order, and declared otherwise the last bit may differ
    return (*recurrences, *(_of_edge(circuit, name, edges[name]) for name in sorted(edges)))


def _of_edge(circuit: Circuit, name: str, edge: Edge) -> Link:
    synapses = circuit.contents.edges[name]
    factor = _factor(synapses, edge.gain, _level_of(circuit, edge))
    ends = edge.source, edge.target
    return Link(name, *ends, _kind(edge), synapses, factor, edge.delay, edge.fade)


def _level_of(circuit: Circuit, edge: Edge) -> float:
    """Return the activity of an edge's source; if it stored nothing, of what it was taught."""
    taught = circuit.contents.taught[edge.label].patterns
    stored = circuit.contents.books[edge.source].patterns.shape[0] > 0
    if stored or taught.shape[0] == 0:
        return circuit.activity(edge.source)
    return float(taught.mean())


def _factor(synapses: Synapses, gain: float, activity: float) -> float:
    """Return the factor from raw weights to the field; 0 while nothing is stored."""
    if synapses.count == 0:
        return 0.0
    return gain * synapses.scale(synapses.shape[1], activity)


def _kind(edge: Edge) -> LinkKind:
    return edge.mode if isinstance(edge, Diversion) else "association"  # type: ignore[return-value]
