"""Correlations of spike counts between units, and their means within and between groups."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors import checks, room
from attractors.spike_trains.bins import CURE
from attractors.spike_trains.counts import spike_counts
from attractors.spike_trains.groups import groups
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.trains import SpikeTrains

# deviations this small beside one spike are rounding of a constant count
CONSTANT = 1e-9


def count_correlations(trains: SpikeTrains, width: float, over: str = "time") -> xarray.DataArray:
    r"""Return Pearson correlations of spike counts for all pairs of units.

    Over time, counts are compared with the mean of their trial; over trials, with the mean of the
    same window over all trials, which leaves out what the stimulus does to both units (noise
    correlation). Products of deviations are then summed over all windows and trials.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    width : float
        Of a window, in ms; it must divide the observed time. Correlations grow with it up to the
        time over which units fluctuate together.
    over : {"time", "trial"}
        What the means are taken over.

    Returns
    -------
    (unit, other_unit) float
        In single precision; NaN for a unit whose count never changes.

    Raises
    ------
    ParameterError, UnknownNameError, MemoryLimitError
        If windows do not fill the time, ``over`` does not exist, or N × N numbers do not fit in
        memory: :func:`mean_correlations` needs none.

    References
    ----------
    Cohen & Kohn (2011), Nat. Neurosci. 14:811, doi:10.1038/nn.2842.

    Examples
    --------
    >>> trains = SpikeTrains([1, 2, 3, 11], [0, 1, 1, 2], [0] * 4, units=3, trials=1, stop=20)
    >>> count_correlations(trains, width=10.0).values.round(3).tolist()
    [[1.0, 1.0, -1.0], [1.0, 1.0, -1.0], [-1.0, -1.0, 1.0]]
    """
    room.require("Correlations of all pairs", 8 * trains.units**2, "use mean_correlations")
    scores = _scores(trains, width, over).astype(np.float32)
    values = scores.T @ scores
    constant = np.diagonal(values) == 0
    values[constant] = values[:, constant] = np.nan
    np.fill_diagonal(values, np.where(constant, np.nan, 1.0))
    return labelled("count_correlation", values, ("unit", "other_unit"), "1")


def mean_correlations(
    trains: SpikeTrains, width: float, members: Any, over: str = "time"
) -> xarray.DataArray:
    r"""Return mean spike-count correlations within and between groups of units.

    With standardised counts z, the correlations of all pairs of groups A and B sum up to
    :math:`(\sum_{i∈A} z_i) · (\sum_{j∈B} z_j)`, so that no matrix of pairs is needed.

    Parameters
    ----------
    trains, width, over
        As in :func:`count_correlations`.
    members : (G, N) array_like or scipy.sparse matrix
        Patterns, whose active units are the groups.

    Returns
    -------
    (group, other_group) float
        Mean over pairs of different units whose counts change; NaN where there are none.

    Raises
    ------
    ParameterError, UnknownNameError, PatternError, MemoryLimitError
        If windows do not fill the time, ``over`` or the width of the patterns is wrong, or counts
        would not fit in memory.

    Examples
    --------
    >>> trains = SpikeTrains([1, 2, 3, 11], [0, 1, 1, 2], [0] * 4, units=3, trials=1, stop=20)
    >>> mean_correlations(trains, 10.0, [[1, 1, 0], [0, 0, 1]]).values.round(3).tolist()
    [[1.0, -1.0], [-1.0, nan]]
    """
    scores = _scores(trains, width, over)
    # those whose count never changes are in no pair
    alive = (scores != 0).any(axis=0)
    inside = groups(members, trains.units)[:, np.flatnonzero(alive)]
    sums = inside @ scores[:, alive].T
    size, shared = np.asarray(inside.sum(axis=1)), (inside @ inside.T).toarray()
    # a unit in both groups is no pair, and correlates with itself by 1
    pairs, total = np.outer(size, size) - shared, sums @ sums.T - shared
    values = np.divide(total, pairs, out=np.full(pairs.shape, np.nan), where=pairs > 0)
    return labelled("count_correlation", values, ("group", "other_group"), "1")


def _scores(trains: SpikeTrains, width: float, over: str) -> NDArray[np.float64]:
    """Return deviations of length 1, (windows of all trials, N); 0 where counts never change."""
    checks.choice("count_correlations", "over", over, ("time", "trial"))
    counts = spike_counts(trains, width)
    room.require("Deviations of spike counts", 16 * counts.size, CURE)
    deviations = counts.values - counts.values.mean(axis=counts.get_axis_num(over), keepdims=True)
    rows = deviations.reshape(-1, trains.units)
    length = np.sqrt(np.einsum("ij,ij->j", rows, rows))
    constant = np.zeros_like(rows)
    return np.asarray(np.divide(rows, length, out=constant, where=length > CONSTANT))
