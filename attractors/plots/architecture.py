"""The drawing of an architecture."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from attractors.architecture import Architecture, AttractorNetwork, Diversion, Edge
from attractors.architecture.text import brief
from attractors.plots import style
from attractors.plots.layers import parts_around, parts_around_both
from attractors.plots.layout import Layout, Rect, Size, Sizes, lay_out
from attractors.plots.lettering import extent, letter
from attractors.plots.strokes import draw_box, draw_edge, draw_line

# sizes of letters, of the free rim and of the row below that explains the lines, in points
NAME, DETAIL, LABEL, RIM, LEGEND = 10.0, 8.0, 7.5, 8.0, 22.0
LARGEST = (720.0, 560.0)
LONGEST, SAMPLE = 28, 30.0
FILL, OUTLINE, TITLE = "#E4EEF6", "#5A6B78", "#555555"


def architecture(architecture: Architecture, ax: Axes | None = None) -> Axes:
    """Draw networks, associations, diversions and nested parts.

    Networks are boxes with name, units, dynamics and recurrent memory, filled where there is
    one, and a little larger the more units they have. Associations are solid arrows, diversions
    dashed lines that end in a bar. Edges carry their name, left short by the part that they lie
    in, and their rule; gain and delay where they are not 1 and 0. Parts are frames.

    Parameters
    ----------
    architecture : Architecture
        What to draw.
    ax : Axes, optional
        Where; by default a new figure of fitting size.

    Returns
    -------
    Axes
        Without scales, in points of the drawing's natural size; letters scale with it. Artists
        carry the qualified name of what they show as ``gid``.

    Notes
    -----
    The flow goes down or to the right, whichever fits better. Nothing is left to chance: the
    same architecture always gives the same drawing.
    """
    sizes, room = _sizes(architecture), LARGEST if ax is None else style.points(ax)
    layouts = [lay_out(architecture, sizes, down) for down in (False, True)]
    made = max(layouts, key=lambda layout: _fit(layout.bounds, room))
    links = architecture.links
    legend = any(isinstance(edge, Diversion) for edge in links.values())
    ax = _paper(made.bounds, ax, room, legend)
    for part, frame in made.frames.items():
        draw_box(ax, frame, part, fill="none", edge=style.GREY, corner=8.0)
        place = frame.left + 8.0, frame.top - 4.0
        letter(ax, *place, _own(part), DETAIL, gid=part, ha="left", va="top", color=TITLE)
    for name, network in architecture.nodes.items():
        _draw_network(ax, made.boxes[name], name, network)
    for name, edge in links.items():
        draw_edge(ax, made, name, isinstance(edge, Diversion))
        _draw_label(ax, made, name, _edge_lines(architecture, name))
    if legend:
        _draw_legend(ax, made.bounds)
    return ax


def _sizes(architecture: Architecture) -> Sizes:
    """Return how much room the words need."""
    boxes, labels = {}, {}
    for name, network in architecture.nodes.items():
        title = extent([_own(name)], NAME, "bold")
        details = extent(_network_lines(network), DETAIL)
        # mildly: ten times the units are six points more
        rim = 8.0 + 6.0 * np.log10(network.units)
        boxes[name] = max(title[0], details[0]) + rim, title[1] + details[1] + 0.6 * rim
    for name in architecture.links:
        width, height = extent(_edge_lines(architecture, name), LABEL)
        labels[name] = width + 6.0, height + 4.0
    parts = {part for name in boxes for part in parts_around(name)}
    return Sizes(boxes, labels, {part: extent([_own(part)], DETAIL) for part in sorted(parts)})


def _own(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _call(declared: Any) -> str:
    return brief(declared).removesuffix("()")


def _network_lines(network: AttractorNetwork) -> list[str]:
    memory = "no recurrent memory"
    if network.rule is not None:
        memory = f"recurrent {_call(network.rule)}"
        memory += f", gain {network.gain:g}" if network.gain != 1 else ""
    lines = f"{network.units:,} units", _call(network.dynamics), memory
    return [part for line in lines for part in _wrapped(line)]


def _wrapped(line: str) -> list[str]:
    """Break a line at its commas, where it is long."""
    # textwrap leaves no-break spaces alone
    whole = line.replace(" ", "\xa0").replace(",\xa0", ", ")
    return [part.replace("\xa0", " ") for part in textwrap.wrap(whole, LONGEST)]


def _edge_lines(architecture: Architecture, name: str) -> list[str]:
    edge = architecture.links[name]
    start = sum(len(_own(part)) + 1 for part in parts_around_both(edge.source, edge.target))
    source, target = edge.source[start:], edge.target[start:]
    if name != f"{edge.source}{edge.arrow}{edge.target}":
        prefix = edge.source[:start]
        names = [name.removeprefix(prefix)]
    elif len(source + target) > LONGEST - 2:
        names = [source + edge.arrow, target]
    else:
        names = [f"{source}{edge.arrow}{target}"]
    words = [_mode(edge), _call(architecture.rule_of(edge))]
    words += [f"gain {edge.gain:g}"] if edge.gain != 1 else []
    words += [f"delay {edge.delay:g} ms"] if edge.delay else []
    return [*names, *_wrapped(", ".join(word for word in words if word))]


def _mode(edge: Edge) -> str:
    return edge.mode if isinstance(edge, Diversion) else ""


def _fit(bounds: Rect, room: Size) -> tuple[float, float]:
    """Return how large a drawing comes out, and how little paper it takes."""
    scale = min(1.0, room[0] / (bounds.width + 2 * RIM), room[1] / (bounds.height + 2 * RIM))
    return scale, -bounds.width * bounds.height


def _paper(bounds: Rect, ax: Axes | None, room: Size, legend: bool) -> Axes:
    """Prepare an Axes in which the drawing fits, at most at its natural size."""
    low, high = bounds.bottom - RIM - legend * LEGEND, bounds.top + RIM
    width = max(bounds.width, (2 * SAMPLE + 90.0) * legend) + 2 * RIM
    if ax is None:
        scale = min(1.0, room[0] / width, room[1] / (high - low))
        ax = style.new_axes(scale * width / 72.0, scale * (high - low) / 72.0)
    else:
        free = max(room[1] - (high - low), 0.0) / 2
        low, high, width = low - free, high + free, max(width, room[0])
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_xlim(bounds.x - width / 2, bounds.x + width / 2)
    ax.set_ylim(low, high)
    return ax


def _draw_network(ax: Axes, rect: Rect, name: str, network: AttractorNetwork) -> None:
    fill = "white" if network.rule is None else FILL
    draw_box(ax, rect, name, fill=fill, edge=OUTLINE, corner=5.0)
    lines = _network_lines(network)
    title = extent([_own(name)], NAME, "bold")[1]
    top = rect.y + (title + extent(lines, DETAIL)[1]) / 2
    where = {"ha": "center", "va": "top", "gid": name, "color": style.INK, "zorder": 5}
    letter(ax, rect.x, top, _own(name), NAME, weight="bold", **where)
    letter(ax, rect.x, top - title, "\n".join(lines), DETAIL, **where)


def _draw_label(ax: Axes, made: Layout, name: str, lines: list[str]) -> None:
    rect = made.labels[name]
    where = {"ha": "center", "va": "center", "gid": name, "color": style.INK, "zorder": 5}
    letter(ax, rect.x, rect.y, "\n".join(lines), LABEL, **where)


def _draw_legend(ax: Axes, bounds: Rect) -> None:
    """Say below the drawing what the two kinds of line mean."""
    y = bounds.bottom - LEGEND + 4.0
    x = bounds.x - SAMPLE - 70.0
    for text, diverts in (("association", False), ("diversion", True)):
        tip = np.array([x + SAMPLE, y])
        path = Path([(x, y), (x + SAMPLE - 6.0 * (not diverts), y)])
        draw_line(ax, path, tip, np.array([1.0, 0.0]), "legend", diverts)
        letter(ax, tip[0] + 8.0, y, text, LABEL, gid="legend", va="center", color=style.INK)
        x += SAMPLE + 75.0
