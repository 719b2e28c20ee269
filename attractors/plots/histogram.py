"""How a measure of spike trains is spread over units."""

from __future__ import annotations

import numpy as np
import xarray
from matplotlib.axes import Axes

from attractors.errors import ParameterError
from attractors.plots import style

NAMES = {
    "interval": "inter-spike interval",
    "cv": "CV of inter-spike intervals",
    "cv2": "CV2 of inter-spike intervals",
    "lv": "local variation LV",
    "fano_factor": "Fano factor",
    "count_correlation": "spike-count correlation",
}


def histogram(
    values: xarray.DataArray,
    ax: Axes | None = None,
    bins: int = 30,
    reference: float | None = None,
) -> Axes:
    """Draw the histogram of a measure; what is NaN is left out and its number written down.

    Parameters
    ----------
    values : xarray.DataArray
        Of any shape, e.g. of :func:`attractors.spike_trains.intervals`,
        :func:`attractors.spike_trains.cv` or :func:`attractors.spike_trains.fano_factor`.
    ax : Axes, optional
        Where to draw; by default a new figure.
    bins : int
        Number of bars.
    reference : float, optional
        A dashed line to compare with, such as 1 for a Poisson process.

    Returns
    -------
    Axes
        Its bars count values; the line carries ``reference`` as ``gid``.

    Raises
    ------
    ParameterError
        If no value is a number.
    """
    numbers = values.values[np.isfinite(values.values)]
    if not numbers.size:
        raise ParameterError(f"histogram: {values.name} holds no number; nothing was measured.")
    ax = ax if ax is not None else style.new_axes(4.0, 2.8)
    ax.hist(numbers, bins=bins, color=style.BLUE, edgecolor="white", linewidth=0.4)
    unit = values.attrs.get("units", "1")
    name = NAMES.get(str(values.name), str(values.name))
    ax.set_xlabel(name if unit == "1" else f"{name} ({unit})")
    missing = values.size - numbers.size
    ax.set_ylabel("number" + (f"\n({missing:,} without a value)" if missing else ""))
    if reference is not None:
        ax.axvline(reference, color=style.INK, ls=(0, (4, 2)), lw=1.2, gid="reference")
    style.plain(ax)
    return ax
