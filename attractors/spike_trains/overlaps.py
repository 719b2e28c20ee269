"""Overlaps with stored patterns, read from spikes alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray

from attractors import checks
from attractors.measures import Templates
from attractors.spike_trains.bins import bins, summed
from attractors.spike_trains.groups import groups
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.rates import MS_PER_S
from attractors.spike_trains.trains import SpikeTrains


def overlaps(
    trains: SpikeTrains,
    patterns: Any,
    activity: float,
    width: float,
    on_rate: float,
) -> xarray.DataArray:
    r"""Return theory's overlap :math:`m^μ` of binned spikes in units of the on-rate.

    It is :func:`attractors.measures.overlap` of the states :math:`s_j = n_j / (r_{on} Δ)`, with
    :math:`n_j` spikes of unit j in a bin of width Δ.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    patterns : (P, N) array or scipy.sparse matrix
        0/1 patterns, as ``circuit.patterns(network)`` returns them.
    activity : float
        Their nominal activity, as ``circuit.activity(network)`` returns it.
    width : float
        Δ in ms; it must divide the window.
    on_rate : float
        Rate in Hz at which a unit counts as on; one spike a gamma cycle of 10 ms is 100 Hz.

    Returns
    -------
    (trial, time, pattern) float
        1 where the units of the pattern alone fire at the on-rate; ``time`` is the end of a bin.

    Raises
    ------
    PatternError, ParameterError, MemoryLimitError
        If patterns have another width, bins do not fill the window, or do not fit in memory.

    Examples
    --------
    >>> trains = SpikeTrains([2.0, 3.0, 12.0], [0, 1, 0], [0, 0, 0], units=4, trials=1, stop=20.0)
    >>> overlaps(trains, np.array([[1, 1, 0, 0]]), 0.5, width=10.0, on_rate=100.0).values.tolist()
    [[[1.0], [0.5]]]
    """
    on_rate = checks.real("overlaps", "on_rate", on_rate, low=0.0, open=True)
    groups(patterns, trains.units)
    found = bins(trains, width)
    counts = summed(trains, found.index, len(found.ends), "unit")
    templates = Templates(patterns, activity)
    # trial by trial: the products are made of real numbers, which take more room than counts
    values = [templates.overlap(one) / (on_rate * width / MS_PER_S) for one in counts]
    return labelled(
        "overlap", np.stack(values), ("trial", "time", "pattern"), "1", {"time": found.ends}
    )
