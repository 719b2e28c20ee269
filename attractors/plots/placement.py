"""Where blocks stand across the flow: edges as straight as their order and sizes allow.

The bends of all edges are minimised under linear constraints that keep blocks and parts apart.
For squared bends that is a least-squares problem with inequalities, solved exactly through
non-negative least squares, hence without a start value or chance. A few rounds in which small
bends weigh more leave few bends in place of many small ones.

References
----------
Lawson and Hanson (1974), Solving Least Squares Problems, chapter 23,
doi:10.1137/1.9781611971217.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from attractors.plots.layers import Diagram, Key

# weights of the bends of edges: between labels, at the upper network and at the lower one
STRAIGHT, FIRST, LAST = 3.0, 1.3, 1.0
# weights of the size of parts and of the distance from the centre
TIGHT, CENTRED = 0.05, 0.02
ROUNDS, SMALL, UNIT = 16, 0.01, 100.0


def place(
    diagram: Diagram,
    layers: Sequence[Sequence[Key]],
    ports: Mapping[tuple[Key, Key], tuple[float, float]],
    widths: Mapping[str, float],
    pads: tuple[float, float],
    gap: float,
) -> tuple[dict[Key, float], dict[str, tuple[float, float]]]:
    """Return the centre of each block and both sides of each part, across the flow.

    Parameters
    ----------
    diagram : Diagram
        Blocks and routes.
    layers : sequence of sequences of Key
        The order within each layer.
    ports : mapping of (Key, Key) to (float, float)
        How far from the centres of its blocks each piece of an edge starts and ends.
    widths : mapping of str to float
        Least size of each part.
    pads : (float, float)
        Room within a part on both sides.
    gap : float
        Room between neighbours.
    """
    index = {key: i for i, key in enumerate(diagram.blocks)}
    sides = {part: len(index) + 2 * i for i, part in enumerate(diagram.parts())}
    count = len(index) + 2 * len(sides)
    rows = _Rows(count)
    for layer in layers:
        _keep_apart(diagram, layer, index, sides, rows, gap)
    _enclose(diagram, index, sides, rows, pads)
    for part, side in sides.items():
        rows.at_least(side + 1, side, widths[part])
    goal, offset = _goal(diagram, index, sides, ports, count)
    weight = np.ones(len(goal))
    bends = sum(len(route) - 1 for route in diagram.routes.values())
    for _ in range(ROUNDS):
        solved = _constrained(goal * weight[:, None], offset * weight, rows.matrix(), rows.bounds())
        left = np.abs(goal @ solved + offset)[:bends]
        weight[:bends] = 1.0 / np.sqrt(np.hypot(left, SMALL))
    solved *= UNIT
    centres = {key: float(solved[i]) for key, i in index.items()}
    return centres, {p: (float(solved[i]), float(solved[i + 1])) for p, i in sides.items()}


class _Rows:
    """Constraints: variable ``above`` minus variable ``below`` is at least so much."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._rows: dict[tuple[int, int], float] = {}

    def at_least(self, above: int, below: int, distance: float) -> None:
        self._rows[above, below] = max(distance, self._rows.get((above, below), distance))

    def matrix(self) -> NDArray[np.float64]:
        matrix = np.zeros((len(self._rows), self._count))
        for row, (above, below) in enumerate(self._rows):
            matrix[row, [above, below]] = 1.0, -1.0
        return matrix

    def bounds(self) -> NDArray[np.float64]:
        return np.array(list(self._rows.values()), dtype=float) / UNIT


def _keep_apart(
    diagram: Diagram,
    layer: Sequence[Key],
    index: Mapping[Key, int],
    sides: Mapping[str, int],
    rows: _Rows,
    gap: float,
) -> None:
    """Hold neighbours of one layer apart: the blocks, or the parts that they do not share."""
    for left, right in pairwise(layer):
        before, after = diagram.blocks[left], diagram.blocks[right]
        shared = sum(a == b for a, b in zip(before.parts, after.parts, strict=False))
        low, high, distance = index[left], index[right], gap
        if len(before.parts) > shared:
            low = sides[before.parts[shared]] + 1
        else:
            distance += before.high
        if len(after.parts) > shared:
            high = sides[after.parts[shared]]
        else:
            distance += after.low
        rows.at_least(high, low, distance)


def _enclose(
    diagram: Diagram,
    index: Mapping[Key, int],
    sides: Mapping[str, int],
    rows: _Rows,
    pads: tuple[float, float],
) -> None:
    """Hold blocks and inner parts within their parts."""
    for key, block in diagram.blocks.items():
        for outer, inner in pairwise(block.parts):
            rows.at_least(sides[inner], sides[outer], pads[0])
            rows.at_least(sides[outer] + 1, sides[inner] + 1, pads[1])
        if block.parts:
            side = sides[block.parts[-1]]
            rows.at_least(index[key], side, pads[0] + block.low)
            rows.at_least(side + 1, index[key], pads[1] + block.high)


def _goal(
    diagram: Diagram,
    index: Mapping[Key, int],
    sides: Mapping[str, int],
    ports: Mapping[tuple[Key, Key], tuple[float, float]],
    count: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return M and r of the squared length |My + r|² that a good drawing makes small."""
    terms: list[tuple[int, int, float, float]] = []
    for route in diagram.routes.values():
        for first, second in pairwise(route):
            start, end = ports.get((first, second), (0.0, 0.0))
            weight = (
                FIRST if first[0] == "network" else LAST if second[0] == "network" else STRAIGHT
            )
            terms.append((index[second], index[first], weight, end - start))
    terms += [(side + 1, side, TIGHT, 0.0) for side in sides.values()]
    goal, offset = np.zeros((len(terms) + count, count)), np.zeros(len(terms) + count)
    for row, (plus, minus, weight, distance) in enumerate(terms):
        goal[row, [plus, minus]] = weight, -weight
        offset[row] = weight * distance / UNIT
    goal[len(terms) :] = CENTRED * np.eye(count)
    return goal, offset


def _constrained(
    goal: NDArray[np.float64],
    offset: NDArray[np.float64],
    matrix: NDArray[np.float64],
    bounds: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the y of least |goal y + offset|² with matrix y ≥ bounds."""
    q, r = np.linalg.qr(goal)
    shift = q.T @ offset
    inverse = np.linalg.inv(r)
    if len(bounds) == 0:
        return np.asarray(-inverse @ shift)
    # with z = r y + shift this is the least |z| with G z ≥ h
    constraints = matrix @ inverse
    stacked = np.vstack([constraints.T, bounds + constraints @ shift])
    target = np.append(np.zeros(len(r)), 1.0)
    residual = stacked @ nnls(stacked, target)[0] - target
    return np.asarray(inverse @ (-residual[:-1] / residual[-1] - shift))
