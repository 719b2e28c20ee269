r"""Firing rates as sums of a kernel over the spikes, :math:`r(t) = \sum_s κ(t - s)`."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from attractors import checks
from attractors.spike_trains.bins import bins, summed
from attractors.spike_trains.counts import dims
from attractors.spike_trains.labels import labelled
from attractors.spike_trains.rates import MS_PER_S, by_member
from attractors.spike_trains.trains import SpikeTrains


def smoothed_rates(
    trains: SpikeTrains,
    scale: float,
    step: float = 1.0,
    kernel: str = "exponential",
    by: Any = "unit",
) -> xarray.DataArray:
    r"""Return firing rates smoothed by a kernel, at the end of each step.

    ``"exponential"`` is causal, :math:`κ(t) = e^{-t/τ}/τ` for t ≥ 0: the trace that a synapse
    leaves, exact at every step; it rises from 0 at the start of the window. ``"gaussian"`` looks
    ahead as far as back, :math:`κ(t) ∝ e^{-t^2/2σ^2}`, and is divided by the part of the kernel
    within the window, so that a constant rate stays constant up to its borders; a spike between
    two steps is shared between them, which errs by about (step/σ)²/8 at most.

    Parameters
    ----------
    trains : SpikeTrains
        Whose spikes; no trial sees those of another.
    scale : float
        τ or σ in ms.
    step : float
        In ms; it must divide the window.
    kernel : {"exponential", "gaussian"}
        Its shape.
    by : {"unit", "population"} or (G, N) array_like
        As in :func:`binned_rates`.

    Returns
    -------
    (trial, time, unit), (trial, time) or (trial, time, group) float
        In Hz.

    Raises
    ------
    ParameterError, UnknownNameError, PatternError, MemoryLimitError
        If steps do not fill the window, kernel or ``by`` do not exist, or the result would not
        fit in memory.

    References
    ----------
    Nawrot, Aertsen & Rotter (1999), J. Neurosci. Methods 94:81,
    doi:10.1016/S0165-0270(99)00127-2; Fan & Marron (1994), J. Comput. Graph. Stat. 3:35,
    doi:10.1080/10618600.1994.10474629 (sharing a point between two steps).

    Examples
    --------
    >>> trains = SpikeTrains([4.0], [0], [0], units=1, trials=1, stop=20.0)
    >>> rates = smoothed_rates(trains, scale=10.0, step=4.0, by="population")
    >>> rates.values[0].round(1).tolist()
    [100.0, 67.0, 44.9, 30.1, 20.2]
    """
    scale = checks.real("smoothed_rates", "scale", scale, low=0.0, open=True)
    smooth = _KERNELS[checks.choice("smoothed_rates", "kernel", kernel, _KERNELS)]
    ends = bins(trains, step).ends
    position = ((trains.time - trains.start) / step).clip(0.0, len(ends))
    density = smooth(trains, position, len(ends), scale / step, by) / step
    rates = by_member(density * MS_PER_S, by, trains.units)
    return labelled("rate", rates, dims(by), "Hz", {"time": ends})


def _exponential(
    trains: SpikeTrains, position: NDArray[np.float64], count: int, scale: float, by: Any
) -> NDArray[np.float64]:
    """Return the trace at the end of each step; position and scale in steps."""
    # what a spike has faded to at the next end of a step, one on it being fresh
    end = np.ceil(position).astype(np.int64).clip(1)
    faded = np.exp((position - end) / scale) / scale
    impulses = summed(trains, end - 1, count, by, faded)
    return np.asarray(lfilter([1.0], [1.0, -np.exp(-1.0 / scale)], impulses, axis=1))


def _gaussian(
    trains: SpikeTrains, position: NDArray[np.float64], count: int, scale: float, by: Any
) -> NDArray[np.float64]:
    """Return the density at the end of each step; position and scale in steps."""
    before = np.floor(position).astype(np.int64).clip(None, count - 1)
    share = position - before
    # grid points 0 to count; only those at the ends of steps are returned
    mass = summed(trains, before, count + 1, by, 1.0 - share)
    mass = mass + summed(trains, before + 1, count + 1, by, share)
    # spikes between the first and last grid points give these two half the mass of others
    inside = np.ones(count + 1)
    inside[[0, -1]] = 0.5
    within = gaussian_filter1d(inside, scale, mode="constant").reshape(-1, *[1] * (mass.ndim - 2))
    smooth = gaussian_filter1d(mass, scale, axis=1, mode="constant")
    return np.asarray(smooth / within)[:, 1:]


_KERNELS = {"exponential": _exponential, "gaussian": _gaussian}
