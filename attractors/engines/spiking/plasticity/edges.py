"""Which edges of a circuit learn while it runs, and which do anything at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from attractors.circuit import Circuit, Link, scale_of
from attractors.engines.spiking.plasticity.candidates import expected

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine


def working(engine: SpikingEngine, circuit: Circuit) -> tuple[Link, ...]:
    """Return the links that do something, or learn to; those have the factor that they will have.

    Parameters
    ----------
    engine : SpikingEngine
        Says which are plastic.
    circuit : Circuit
        What runs.
    """
    nodes, edges = circuit.architecture.nodes, circuit.architecture.links
    found = []
    for link in circuit.links:
        if link.name in plastic(engine, circuit):
            gain = (nodes.get(link.name) or edges[link.name]).gain
            found.append(replace(link, factor=gain * scale_of(circuit, link.name)))
        elif link.factor != 0.0:
            found.append(link)
    return tuple(found)


def plastic(engine: SpikingEngine, circuit: Circuit) -> dict[str, int]:
    """Return about how many synapses of each plastic edge may change."""
    rules = {link: engine.transmission_of(link.name).plasticity for link in circuit.links}
    return {link.name: expected(link, rule) for link, rule in rules.items() if rule is not None}
