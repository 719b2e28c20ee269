"""How a cost grows with a size, on logarithmic scales."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import EngFormatter, LogLocator, NullLocator
from numpy.typing import ArrayLike, NDArray

from attractors.errors import ParameterError
from attractors.plots import style


def growth(
    size: ArrayLike,
    cost: ArrayLike,
    ax: Axes | None = None,
    *,
    fitted: ArrayLike | None = None,
    label: str | None = None,
    index: int | None = None,
    xlabel: str = "size",
    ylabel: str = "cost",
) -> Axes:
    """Draw a cost against a size on logarithmic scales, with a fitted power law.

    Nothing is computed: the law is what the caller fitted. Further calls on the same Axes add
    lines in other colours, dashes and markers.

    Parameters
    ----------
    size, cost : (n,) array_like
        Above 0, in any order.
    ax : Axes, optional
        Where to draw; by default a new figure.
    fitted : (n,) array_like, optional
        Cost by the fitted law at each size, drawn as a line; without it the points are joined.
    label : str, optional
        Name of what was measured, e.g. with its exponent.
    index : int, optional
        Of colour, dash and marker; by default the next on this Axes. Panels that show the same
        things give each of them the same.
    xlabel, ylabel : str
        Labels with units.

    Returns
    -------
    Axes
        The points carry ``growth INDEX`` as ``gid``, the fitted law ``law INDEX``.

    Raises
    ------
    ParameterError
        If columns differ in length, or a value is not above 0.
    """
    columns = _columns(size, cost, fitted)
    order = np.argsort(columns[0], kind="stable")
    x, y, *law = (column[order] for column in columns)
    ax = ax if ax is not None else style.new_axes(5.2, 3.6)
    if index is None:
        index = sum(str(line.get_gid()).startswith("growth ") for line in ax.lines)
    colour, dash, marker = style.series(index)
    look: dict[str, Any] = {"color": colour, "marker": marker, "ms": 4.5, "lw": 1.4}
    ax.plot(x, y, label=label, ls="" if law else dash, gid=f"growth {index}", **look)
    if law:
        ax.plot(x, law[0], color=colour, ls=dash, lw=1.2, gid=f"law {index}", zorder=1)
    _logarithmic(ax)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    style.plain(ax)
    style.key(ax)
    return ax


def _logarithmic(ax: Axes) -> None:
    """Scale both axes, with few numbers at the ticks and whole decades upwards.

    A cost that does not grow is then a flat line and no magnified scatter.
    """
    ax.set_xscale("log")
    ax.set_yscale("log")
    low, high = ax.dataLim.intervaly
    decades = math.floor(math.log10(low)), math.floor(math.log10(high)) + 1
    ax.set_ylim(10.0 ** decades[0], 10.0 ** decades[1])
    ax.xaxis.set_major_locator(LogLocator(subs=_between(*np.log10(ax.dataLim.intervalx))))
    ax.yaxis.set_major_locator(LogLocator(subs=_between(*decades)))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(EngFormatter(sep=""))


def _between(low: float, high: float) -> tuple[float, ...]:
    """Return where in a decade numbers stand: in fewer places the more decades there are."""
    return (
        (1.0,) if high - low >= 3 else (1.0, 2.0, 5.0) if high - low >= 1 else (1, 1.5, 2, 3, 5, 7)
    )


def _columns(*given: ArrayLike | None) -> list[NDArray[np.float64]]:
    columns = [np.asarray(column, float) for column in given if column is not None]
    shapes = [column.shape for column in columns]
    if len(set(shapes)) != 1 or len(shapes[0]) != 1:
        raise ParameterError(
            f"growth: columns have shapes {shapes}; give (n,) each, of one length."
        )
    if not all((column > 0).all() for column in columns):
        raise ParameterError("growth: logarithmic scales need sizes and costs above 0.")
    return columns
