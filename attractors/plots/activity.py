"""State of all units over time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from attractors.plots import style
from attractors.plots.grouping import rows
from attractors.recording import Recording


def activity(
    recording: Recording,
    network: str,
    ax: Axes | None = None,
    trial: int = 0,
    order: ArrayLike | Mapping[str, ArrayLike] | None = None,
) -> Axes:
    """Draw the states of one trial as an image, units by time.

    Parameters
    ----------
    recording : Recording
        Of a run with ``record=("state", ...)``.
    network : str
        Qualified name.
    ax : Axes, optional
        Where to draw; by default a new figure. The bar with the scale takes its room from it.
    trial : int
        Which one.
    order : (G, N) array_like or mapping of network to (G, N) array_like, optional
        Patterns by which units are grouped from the bottom up, as in
        :func:`attractors.plots.raster`.

    Returns
    -------
    Axes
        Its image holds the states (N, time) with the first row at the bottom.

    Raises
    ------
    UnknownNameError, UnsupportedError, ParameterError, PatternError
        If network or trial do not exist, no state was recorded or ``order`` does not fit.
    """
    state = recording.get("state", network)
    trial = style.trial_of(recording, trial)
    values = state.isel(trial=trial).values.T
    units, end = len(values), float(state["time"].values[-1])
    placed = rows(network, units, order)
    ax = ax if ax is not None else style.new_axes(5.5, 3.0)
    # more units than pixels: all of them show, faintly, instead of a few picked ones
    fits = units <= ax.get_window_extent().height
    image = ax.imshow(
        values[np.argsort(placed.row)],
        aspect="auto",
        origin="lower",
        cmap="Greys",
        interpolation="nearest" if fits else "antialiased",
        vmin=-1.0 if values.min(initial=0.0) < 0 else 0.0,
        vmax=max(1.0, float(values.max(initial=0.0))),
        extent=(0.0, end, -0.5, units - 0.5),
    )
    bar = ax.figure.colorbar(image, ax=ax, pad=0.02)
    bar.set_label(f"state ({state.attrs.get('units', '1')})")
    style.time_axis(ax, recording)
    ax.set_ylabel("unit, grouped by pattern" if placed.groups else "unit")
    ax.set_title(style.title(recording, network, trial), fontsize="medium")
    return ax
