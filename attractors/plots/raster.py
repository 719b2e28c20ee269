"""Spikes of networks over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import ArrayLike, NDArray

from attractors.errors import ParameterError, UnsupportedError
from attractors.plots import style
from attractors.plots.grouping import Rows, rows
from attractors.recording import Recording, variable

ACTIVE = 0.5
# above this many marks a vector file holds them as an image
MANY = 20_000


class _Events(NamedTuple):
    """Times (ms) and units of events; ``length`` in ms is 0 for spikes, else a step."""

    time: NDArray[np.float64]
    unit: NDArray[np.int64]
    units: int
    length: float


def raster(
    recording: Recording,
    network: str | Sequence[str],
    ax: Axes | None = None,
    trial: int = 0,
    order: ArrayLike | Mapping[str, ArrayLike] | None = None,
) -> Axes:
    """Draw the spikes of one trial, a row a unit, networks in bands one above the other.

    Where a network has no spikes, as on the rate engine, every step in which a unit's recorded
    state exceeds 0.5 is drawn as a dash as long as the step, so that it cannot pass for a spike.

    Parameters
    ----------
    recording : Recording
        Of a run with ``record=("spikes", ...)``, on the rate engine ``("state", ...)``.
    network : str or sequence of str
        Qualified names, from the bottom up.
    ax : Axes, optional
        Where to draw; by default a new figure.
    trial : int
        Which one.
    order : (G, N) array_like or mapping of network to (G, N) array_like, optional
        Patterns by which units are grouped: those active in the first come first and in colour,
        then the others of the second, and so on, at last, in grey, the rest as far as they are
        active in this trial. Without it all units are shown by their index.

    Returns
    -------
    Axes
        The marks carry ``NETWORK`` or, grouped, ``NETWORK pattern INDEX`` as ``gid``.

    Raises
    ------
    UnsupportedError
        If neither spikes nor state of a network was recorded.
    UnknownNameError, ParameterError, PatternError
        If a network or trial does not exist or ``order`` does not fit.
    """
    names = [network] if isinstance(network, str) else list(network)
    if not names:
        raise ParameterError("raster: network is empty; give at least one name.")
    trial = style.trial_of(recording, trial)
    events = {name: _events(recording, name, trial) for name in names}
    placed = {name: _shown(name, found, order) for name, found in events.items()}
    ax = ax if ax is not None else style.new_axes(5.5, 1.8 + 1.0 * len(names))
    heights = [int(rows.row.max(initial=0)) + 1 for rows in placed.values()]
    # one network is drawn over its units, several are bands of equal height
    scales = [1.0] if len(names) == 1 else [1.0 / height for height in heights]
    ax.set_ylim(-0.5, heights[0] - 0.5) if len(names) == 1 else ax.set_ylim(0.0, len(names))
    size = float(np.clip(0.8 * style.points(ax)[1] / max(heights) / len(names), 3.0, 7.0))
    for band, (name, scale) in enumerate(zip(names, scales, strict=True)):
        base = 0.0 if len(names) == 1 else band + 0.5 * scale
        _draw(ax, name, events[name], placed[name], (base, scale), size)
    style.time_axis(ax, recording)
    _name_rows(ax, events, placed)
    _explain(ax, max(rows.groups for rows in placed.values()))
    title = style.title(recording, names[0] if len(names) == 1 else "", trial)
    ax.set_title(title, fontsize="medium")
    return ax


def _events(recording: Recording, name: str, trial: int) -> _Events:
    """Return the spikes of a network or, where there are none, its active steps."""
    dataset = recording.dataset
    if variable("spike_time", name) in dataset:
        spikes = recording.spikes(name)
        mine = spikes["trial"].values == trial
        unit = spikes["unit"].values[mine].astype(np.int64)
        # a recording of spikes alone does not tell how many units were silent
        width = dataset.sizes.get(f"unit_{name.replace('/', '.')}", 0)
        units = width or int(spikes["unit"].values.max(initial=0)) + 1
        return _Events(spikes["time"].values[mine], unit, units, 0.0)
    if name in recording.networks and variable("state", name) not in dataset:
        raise UnsupportedError(
            f"Recording has neither spikes nor state of {name!r}; run with record=('spikes', ...) "
            "or, on the rate engine, record=('state', ...)."
        )
    state = recording.get("state", name).isel(trial=trial)
    step, unit = np.nonzero(state.values > ACTIVE)
    return _Events(state["time"].values[step], unit, state.shape[1], style.step_of(recording))


def _shown(name: str, events: _Events, order: ArrayLike | Mapping[str, ArrayLike] | None) -> Rows:
    """Return the rows of a network; where grouped, silent units of no group get none (-1)."""
    placed = rows(name, events.units, order)
    if not placed.groups:
        return placed
    shown = placed.group >= 0
    shown[events.unit] = True
    row = np.full(events.units, -1)
    row[np.flatnonzero(shown)[np.argsort(placed.row[shown])]] = np.arange(shown.sum())
    return Rows(row, placed.group, placed.groups)


def _draw(
    ax: Axes, name: str, events: _Events, placed: Rows, scale: tuple[float, float], size: float
) -> None:
    groups = placed.group[events.unit]
    for group in range(-1, placed.groups):
        chosen = groups == group
        gid = f"{name} pattern {group}" if group >= 0 else name
        colour = (
            style.series(group)[0] if group >= 0 else style.GREY if placed.groups else style.INK
        )
        time, row = events.time[chosen], scale[0] + scale[1] * placed.row[events.unit[chosen]]
        look: dict[str, Any] = {"color": colour, "gid": gid, "rasterized": len(time) > MANY}
        if events.length:
            ends = np.stack([np.stack([time - events.length, row], 1), np.stack([time, row], 1)], 1)
            marks = LineCollection(list(ends), linewidths=0.4 * size, capstyle="butt", **look)
            ax.add_collection(marks, autolim=False)
        else:
            ax.plot(time, row, ls="none", marker="|", ms=size, mew=0.9, **look)


def _name_rows(ax: Axes, events: Mapping[str, _Events], placed: Mapping[str, Rows]) -> None:
    """Write unit numbers for one network, names and numbers of units for several."""
    active = any(found.length for found in events.values())
    what = "dash: active in a step" if active else "tick: spike"
    if len(events) == 1:
        rows = next(iter(placed.values()))
        hidden = int((rows.row < 0).sum())
        silent = f"\n{hidden:,} silent ones not shown" if hidden else ""
        ax.set_ylabel(f"unit{', grouped' if rows.groups else ''}{silent}\n({what})")
        return
    counts = [(int((placed[n].row >= 0).sum()), found.units) for n, found in events.items()]
    names = [
        f"{name}\n{f'{shown:,} of ' if shown < units else ''}{units:,} units"
        for name, (shown, units) in zip(events, counts, strict=True)
    ]
    ax.set_yticks(np.arange(len(names)) + 0.5, names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylabel(what)
    for band in range(1, len(names)):
        ax.axhline(band, color=style.INK, lw=0.8)


def _explain(ax: Axes, groups: int) -> None:
    if not groups:
        return
    for group in range(groups):
        colour = style.series(group)[0]
        ax.plot([], [], ls="none", marker="s", color=colour, label=f"units of pattern {group}")
    ax.plot([], [], ls="none", marker="s", color=style.GREY, label="other active units")
    style.key_beside(ax)
