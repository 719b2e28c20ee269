"""Numbers of spikes in bins of time."""

from __future__ import annotations

from typing import Any

import xarray

from attractors.spike_trains.bins import bins, summed
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.trains import SpikeTrains


def spike_counts(
    trains: SpikeTrains, width: float | None = None, by: Any = "unit"
) -> xarray.DataArray:
    """Return how many spikes fell in each bin.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    width : float, optional
        Of a bin, in ms; it must divide the window. By default the whole window is one bin.
    by : {"unit", "population"} or (G, N) array_like
        Count for each unit, for all together, or for each group of units, given as patterns
        whose active units are its members.

    Returns
    -------
    (trial, time, unit), (trial, time) or (trial, time, group) int
        ``time`` is the end of each bin.

    Raises
    ------
    ParameterError, UnknownNameError, PatternError, MemoryLimitError
        If bins do not fill the window, ``by`` does not fit, or the result would not fit in memory.

    Examples
    --------
    >>> trains = SpikeTrains([2.0, 10.0, 17.0], [0, 0, 1], [0, 0, 0], units=2, trials=1, stop=20.0)
    >>> spike_counts(trains, 10.0).values.tolist()
    [[[1, 0], [1, 1]]]
    """
    found = bins(trains, trains.duration if width is None else width)
    values = summed(trains, found.index, len(found.ends), by)
    return labelled("spike_count", values, dims(by), "1", {"time": found.ends})


def dims(by: Any) -> tuple[str, ...]:
    """Return the dimensions of what is measured by unit, population or group."""
    if not isinstance(by, str):
        return ("trial", "time", "group")
    return ("trial", "time", "unit") if by == "unit" else ("trial", "time")
