"""How variable spike counts are: 1 for a Poisson process, 0 where every count is the same."""

from __future__ import annotations

import numpy as np
import xarray

from attractors import checks
from attractors.errors import ParameterError
from attractors.spike_trains.counts import spike_counts
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.trains import SpikeTrains


def fano_factor(
    trains: SpikeTrains, width: float | None = None, over: str = "trial"
) -> xarray.DataArray:
    r"""Return the Fano factor of spike counts, :math:`F = σ_n^2 / \bar n`.

    Over trials it compares the same window of all trials, over time all windows of one trial,
    where a changing rate counts as variability. The variance is the unbiased one.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    width : float, optional
        Of a window, in ms; it must divide the observed time. By default all of that is one window.
    over : {"trial", "time"}
        What counts are compared over.

    Returns
    -------
    (time, unit) or (trial, unit) float
        ``time`` is the end of each window. NaN for a unit that never fired there.

    Raises
    ------
    ParameterError, UnknownNameError, MemoryLimitError
        If windows do not fill the time, ``over`` does not exist, there is only one trial or
        window, or counts would not fit in memory.

    References
    ----------
    Fano (1947), Phys. Rev. 72:26, doi:10.1103/PhysRev.72.26; Churchland et al. (2010), Nat.
    Neurosci. 13:369, doi:10.1038/nn.2501.

    Examples
    --------
    >>> trains = SpikeTrains([1.0, 2.0, 3.0, 4.0], [0] * 4, [0, 1, 1, 1], units=2, trials=2, stop=9)
    >>> fano_factor(trains).values.tolist()
    [[1.0, nan]]
    """
    checks.choice("fano_factor", "over", over, ("trial", "time"))
    counts = spike_counts(trains, width)
    axis = counts.get_axis_num(over)
    if counts.sizes[over] < 2:
        raise ParameterError(
            f"fano_factor: there is one {'trial' if over == 'trial' else 'window'} to compare; "
            "run more trials, or give width= of several windows and over='time'."
        )
    mean = counts.values.mean(axis=axis)
    variance = counts.values.var(axis=axis, ddof=1)
    ratio = np.divide(variance, mean, out=np.full(mean.shape, np.nan), where=mean > 0)
    if over == "time":
        return labelled("fano_factor", ratio, ("trial", "unit"), "1")
    return labelled("fano_factor", ratio, ("time", "unit"), "1", {"time": counts["time"].values})
