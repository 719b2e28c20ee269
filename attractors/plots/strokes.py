"""Lines, arrowheads and bars of an architecture's drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path
from numpy.typing import NDArray

from attractors.plots import style
from attractors.plots.layout import LOOP, Layout, Rect

# in points
HEAD_LENGTH, HEAD_HALF, BAR_DEPTH, BAR_HALF = 8.0, 3.6, 2.8, 6.5
CLEAR, CORNER = 1.5, 5.0
WIDTH = 1.4
DASH = (0, (4, 2))


def draw_box(ax: Axes, rect: Rect, name: str, *, fill: str, edge: str, corner: float) -> None:
    """Draw a rectangle with round corners."""
    patch = FancyBboxPatch(
        (rect.left, rect.bottom),
        rect.width,
        rect.height,
        boxstyle=f"round,pad=0,rounding_size={corner}",
        facecolor=fill,
        edgecolor=edge,
        linewidth=1.0,
        gid=name,
        zorder=0 if corner > CORNER else 3,
    )
    ax.add_patch(patch)


def draw_edge(ax: Axes, layout: Layout, name: str, diverts: bool) -> None:
    """Draw the way of an edge from its source to its target, without its label."""
    if name in layout.loops:
        start, stop = (np.array(point) for point in layout.loops[name])
        out = np.array(layout.turned(0.0, LOOP * 4.0 / 3.0))
        tip, stop = _before(stop, -out, diverts)
        vertices = [start, start + out, stop + out, stop]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3]
        direction = -out
    else:
        strokes = [[np.array(piece) for piece in stroke] for stroke in layout.ways[name]]
        whole = strokes[-1][-1][1] - strokes[0][0][0]
        along = np.array(layout.turned(1.0, 0.0))
        direction = along * np.sign(along @ whole)
        tip, stop = _before(strokes[-1][-1][1], direction, diverts)
        strokes[-1][-1] = _shortened(strokes[-1][-1], stop, direction)
        vertices, codes = _joined(strokes, np.abs(along))
    draw_line(ax, Path(vertices, codes), tip, direction, name, diverts)


def draw_line(
    ax: Axes,
    path: Path,
    tip: NDArray[np.float64],
    direction: NDArray[np.float64],
    name: str,
    diverts: bool,
) -> None:
    """Draw a path with an arrowhead, or dashed with a bar, at its tip."""
    colour = style.INHIBITORY if diverts else style.EXCITATORY
    line = PathPatch(
        path,
        fill=False,
        edgecolor=colour,
        linewidth=WIDTH,
        linestyle=DASH if diverts else "solid",
        capstyle="butt",
        gid=name,
        zorder=2,
    )
    ax.add_patch(line)
    ahead = direction / np.linalg.norm(direction)
    aside = np.array([-ahead[1], ahead[0]])
    if diverts:
        ends = np.array([tip - BAR_HALF * aside, tip + BAR_HALF * aside])
        corners = [*ends, *(ends[::-1] - BAR_DEPTH * ahead)]
    else:
        base = tip - HEAD_LENGTH * ahead
        corners = [tip, base + HEAD_HALF * aside, base - HEAD_HALF * aside]
    ax.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=4))


def _before(
    border: NDArray[np.float64], direction: NDArray[np.float64], diverts: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the tip of an edge stands in front of a border, and where its line stops."""
    ahead = direction / np.linalg.norm(direction)
    tip = border - CLEAR * ahead
    return tip, tip - (0.5 * BAR_DEPTH if diverts else 0.8 * HEAD_LENGTH) * ahead


def _shortened(
    piece: NDArray[np.float64], stop: NDArray[np.float64], direction: NDArray[np.float64]
) -> NDArray[np.float64]:
    start = piece[0] if direction @ (stop - piece[0]) > 0 else stop
    return np.array([start, stop])


def _joined(
    strokes: Sequence[Sequence[NDArray[np.float64]]], along: NDArray[np.float64]
) -> tuple[list[NDArray[np.float64]], list[np.uint8]]:
    """Return vertices and codes of straight pieces joined by curves that leave along the flow."""
    vertices: list[NDArray[np.float64]] = []
    codes: list[np.uint8] = []
    for stroke in strokes:
        vertices += [stroke[0][0], stroke[0][1]]
        codes += [Path.MOVETO, Path.LINETO]
        for start, stop in stroke[1:]:
            half = along * (start - vertices[-1]) / 2
            vertices += [vertices[-1] + half, start - half, start, stop]
            codes += [*[Path.CURVE4] * 3, Path.LINETO]
    return vertices, codes
