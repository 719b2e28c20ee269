"""Figures of several plots, and how a figure becomes a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attractors import checks
from attractors.files import whole_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 150


def panels(rows: int, columns: int, width: float = 4.5, height: float = 2.6) -> list[Axes]:
    """Return the Axes of a new figure, row by row.

    Parameters
    ----------
    rows, columns : int
        At least 1.
    width, height : float
        Of one panel in inches.
    """
    from matplotlib.figure import Figure

    checks.whole("panels", "rows", rows)
    checks.whole("panels", "columns", columns)
    figure = Figure(figsize=(columns * width, rows * height), layout="constrained")
    return list(figure.subplots(rows, columns, squeeze=False).ravel())


def save(axes: Axes, path: str | os.PathLike[str]) -> None:
    """Write the figure that holds an Axes, whole or not at all.

    Parameters
    ----------
    axes : Axes
        Of the figure.
    path : path
        Its ending chooses the format.
    """
    from matplotlib.figure import Figure

    figure = axes.figure
    assert isinstance(figure, Figure)
    with whole_file(path) as temporary:
        figure.savefig(temporary, dpi=DPI)
