"""Spike trains: who fired when, out of how many units and trials, and in which window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError, UnsupportedError
from attractors.recording import Recording

# ms; what a time on a simulator's grid may lie off by rounding, far below any time step
ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class SpikeTrains:
    """Spikes of one network, one train a trial and unit; silent units have empty trains.

    Parameters
    ----------
    time : (S,) float
        In ms, in any order.
    unit, trial : (S,) int
        Which unit fired in which trial, counted from 0.
    units, trials : int
        How many there are.
    stop, start : float
        Window of time in ms that was observed, the same in all trials.

    Raises
    ------
    ParameterError
        If columns differ in length, a spike lies outside the window or belongs to a unit or
        trial that does not exist.

    Examples
    --------
    >>> trains = SpikeTrains([2.0, 12.0, 7.0], [0, 0, 1], [0, 0, 0], units=3, trials=1, stop=20.0)
    >>> trains.duration, trains.between(0.0, 10.0).time.tolist()
    (20.0, [2.0, 7.0])
    """

    time: NDArray[np.float64]
    unit: NDArray[np.int64]
    trial: NDArray[np.int64]
    units: int
    trials: int
    stop: float
    start: float = 0.0

    def __post_init__(self) -> None:
        start = checks.real("SpikeTrains", "start", self.start)
        found: dict[str, Any] = {
            "time": _column("time", self.time, np.float64),
            "unit": _column("unit", self.unit, np.int64),
            "trial": _column("trial", self.trial, np.int64),
            "units": checks.whole("SpikeTrains", "units", self.units),
            "trials": checks.whole("SpikeTrains", "trials", self.trials),
            "stop": checks.real("SpikeTrains", "stop", self.stop, low=start, open=True),
            "start": start,
        }
        for field, value in found.items():
            object.__setattr__(self, field, value)
        lengths = {field: len(found[field]) for field in ("time", "unit", "trial")}
        if len(set(lengths.values())) > 1:
            raise ParameterError(f"SpikeTrains: {lengths} spikes; give each one of all three.")
        self._require("time", self.start, self.stop, slack=ROUNDING)
        self._require("unit", 0, self.units - 1)
        self._require("trial", 0, self.trials - 1)

    @classmethod
    def from_recording(
        cls, recording: Recording, network: str, units: int | None = None
    ) -> SpikeTrains:
        """Return the spikes of a network of a recording.

        Parameters
        ----------
        recording : Recording
            Of a run with ``record=("spikes", ...)``.
        network : str
            Qualified name.
        units : int, optional
            Of the network, where the recording does not tell it: spikes alone leave open how
            many units were silent.

        Raises
        ------
        UnknownNameError, UnsupportedError
            If there is no such network, no spikes of it were recorded, or its size is not known.
        """
        spikes, dataset = recording.spikes(network), recording.dataset
        if units is None:
            units = _size(recording, network)
        return cls(
            spikes["time"].values,
            spikes["unit"].values,
            spikes["trial"].values,
            units=units,
            trials=dataset.sizes["trial"],
            stop=float(dataset["time"].values[-1]),
        )

    @property
    def duration(self) -> float:
        """Length of the window in ms."""
        return self.stop - self.start

    @property
    def train(self) -> NDArray[np.int64]:
        """Number of the train of each spike, (S,): trial times ``units`` plus unit."""
        return self.trial * self.units + self.unit

    def between(self, start: float, stop: float) -> SpikeTrains:
        """Return the spikes from ``start`` on and before ``stop``, both in ms.

        Raises
        ------
        ParameterError
            If the window is empty or reaches beyond what was observed.
        """
        if not self.start <= start < stop <= self.stop:
            raise ParameterError(
                f"SpikeTrains: there is no window from {start} to {stop} ms; it must begin before "
                f"it ends and lie within {self.start:g} to {self.stop:g} ms."
            )
        # a spike on the border belongs to the window that it opens, the last one to the last
        after = self.time >= start - ROUNDING
        inside = after & ((self.time < stop - ROUNDING) | (stop == self.stop))
        columns = {name: getattr(self, name)[inside] for name in ("time", "unit", "trial")}
        return replace(self, **columns, start=start, stop=stop)

    def _require(self, field: str, low: float, high: float, slack: float = 0.0) -> None:
        values = getattr(self, field)
        # written so that nan is wrong too
        wrong = ~((values >= low - slack) & (values <= high + slack))
        if wrong.any():
            raise ParameterError(
                f"SpikeTrains: {field} holds {values[wrong][0]:g}; allowed are {low:g} to {high:g}."
            )


def _column(field: str, values: Any, kind: Any) -> NDArray[Any]:
    column = np.asarray(values)
    if column.ndim != 1 or (not np.can_cast(column.dtype, kind, "same_kind") and column.size):
        raise ParameterError(
            f"SpikeTrains: {field} is {column.dtype} of shape {column.shape}; give one number of "
            f"kind {np.dtype(kind).name} a spike."
        )
    return column.astype(kind, copy=False)


def _size(recording: Recording, network: str) -> int:
    dataset, label = recording.dataset, f"unit_{network.replace('/', '.')}"
    if "units" in dataset:
        return int(dataset["units"].sel(network=network))
    if label not in dataset.sizes:
        raise UnsupportedError(
            f"Recording does not tell how many units {network!r} has, for it holds no state; give "
            "SpikeTrains.from_recording(..., units=...)."
        )
    return int(dataset.sizes[label])
