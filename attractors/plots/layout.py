"""The drawing of an architecture in numbers: boxes, labels, frames and the ways of edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from attractors.architecture import Architecture
from attractors.plots.layers import (
    Block,
    Diagram,
    Key,
    flow,
    order,
    parts_around,
    parts_around_both,
)
from attractors.plots.placement import place

# all in points
GAP, LANE, LEAST_STEP, LARGEST_STEP = 14.0, 5.0, 28.0, 60.0
PORT, PORTS_AT_MOST = 12.0, 26.0
PAD, TITLE, LOOP, LEAST_LOOP = 10.0, 16.0, 20.0, 16.0
STEEP = 0.25

Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]


class Rect(NamedTuple):
    """A rectangle by its centre, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """The smallest x."""
        return self.x - self.width / 2

    @property
    def bottom(self) -> float:
        """The smallest y."""
        return self.y - self.height / 2

    @property
    def top(self) -> float:
        """The largest y."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Sizes:
    """Width and height in points of what will be drawn, by qualified name."""

    boxes: Mapping[str, Size]
    labels: Mapping[str, Size]
    titles: Mapping[str, Size]


@dataclass
class Layout:
    """Where everything goes, in points; x to the right, y upwards.

    Attributes
    ----------
    boxes, labels, frames : dict of str to Rect
        Networks, labels of edges, parts.
    ways : dict of str to list of list of (Point, Point)
        By edge, from source to target: strokes, interrupted by the label, each a list of
        straight pieces along the flow, to be joined by curves.
    loops : dict of str to (Point, Point)
        Start and end of edges from a network to itself, both on the side of its box.
    """

    down: bool
    boxes: dict[str, Rect] = field(default_factory=dict)
    labels: dict[str, Rect] = field(default_factory=dict)
    frames: dict[str, Rect] = field(default_factory=dict)
    ways: dict[str, list[list[tuple[Point, Point]]]] = field(default_factory=dict)
    loops: dict[str, tuple[Point, Point]] = field(default_factory=dict)

    @property
    def bounds(self) -> Rect:
        """The rectangle around all of it."""
        turns = [p for way in self.ways.values() for s in way for piece in s for p in piece]
        points = [Rect(*point, 0.0, 0.0) for point in turns]
        found = [*self.boxes.values(), *self.labels.values(), *self.frames.values(), *points]
        left, right = min(r.left for r in found), max(r.left + r.width for r in found)
        bottom, top = min(r.bottom for r in found), max(r.top for r in found)
        return Rect((left + right) / 2, (bottom + top) / 2, right - left, top - bottom)

    def turned(self, along: float, across: float) -> Point:
        """Return x and y of a place along and across the flow."""
        return (across, -along) if self.down else (along, -across)

    def rect(self, along: tuple[float, float], across: tuple[float, float]) -> Rect:
        """Return the rectangle between two places along and two across the flow."""
        x, y = self.turned(sum(along) / 2, sum(across) / 2)
        sides = (along[1] - along[0], across[1] - across[0])
        return Rect(x, y, *(sides[::-1] if self.down else sides))


def lay_out(architecture: Architecture, sizes: Sizes, down: bool) -> Layout:
    """Return the drawing with its flow downwards or to the right.

    The same architecture always gives the same drawing. Blocks never overlap; frames hold the
    networks of their part and no others.
    """
    return _Drawing(architecture, sizes, down).layout()


def _loop_room(label: Size) -> float:
    """Return the room that an edge to its own network takes along its box."""
    return max(label[0], LEAST_LOOP) + 2 * LANE


class _Drawing:
    """One run from sizes to places; ``along`` and ``across`` are meant with respect to the flow."""

    def __init__(self, architecture: Architecture, sizes: Sizes, down: bool) -> None:
        self.architecture, self.sizes, self.down = architecture, sizes, down
        self.layer = {name: 2 * layer for name, layer in flow(architecture).items()}
        links = architecture.links
        self.own = [name for name, edge in links.items() if edge.source == edge.target]
        self.boxes: dict[str, Size] = {}
        self.diagram = Diagram()
        for name in architecture.nodes:
            self._add_network(name)
        for name in links:
            if name not in self.own:
                self._add_route(name)
        self.spans = {part: self.diagram.span(part) for part in self.diagram.parts()}
        self._fill_parts()
        self.layers = order(self.diagram)
        self.title_before, self.title_beside = (0.0, TITLE) if not down else (TITLE, 0.0)

    def layout(self) -> Layout:
        """Place everything."""
        pads = (PAD + self.title_beside, PAD)
        widths = {p: self._turn(self.sizes.titles[p])[1] + 2 * PAD for p in self.spans}
        ports = self._ports()
        self.centre, self.sides = place(self.diagram, self.layers, ports, widths, pads, GAP)
        self.along = self._along(ports)
        made = Layout(self.down)
        for name, (depth, width) in self.boxes.items():
            key = self._network(name)
            made.boxes[name] = made.rect(self._middle(key, depth), self._beside(key, width))
            self._add_loops(made, name)
        for name in self.diagram.routes:
            self._add_way(made, name, ports)
        for part in self.spans:
            made.frames[part] = made.rect(self._frame(part), self.sides[part])
        return made

    def _turn(self, size: Size) -> Size:
        """Return a size as depth along and width across the flow."""
        return size[::-1] if self.down else size

    def _network(self, name: str) -> Key:
        return "network", name, self.layer[name]

    def _loops(self, name: str) -> list[str]:
        return [edge for edge in self.own if self.architecture.links[edge].source == name]

    def _add_network(self, name: str) -> None:
        links = self.architecture.links.values()
        ends = max(
            sum(edge.source == name for edge in links), sum(edge.target == name for edge in links)
        )
        depth, width = self._turn(self.sizes.boxes[name])
        loops = [self._turn(self.sizes.labels[edge]) for edge in self._loops(name)]
        beside = LOOP + LANE + max(loop[1] for loop in loops) if loops else 0.0
        depth = max(depth, sum(_loop_room(loop) for loop in loops))
        width = max(width, PORT * (ends + 1))
        self.boxes[name] = depth, width
        block = Block(parts_around(name), depth, width / 2, width / 2 + beside)
        self.diagram.blocks[self._network(name)] = block

    def _add_route(self, name: str) -> None:
        edge = self.architecture.links[name]
        first, last = sorted((edge.source, edge.target), key=self.layer.__getitem__)
        parts = parts_around_both(first, last)
        between = range(self.layer[first] + 1, self.layer[last])
        label = between[len(between) // 4 * 2]
        for layer in between:
            depth, width = self._turn(self.sizes.labels[name]) if layer == label else (0.0, LANE)
            self.diagram.blocks["edge", name, layer] = Block(parts, depth, width / 2, width / 2)
        passed: list[Key] = [("edge", name, layer) for layer in between]
        self.diagram.routes[name] = [self._network(first), *passed, self._network(last)]

    def _fill_parts(self) -> None:
        """Let parts hold their place in layers where nothing of theirs stands."""
        for part, (first, last) in self.spans.items():
            for layer in range(first, last + 1):
                inside = (b for k, b in self.diagram.blocks.items() if k[2] == layer)
                if not any(part in block.parts for block in inside):
                    parts = (*parts_around(part), part)
                    self.diagram.blocks["part", part, layer] = Block(parts)

    def _ports(self) -> dict[tuple[Key, Key], tuple[float, float]]:
        """Spread the ends of edges over the sides of boxes, in the order of where they lead."""
        rank = {key: place for layer in self.layers for place, key in enumerate(layer)}
        starts: dict[Key, list[Key]] = {}
        ends: dict[Key, list[Key]] = {}
        for route in self.diagram.routes.values():
            starts.setdefault(route[0], []).append(route[1])
            ends.setdefault(route[-1], []).append(route[-2])
        ports: dict[tuple[Key, Key], tuple[float, float]] = {}
        for key, others in starts.items():
            for other, offset in self._spread(key, sorted(others, key=rank.__getitem__)):
                ports[key, other] = (offset, 0.0)
        for key, others in ends.items():
            for other, offset in self._spread(key, sorted(others, key=rank.__getitem__)):
                ports[other, key] = (0.0, offset)
        return ports

    def _spread(self, key: Key, others: list[Key]) -> list[tuple[Key, float]]:
        distance = min(PORTS_AT_MOST, (self.boxes[key[1]][1] - PORT) / len(others))
        return [(o, distance * (i - (len(others) - 1) / 2)) for i, o in enumerate(others)]

    def _along(self, ports: Mapping[tuple[Key, Key], tuple[float, float]]) -> list[Size]:
        """Return start and stop of each layer."""
        stop, found = 0.0, []
        for layer, keys in enumerate(self.layers):
            inner = [max((self._nested(p, layer, 0) for p in self.spans), default=0)]
            before = inner[0] * (PAD + self.title_before)
            start = stop + before + (self._step(layer - 1, ports) if layer else 0.0)
            depths = [self.diagram.blocks[key].depth for key in keys]
            titles = [
                self._turn(self.sizes.titles[part])[0]
                for part, span in self.spans.items()
                if span[0] == layer and not self.down
            ]
            end = start + max(depths + titles)
            found.append((start, end))
            stop = end + PAD * max((self._nested(p, layer, 1) for p in self.spans), default=0)
        return found

    def _nested(self, part: str, layer: int, side: int) -> int:
        """Return how many frames, from a part inwards, start (0) or stop (1) at a layer."""
        if self.spans[part][side] != layer:
            return 0
        chains = {block.parts for block in self.diagram.blocks.values() if part in block.parts}
        return max(
            sum(self.spans[p][side] == layer for p in chain[chain.index(part) :])
            for chain in chains
        )

    def _step(self, layer: int, ports: Mapping[tuple[Key, Key], tuple[float, float]]) -> float:
        """Return the room for curves after a layer: more where edges go far across."""
        ways = [
            abs(self.centre[b] - self.centre[a] + ports.get((a, b), (0.0, 0.0))[1])
            for route in self.diagram.routes.values()
            for a, b in pairwise(route)
            if a[2] == layer
        ]
        return min(max(STEEP * max(ways, default=0.0), LEAST_STEP), LARGEST_STEP)

    def _middle(self, key: Key, depth: float) -> Size:
        start, stop = self.along[key[2]]
        return (start + stop - depth) / 2, (start + stop + depth) / 2

    def _beside(self, key: Key, width: float) -> Size:
        return self.centre[key] - width / 2, self.centre[key] + width / 2

    def _frame(self, part: str) -> Size:
        first, last = self.spans[part]
        before = self._nested(part, first, 0) * (PAD + self.title_before)
        after = self._nested(part, last, 1) * PAD
        return self.along[first][0] - before, self.along[last][1] + after

    def _add_loops(self, made: Layout, name: str) -> None:
        key, (depth, width) = self._network(name), self.boxes[name]
        side, loops = self.centre[key] + width / 2, self._loops(name)
        labels = [self._turn(self.sizes.labels[edge]) for edge in loops]
        rooms = [_loop_room(label) for label in labels]
        spare = (depth - sum(rooms)) / max(len(loops), 1)
        stops = np.cumsum([room + spare for room in rooms]) + self._middle(key, depth)[0]
        for edge, (long, wide), room, stop in zip(loops, labels, rooms, stops, strict=True):
            middle = float(stop) - (room + spare) / 2
            near = side + LOOP + LANE
            made.labels[edge] = made.rect(
                (middle - long / 2, middle + long / 2), (near, near + wide)
            )
            half = LEAST_LOOP / 2
            made.loops[edge] = made.turned(middle - half, side), made.turned(middle + half, side)

    def _add_way(
        self, made: Layout, name: str, ports: Mapping[tuple[Key, Key], tuple[float, float]]
    ) -> None:
        route = self.diagram.routes[name]
        strokes: list[list[tuple[Point, Point]]] = [[]]
        for rank, key in enumerate(route):
            (start, stop), across = self.along[key[2]], self.centre[key]
            size = self.diagram.blocks[key]
            near, far = self._middle(key, size.depth)
            if rank == 0:
                start, across = far, across + ports[key, route[1]][0]
            elif rank == len(route) - 1:
                stop, across = near, across + ports[route[-2], key][1]
            elif size.depth:
                made.labels[name] = made.rect((near, far), self._beside(key, 2 * size.low))
                strokes[-1].append((made.turned(start, across), made.turned(near, across)))
                strokes.append([])
                start = far
            strokes[-1].append((made.turned(start, across), made.turned(stop, across)))
        if self.architecture.links[name].source != route[0][1]:
            strokes = [[piece[::-1] for piece in stroke[::-1]] for stroke in strokes[::-1]]
        made.ways[name] = strokes
