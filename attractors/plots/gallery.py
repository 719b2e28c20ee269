"""Patterns as images, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.errors import PatternError
from attractors.plots import style
from attractors.plots.lettering import extent, letter

# all in heights or widths of a tile
SPACE, LETTERS, INCHES = 0.14, 0.17, 0.95


def gallery(
    images: ArrayLike,
    ax: Axes | None = None,
    titles: Sequence[str] | None = None,
    shape: tuple[int, int] = (8, 8),
    columns: int | None = None,
) -> Axes:
    """Draw patterns as a table of images with one scale of grey for all.

    Parameters
    ----------
    images : (n, height * width) or (n, height, width) array_like
        Patterns; the largest value of all is black, the smallest white.
    ax : Axes, optional
        Where to draw; by default a new figure.
    titles : sequence of str, optional
        One above each image; too long ones are written smaller.
    shape : (int, int)
        Height and width of the images where they come as rows.
    columns : int, optional
        Images side by side; by default as many as make the table square.

    Returns
    -------
    Axes
        Without scales; its images are in the order of ``images``, a tile 1 wide.

    Raises
    ------
    PatternError, ParameterError
        If images do not have that shape or number of titles, or are not finite.
    """
    tiles = _tiles(images, shape)
    if titles is not None and len(titles) != len(tiles):
        raise PatternError(
            f"gallery: {len(titles)} titles for {len(tiles)} images; give one each, '' for none."
        )
    columns = math.ceil(math.sqrt(len(tiles))) if columns is None else columns
    columns = min(checks.whole("gallery", "columns", columns), len(tiles))
    height = tiles.shape[1] / tiles.shape[2]
    above = 0.0 if titles is None else LETTERS * (1.4 + 1.25 * max(t.count("\n") for t in titles))
    pitch, lines = (1.0 + SPACE, height + above + SPACE), math.ceil(len(tiles) / columns)
    size = columns * pitch[0] + SPACE, lines * pitch[1] + SPACE
    ax = ax if ax is not None else style.new_axes(INCHES * size[0], INCHES * size[1])
    low, high = float(tiles.min()), float(tiles.max())
    for index, tile in enumerate(tiles):
        left = SPACE + index % columns * pitch[0]
        bottom = size[1] - (index // columns + 1) * pitch[1]
        place = (left, left + 1.0, bottom, bottom + height)
        ax.imshow(tile, cmap="Greys", vmin=low, vmax=high, extent=place, interpolation="nearest")
        frame = Rectangle((left, bottom), 1.0, height, fill=False, ec=style.GREY, lw=0.6)
        ax.add_patch(frame)
        if titles is not None:
            _write(ax, left + 0.5, bottom + height + 0.25 * LETTERS, str(titles[index]))
    ax.set_axis_off()
    ax.set_xlim(0.0, size[0])
    ax.set_ylim(0.0, size[1])
    ax.set_aspect("equal")
    return ax


def _tiles(images: ArrayLike, shape: tuple[int, int]) -> NDArray[np.float64]:
    values = np.asarray(images, dtype=float)
    if values.ndim == 2 and values.shape[1] == math.prod(shape):
        values = values.reshape(len(values), *shape)
    if values.ndim != 3 or values.size == 0 or not np.isfinite(values).all():
        raise PatternError(
            f"gallery: images of shape {np.shape(images)} must be finite, (n, {math.prod(shape)}) "
            f"for shape={tuple(shape)} or (n, height, width)."
        )
    return values


def _write(ax: Axes, x: float, y: float, title: str) -> None:
    width = extent(title.split("\n"), LETTERS)[0]
    height = LETTERS * min(1.0, (1.0 + 0.5 * SPACE) / max(width, 1e-9))
    letter(ax, x, y, title, height, ha="center", va="bottom", color=style.INK)
