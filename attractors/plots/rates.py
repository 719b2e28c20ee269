"""Firing rates of groups of units over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray
from matplotlib.axes import Axes

from attractors.errors import ParameterError
from attractors.plots import style


def rates(
    rates: xarray.DataArray,
    ax: Axes | None = None,
    trial: int = 0,
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw the rates of one trial, a line a group, each value over its bin.

    Parameters
    ----------
    rates : (trial, time, group) or (trial, time) xarray.DataArray
        In Hz, as :func:`attractors.spike_trains.binned_rates` and
        :func:`attractors.spike_trains.smoothed_rates` return them.
    ax : Axes, optional
        Where to draw; by default a new figure.
    trial : int
        Which one.
    labels : sequence of str, optional
        Names of the groups; by default ``pattern 0``, ``pattern 1`` and so on.

    Returns
    -------
    Axes
        The lines carry ``rate INDEX`` as ``gid``.

    Raises
    ------
    ParameterError
        If dimensions are others, there is no such trial, or labels are too few or too many.
    """
    if rates.dims[:2] != ("trial", "time") or rates.ndim > 3:
        raise ParameterError(
            f"rates: dimensions are {rates.dims}; give (trial, time, group) or (trial, time)."
        )
    if not 0 <= trial < rates.sizes["trial"]:
        raise ParameterError(
            f"rates: trials are 0 to {rates.sizes['trial'] - 1}; there is no trial {trial}."
        )
    values = rates.values[trial].reshape(rates.sizes["time"], -1)
    names = _names(rates, values.shape[1], labels)
    ax = ax if ax is not None else style.new_axes(5.5, 2.6)
    ends = rates["time"].values
    # a window may start late, but its bins are of equal width
    start = ends[0] - (ends[1] - ends[0]) if len(ends) > 1 else 0.0
    edges = np.concatenate(([start], ends))
    for index, (line, name) in enumerate(zip(values.T, names, strict=True)):
        colour, dash, _ = style.series(index)
        heights = np.concatenate((line[:1], line))
        look = {"color": colour, "ls": dash, "drawstyle": "steps-pre", "lw": 1.4}
        ax.plot(edges, heights, label=name, gid=f"rate {index}", **look)
    ax.set_xlim(start, ends[-1])
    ax.set_ylim(bottom=0.0)
    ax.set_xlabel("time (ms)")
    ax.set_ylabel(f"rate ({rates.attrs.get('units', 'Hz')})")
    style.plain(ax)
    if rates.ndim == 3 or labels is not None:
        style.key_beside(ax)
    return ax


def _names(rates: xarray.DataArray, count: int, labels: Sequence[str] | None) -> list[str]:
    """Return a name a line."""
    if labels is None:
        what = "unit" if rates.dims[-1] == "unit" else "pattern"
        return [f"{what} {index}" for index in range(count)]
    if len(labels) != count:
        raise ParameterError(f"rates: there are {len(labels)} labels for {count} groups.")
    return list(labels)
