"""Firing rates in bins of time."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors.spike_trains.bins import bins, summed
from attractors.spike_trains.counts import dims
from attractors.spike_trains.groups import groups
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.trains import SpikeTrains

MS_PER_S = 1000.0


def binned_rates(
    trains: SpikeTrains, width: float | None = None, by: Any = "unit"
) -> xarray.DataArray:
    r"""Return firing rates :math:`r = n / (N Δ)`, n spikes of N units in a bin of width Δ.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    width : float, optional
        Δ in ms; it must divide the window. By default the whole window is one bin.
    by : {"unit", "population"} or (G, N) array_like
        Rate of each unit, mean over all, or mean over each group of units, given as patterns
        whose active units are its members.

    Returns
    -------
    (trial, time, unit), (trial, time) or (trial, time, group) float
        In Hz; ``time`` is the end of each bin. NaN for a group without members.

    Raises
    ------
    ParameterError, UnknownNameError, PatternError, MemoryLimitError
        As :func:`spike_counts` does.

    Examples
    --------
    >>> trains = SpikeTrains([2.0, 10.0, 17.0], [0, 0, 1], [0, 0, 0], units=2, trials=1, stop=20.0)
    >>> binned_rates(trains, 10.0, by="population").values.tolist()
    [[50.0, 100.0]]
    """
    found = bins(trains, trains.duration if width is None else width)
    # real numbers from the start: a table by unit may be large, so it is made once
    sums = summed(trains, found.index, len(found.ends), by, np.ones(len(trains.time)))
    sums /= trains.duration / len(found.ends) / MS_PER_S
    return labelled("rate", by_member(sums, by, trains.units), dims(by), "Hz", {"time": found.ends})


def by_member(sums: NDArray[np.float64], by: Any, units: int) -> NDArray[np.float64]:
    """Return means over the units of the population or of each group, from their sums."""
    if isinstance(by, str):
        return sums if by == "unit" else sums / units
    members = np.asarray(groups(by, units).sum(axis=1), float)
    nothing = np.full(sums.shape, np.nan)
    return np.asarray(np.divide(sums, members, out=nothing, where=members > 0))
