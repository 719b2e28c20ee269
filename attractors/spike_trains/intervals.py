"""Intervals between the spikes of a unit."""

from __future__ import annotations

import numpy as np
import xarray

from attractors.spike_trains.trains import SpikeTrains


def intervals(trains: SpikeTrains) -> xarray.DataArray:
    """Return all intervals between successive spikes of a unit within a trial.

    None reaches from one trial into the next, or from the border of the window to a spike; units
    with fewer than two spikes in a trial have none there. A window cuts long intervals more often
    than short ones: it should last many of them.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.

    Returns
    -------
    (interval,) float
        In ms, with coordinates ``trial`` and ``unit``, by trial, unit and time.

    Examples
    --------
    >>> trains = SpikeTrains([9.0, 2.0, 5.0], [0, 0, 1], [0, 0, 0], units=2, trials=1, stop=20.0)
    >>> intervals(trains).values.tolist()
    [7.0]
    """
    order = np.lexsort((trains.time, trains.train))
    time, train = trains.time[order], trains.train[order]
    inside = train[1:] == train[:-1]
    trial, unit = np.divmod(train[1:][inside], trains.units)
    return xarray.DataArray(
        np.diff(time)[inside],
        {"trial": ("interval", trial), "unit": ("interval", unit)},
        ("interval",),
        "interval",
        {"units": "ms"},
    )
