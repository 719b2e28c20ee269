"""Cross-correlogram: how one group of units fires around the spikes of another."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.spike_trains.bins import bins, summed
from attractors.spike_trains.groups import groups
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.rates import MS_PER_S
from attractors.spike_trains.trains import SpikeTrains


def cross_correlogram(
    trains: SpikeTrains, first: Any, second: Any, lag: float = 50.0, width: float = 1.0
) -> xarray.DataArray:
    r"""Return the rate of a unit of one group at a lag after the spikes of another.

    .. math:: c(τ) = \frac{\sum_t n_1(t) \, n_2(t + τ)}{N_2 \, Δ \sum_t n_1(t)}

    with :math:`n(t)` the spikes of a group in a bin of width Δ, summed over those bins alone for
    which t + τ is within the same trial, so that a constant rate gives a flat line. No spike is
    paired with itself: a group with itself, or a single unit, gives the autocorrelogram.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes.
    first, second : (N,) array_like
        Patterns, whose active units are the groups.
    lag : float
        Largest lag in ms, a multiple of ``width`` and shorter than the window.
    width : float
        Δ in ms; it must divide the window.

    Returns
    -------
    (lag,) float
        In Hz; ``lag`` in ms, positive where the second group fires later. The mean rate that is
        expected without correlation is the attribute ``expected_rate``. NaN without spikes of
        the first group, or units of the second.

    Raises
    ------
    ParameterError, PatternError
        If lag or bins do not fit the window, or patterns the network.

    References
    ----------
    Perkel, Gerstein & Moore (1967), Biophys. J. 7:419, doi:10.1016/S0006-3495(67)86597-4.

    Examples
    --------
    >>> trains = SpikeTrains([3.5, 5.5], [0, 1], [0, 0], units=2, trials=1, stop=10.0)
    >>> cross_correlogram(trains, [1, 0], [0, 1], lag=2.0).values.tolist()
    [0.0, 0.0, 0.0, 0.0, 1000.0]
    """
    found, inside = bins(trains, width), groups([first, second], trains.units)
    steps = _steps(lag, width, len(found.ends))
    counts = summed(trains, found.index, len(found.ends), inside)
    both = np.asarray(inside.sum(axis=0)) == 2
    itself = int(np.count_nonzero(both[trains.unit]))
    size = int(inside[[1]].sum())
    values = np.array([_rate(counts, shift, itself) for shift in steps]) / (width / MS_PER_S)
    values = values / size if size else np.full(len(steps), np.nan)
    result = labelled("correlogram", values, ("lag",), "Hz", {"lag": steps * width})
    seconds = trains.trials * trains.duration / MS_PER_S
    result.attrs["expected_rate"] = counts[..., 1].sum() / (size * seconds) if size else np.nan
    return result


def _rate(counts: NDArray[np.int64], shift: int, itself: int) -> float:
    """Return spikes of the second group in the bin at a shift after a spike of the first."""
    length = counts.shape[1] - abs(shift)
    early, late = max(-shift, 0), max(shift, 0)
    one = counts[:, early : early + length, 0]
    other = counts[:, late : late + length, 1]
    pairs, spikes = int((one * other).sum()), int(one.sum())
    return (pairs - (itself if shift == 0 else 0)) / spikes if spikes else np.nan


def _steps(lag: float, width: float, count: int) -> NDArray[np.int64]:
    """Return the lags in bins."""
    lag = checks.real("cross_correlogram", "lag", lag, low=0.0)
    reach = round(lag / width)
    if abs(reach * width - lag) > 1e-9 * max(lag, 1.0) or reach >= count:
        raise ParameterError(
            f"cross_correlogram: lag is {lag:g} ms; it must be a multiple of {width:g} ms below "
            f"{count * width:g} ms."
        )
    return np.arange(-reach, reach + 1)
