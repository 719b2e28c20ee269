"""Bins of equal width that fill a window of time, and sums over the spikes in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import checks, room
from attractors.errors import ParameterError
from attractors.spike_trains.groups import groups
from attractors.spike_trains.trains import ROUNDING, SpikeTrains

CURE = "take wider bins, fewer units or a shorter window (SpikeTrains.between)"


@dataclass(frozen=True)
class Bins:
    """Bins of a window.

    Parameters
    ----------
    index : (S,) int
        Bin of each spike; one on the border belongs to the bin that it opens.
    ends : (T,) float
        End of each bin in ms.
    """

    index: NDArray[np.int64]
    ends: NDArray[np.float64]


def bins(trains: SpikeTrains, width: float) -> Bins:
    """Return the bins of a width in ms.

    Raises
    ------
    ParameterError
        If they do not fill the window: rates of a last, shorter bin would not compare.
    """
    width = checks.real("Bins", "width", width, low=0.0, open=True)
    count = round(trains.duration / width)
    if count < 1 or abs(count * width - trains.duration) > count * ROUNDING:
        raise ParameterError(
            f"Bins of {width:g} ms do not fill {trains.duration:g} ms; choose a width that "
            "divides it, or another window with SpikeTrains.between."
        )
    index = np.floor((trains.time - trains.start + ROUNDING) / width).astype(np.int64)
    ends = np.asarray(trains.start + width * np.arange(1, count + 1), np.float64)
    return Bins(index.clip(0, count - 1), ends)


def summed(
    trains: SpikeTrains,
    index: NDArray[np.int64],
    count: int,
    by: Any,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[Any]:
    """Return the sum of weights, or the number of spikes, by trial and bin.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    index : (S,) int
        Bin of each spike.
    count : int
        T.
    by : {"unit", "population"} or (G, N) array_like
        For each unit, for all together, or for each group.
    weights : (S,) float, optional
        By default 1.

    Returns
    -------
    (trials, T, N), (trials, T) or (trials, T, G) array
        Whole numbers without weights.

    Raises
    ------
    MemoryLimitError
        If it does not fit in memory.
    """
    row = trains.trial * count + index
    shape: tuple[int, ...] = (trains.trials, count)
    if isinstance(by, str):
        checks.choice("spike_trains", "by", by, ("unit", "population"))
        if by == "unit":
            row, shape = row * trains.units + trains.unit, (*shape, trains.units)
        room.require("Counts of spikes", 8 * int(np.prod(shape)), CURE)
        return np.bincount(row, weights, int(np.prod(shape))).reshape(shape)
    members = groups(by, trains.units)
    room.require("Counts of spikes", 8 * shape[0] * shape[1] * members.shape[0], CURE)
    values = np.ones(len(row), np.int64) if weights is None else weights
    # only as large as there are spikes, however many units stay silent
    table = sparse.csr_array(
        (values, (row, trains.unit)), shape=(shape[0] * shape[1], trains.units)
    )
    return np.asarray((table @ members.T).toarray().reshape(*shape, members.shape[0]))
