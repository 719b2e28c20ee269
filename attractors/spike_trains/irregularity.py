"""How irregular spike trains are: 1 for a Poisson process, 0 for a clock."""

from __future__ import annotations

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors import checks
from attractors.spike_trains.intervals import intervals
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.trains import SpikeTrains

Numbers = NDArray[np.float64]


def cv(trains: SpikeTrains, least: int = 2) -> xarray.DataArray:
    r"""Return the coefficient of variation of inter-spike intervals, :math:`σ_I / \bar I`.

    A gamma process of shape k has :math:`1/\sqrt k`. A rate that changes within the trial raises
    it; :func:`cv2` and :func:`lv` are nearly blind to slow changes.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    least : int
        Intervals that a unit must have in a trial; few of them bias the result downwards, by
        about 1.4/n for n of a Poisson process.

    Returns
    -------
    (trial, unit) float
        NaN where there are fewer intervals, as for silent units.

    Raises
    ------
    ParameterError
        If ``least`` is below 2.

    References
    ----------
    Softky & Koch (1993), J. Neurosci. 13:334, doi:10.1523/JNEUROSCI.13-01-00334.1993.

    Examples
    --------
    >>> trains = SpikeTrains([0.0, 10.0, 40.0], [0] * 3, [0] * 3, units=2, trials=1, stop=50.0)
    >>> cv(trains).values.tolist()
    [[0.5, nan]]
    """
    values, train = _intervals(trains, least)
    mean = _means(values, train, trains)
    spread = np.sqrt(_means((values - mean[train]) ** 2, train, trains))
    ratio = np.divide(spread, mean, out=np.zeros_like(mean), where=mean > 0)
    return _by_unit("cv", ratio, train, trains, least)


def cv2(trains: SpikeTrains, least: int = 2) -> xarray.DataArray:
    r"""Return the local coefficient :math:`\langle 2 |I_{i+1} - I_i| / (I_{i+1} + I_i) \rangle`.

    Parameters, result and errors are those of :func:`cv`.

    References
    ----------
    Holt, Softky, Koch & Douglas (1996), J. Neurophysiol. 75:1806,
    doi:10.1152/jn.1996.75.5.1806.

    Examples
    --------
    >>> trains = SpikeTrains([0.0, 10.0, 40.0], [0] * 3, [0] * 3, units=1, trials=1, stop=50.0)
    >>> cv2(trains).values.tolist()
    [[1.0]]
    """
    return _local("cv2", 2.0, 1, trains, least)


def lv(trains: SpikeTrains, least: int = 2) -> xarray.DataArray:
    r"""Return the local variation :math:`\langle 3 (I_{i+1} - I_i)^2 / (I_{i+1} + I_i)^2 \rangle`.

    A gamma process of shape k has :math:`3 / (2k + 1)`. Parameters, result and errors are those
    of :func:`cv`.

    References
    ----------
    Shinomoto, Shima & Tanji (2003), Neural Comput. 15:2823, doi:10.1162/089976603322518759.

    Examples
    --------
    >>> trains = SpikeTrains([0.0, 10.0, 40.0], [0] * 3, [0] * 3, units=1, trials=1, stop=50.0)
    >>> lv(trains).values.tolist()
    [[0.75]]
    """
    return _local("lv", 3.0, 2, trains, least)


def _local(
    name: str, scale: float, power: int, trains: SpikeTrains, least: int
) -> xarray.DataArray:
    """Return the mean contrast of successive intervals, raised to a power and scaled."""
    values, train = _intervals(trains, least)
    follows = train[1:] == train[:-1]
    first, second = values[:-1][follows], values[1:][follows]
    both = first + second
    contrast = np.divide(np.abs(second - first), both, out=np.zeros_like(both), where=both > 0)
    means = _means(scale * contrast**power, train[1:][follows], trains)
    return _by_unit(name, means, train, trains, least)


def _intervals(trains: SpikeTrains, least: int) -> tuple[Numbers, NDArray[np.int64]]:
    """Return intervals and the number of the train that each belongs to."""
    checks.whole("Irregularity", "least", least, low=2)
    found = intervals(trains)
    return found.values, found["trial"].values * trains.units + found["unit"].values


def _means(values: Numbers, train: NDArray[np.int64], trains: SpikeTrains) -> Numbers:
    """Return the mean by train, NaN for none."""
    size = trains.trials * trains.units
    sums, number = np.bincount(train, values, size), np.bincount(train, minlength=size)
    nothing = np.full(size, np.nan)
    return np.asarray(np.divide(sums, number, out=nothing, where=number > 0))


def _by_unit(
    name: str, values: Numbers, train: NDArray[np.int64], trains: SpikeTrains, least: int
) -> xarray.DataArray:
    """Return values by trial and unit, NaN where there were too few intervals."""
    enough = np.bincount(train, minlength=len(values)) >= least
    shaped = np.where(enough, values, np.nan).reshape(trains.trials, trains.units)
    return labelled(name, shaped, ("trial", "unit"), "1")
