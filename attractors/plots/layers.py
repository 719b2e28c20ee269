"""The order of an architecture's drawing: which layer a block stands in and beside which others.

A layered drawing after Sugiyama: networks stand in every second layer, the labels of edges in
those between, and an edge that spans several layers holds a place in each, so that nothing can
be drawn over anything else.

References
----------
Sugiyama, Tagawa and Toda (1981), IEEE Trans. SMC 11:109, doi:10.1109/TSMC.1981.4308636.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import networkx
import numpy as np

from attractors.architecture import Architecture, Diversion

SWEEPS = 24
# ("network" | "edge" | "part", qualified name, layer)
Key: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True)
class Block:
    """What holds a place in one layer, in points.

    Parameters
    ----------
    parts : tuple of str
        Qualified names of the parts around it, from the outside in.
    depth : float
        Its size along the flow.
    low, high : float
        How far it reaches across the flow to both sides of its centre.
    """

    parts: tuple[str, ...]
    depth: float = 0.0
    low: float = 0.0
    high: float = 0.0


@dataclass
class Diagram:
    """Blocks by key, and by edge the blocks on its way, layer by layer."""

    blocks: dict[Key, Block] = field(default_factory=dict)
    routes: dict[str, list[Key]] = field(default_factory=dict)

    def span(self, part: str) -> tuple[int, int]:
        """Return the first and the last layer of a part's networks."""
        inside = [
            key[2]
            for key, block in self.blocks.items()
            if part in block.parts and key[0] == "network"
        ]
        return min(inside), max(inside)

    def parts(self) -> list[str]:
        """Return the qualified names of all parts, outer ones first."""
        return list(dict.fromkeys(part for block in self.blocks.values() for part in block.parts))


def parts_around(name: str) -> tuple[str, ...]:
    """Return the qualified names of the parts that a network lies in, from the outside in."""
    steps = name.split("/")[:-1]
    return tuple("/".join(steps[: index + 1]) for index in range(len(steps)))


def parts_around_both(source: str, target: str) -> tuple[str, ...]:
    """Return the qualified names of the parts that hold both ends of an edge."""
    pairs = zip(parts_around(source), parts_around(target), strict=False)
    return tuple(a for a, b in pairs if a == b)


def flow(architecture: Architecture) -> dict[str, int]:
    """Return the layer of each network: targets after sources, where cycles allow it."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(architecture.nodes)
    # what excites sets the direction, parts on their own first; what diverts follows
    for edge in sorted(
        architecture.links.values(),
        key=lambda e: (isinstance(e, Diversion), -len(parts_around_both(e.source, e.target))),
    ):
        if not networkx.has_path(graph, edge.target, edge.source):
            graph.add_edge(edge.source, edge.target)
    generations = networkx.topological_generations(graph)
    found = {name: layer for layer, names in enumerate(generations) for name in names}
    for name in architecture.nodes:
        if graph.out_degree(name) and not graph.in_degree(name):
            found[name] = min(found[target] for target in graph[name]) - 1
    return found


def order(diagram: Diagram) -> list[list[Key]]:
    """Return the keys of each layer in the order that crosses the fewest edges.

    The blocks of a part stand side by side, and two parts stand in the same order everywhere.
    """
    count = max(key[2] for key in diagram.blocks) + 1
    best = [[key for key in diagram.blocks if key[2] == layer] for layer in range(count)]
    position = {key: float(rank) for layer in best for rank, key in enumerate(layer)}
    best = _swept(diagram, best, position, range(count), {key: [] for key in diagram.blocks})
    fewest = _cost(diagram, best)
    layers = best
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        sequence = range(count) if forward else range(count - 1, -1, -1)
        position = {
            key: rank - (len(layer) - 1) / 2 for layer in layers for rank, key in enumerate(layer)
        }
        layers = _swept(diagram, layers, position, sequence, _neighbours(diagram, forward))
        if (cost := _cost(diagram, layers)) < fewest:
            best, fewest = layers, cost
    return best


def _neighbours(diagram: Diagram, forward: bool) -> dict[Key, list[Key]]:
    """Return the blocks before (after, if not forward) each block along its edges."""
    found: dict[Key, list[Key]] = {key: [] for key in diagram.blocks}
    for route in diagram.routes.values():
        for first, second in pairwise(route if forward else route[::-1]):
            found[second].append(first)
    return found


def _swept(
    diagram: Diagram,
    layers: Sequence[list[Key]],
    position: dict[Key, float],
    sequence: Sequence[int],
    neighbours: Mapping[Key, list[Key]],
) -> list[list[Key]]:
    """Sort layer after layer by the mean position of each block's neighbours."""
    middle = {
        part: float(np.mean([position[k] for k, b in diagram.blocks.items() if part in b.parts]))
        for part in diagram.parts()
    }
    swept = [list(layer) for layer in layers]
    for index in sequence:
        wish = {
            key: float(np.mean([position[n] for n in neighbours[key]] or [position[key]]))
            for key in swept[index]
        }
        swept[index].sort(
            key=lambda key: [
                *((middle[part], part, 0) for part in diagram.blocks[key].parts),
                (wish[key], *(("", 0) if key[0] == "part" else key[1:])),
            ]
        )
        for rank, key in enumerate(swept[index]):
            position[key] = rank - (len(swept[index]) - 1) / 2
    return swept


def _cost(diagram: Diagram, layers: Sequence[list[Key]]) -> tuple[int, float]:
    """Return the number of crossings and, to decide between equals, the way across."""
    rank = {key: i - (len(layer) - 1) / 2 for layer in layers for i, key in enumerate(layer)}
    crossings, way = 0, 0.0
    for steps in _steps(diagram, len(layers)):
        ends = np.array([(rank[a], rank[b]) for a, b in steps]).reshape(-1, 2)
        before, after = (np.sign(side[:, None] - side) for side in ends.T)
        crossings += int((before * after < 0).sum()) // 2
        way += float(np.abs(ends[:, 0] - ends[:, 1]).sum())
    return crossings, way


def _steps(diagram: Diagram, layers: int) -> Iterator[list[tuple[Key, Key]]]:
    """Yield, gap by gap between layers, the pieces of edges that cross it."""
    pieces = [piece for route in diagram.routes.values() for piece in pairwise(route)]
    for layer in range(layers - 1):
        yield [piece for piece in pieces if piece[0][2] == layer]
