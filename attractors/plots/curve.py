"""Success of recall against load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from attractors.errors import ParameterError
from attractors.plots import style


def curve(
    load: ArrayLike,
    success: ArrayLike,
    ax: Axes | None = None,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    theory: tuple[ArrayLike, ArrayLike] | None = None,
    critical: float | Sequence[float] | None = None,
    label: str | None = None,
    xlabel: str = "load (patterns per unit)",
    ylabel: str = "share of cues recalled",
) -> Axes:
    """Draw measured success against load, with its interval and theory beside it.

    Nothing is computed: intervals, theory and critical load are what the caller measured.
    Further calls on the same Axes add curves in other colours, dashes and markers.

    Parameters
    ----------
    load, success : (n,) array_like
        Columns of a study's table, in any order.
    ax : Axes, optional
        Where to draw; by default a new figure.
    low, high : (n,) array_like, optional
        Bounds of the interval, drawn as a band.
    theory : ((m,) array_like, (m,) array_like), optional
        Loads and success that theory gives.
    critical : float or (float, float, float), optional
        Critical load, with the bounds of its interval; NaN is left out.
    label : str, optional
        Name of the curve.
    xlabel, ylabel : str
        Labels with units.

    Returns
    -------
    Axes
        The measured line carries ``curve INDEX`` as ``gid``.

    Raises
    ------
    ParameterError
        If columns have different lengths, or only one bound is given.
    """
    columns = _columns(load=load, success=success, low=low, high=high)
    by_load = np.argsort(columns["load"], kind="stable")
    x, y = columns["load"][by_load], columns["success"][by_load]
    ax = ax if ax is not None else style.new_axes(6.4, 3.4)
    index = sum(str(line.get_gid()).startswith("curve ") for line in ax.lines)
    colour, dash, marker = style.series(index)
    if "low" in columns:
        band = columns["low"][by_load], columns["high"][by_load]
        ax.fill_between(x, *band, color=colour, alpha=0.2, linewidth=0, gid=f"band {index}")
    look = {"color": colour, "ls": dash, "marker": marker, "ms": 4.5, "lw": 1.6}
    ax.plot(x, y, label=label or "measured", gid=f"curve {index}", **look)
    if theory is not None:
        expected = _columns(load=theory[0], theory=theory[1])
        look = {"color": style.INK, "lw": 1.2, "ls": (0, (6, 2, 1, 2)), "zorder": 1}
        name = "theory" if label is None else f"theory, {label}"
        ax.plot(expected["load"], expected["theory"], label=name, gid=f"theory {index}", **look)
    if critical is not None:
        _mark(ax, np.atleast_1d(np.asarray(critical, dtype=float)), colour, index)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.set_ylim(-0.03, 1.03)
    style.plain(ax)
    style.key_beside(ax)
    return ax


def _columns(**given: ArrayLike | None) -> dict[str, NDArray[np.float64]]:
    columns = {name: np.asarray(c, dtype=float) for name, c in given.items() if c is not None}
    shapes = {name: column.shape for name, column in columns.items()}
    if len(set(shapes.values())) != 1 or any(len(shape) != 1 for shape in shapes.values()):
        raise ParameterError(f"curve: columns have shapes {shapes}; give (n,) each, of one length.")
    if ("low" in columns) != ("high" in columns):
        raise ParameterError("curve: an interval needs both bounds; give low= and high=.")
    return columns


def _mark(ax: Axes, critical: NDArray[np.float64], colour: str, index: int) -> None:
    """Mark the critical load and its interval."""
    if np.isnan(critical[0]):
        return
    text = f"critical load {critical[0]:.3g}"
    if len(critical) >= 3 and np.isfinite(critical[1:3]).all():
        text += f"\n({critical[1]:.3g} to {critical[2]:.3g})"
        ax.axvspan(*critical[1:3], color=colour, alpha=0.12, lw=0, zorder=0)
    look: dict[str, Any] = {"color": colour, "lw": 1.0, "ls": ":", "zorder": 1}
    ax.axvline(critical[0], label=text, gid=f"critical {index}", **look)
