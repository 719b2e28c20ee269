"""Spikes of all trials as arrays, and the synaptic events that they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.layout import Layout
from attractors.recorder import Counts
from attractors.schedule import Schedule

# trial, unit and time in ms of each spike
Spikes = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]
Reached = Callable[[Link, NDArray[np.int64], NDArray[np.float64]], NDArray[np.int64]]

# weight, both traces and when they were last read
PLASTIC_BYTES = 32


class Gathering:
    """Spikes by network, put together from chunks of trials.

    Parameters
    ----------
    trials : int
        In all.
    """

    def __init__(self, trials: int) -> None:
        self.trials = trials
        self._parts: dict[str, list[Spikes]] = {}

    def add(
        self, layout: Layout, first: int, units: NDArray[np.int64], times: NDArray[np.float64]
    ) -> None:
        """Take in the spikes of a chunk.

        Parameters
        ----------
        layout : Layout
            Of the chunk.
        first : int
            Number of its first trial.
        units : (S,) int
            Index within the layout.
        times : (S,) float
            In ms.
        """
        trial, within = np.divmod(units, layout.per_trial)
        trial = trial + first
        kept = trial < self.trials
        for name, begin in layout.start.items():
            mine = kept & (within >= begin) & (within < begin + layout.units[name])
            found = (trial[mine], within[mine] - begin, times[mine])
            self._parts.setdefault(name, []).append(found)

    def spikes(self) -> dict[str, Spikes]:
        """Return the spikes of each network in the order of time."""
        return {name: _in_order(parts) for name, parts in self._parts.items()}


def count_events(
    circuit: Circuit,
    schedule: Schedule,
    spikes: Mapping[str, Spikes],
    counts: Counts,
    reached: Reached,
    plastic: Collection[str] = (),
) -> None:
    """Add to the counts what spikes brought to synapses before the trials were over.

    Parameters
    ----------
    circuit : Circuit
        What ran.
    schedule : Schedule
        Of all trials.
    spikes : mapping of str to Spikes
        By network.
    counts : Counts
        Are added to.
    reached : callable
        Tells for an edge how many synapses each spike reaches, (S,), from the units (S,) that
        fired and the time (S,) in ms that was left then.
    plastic : collection of str
        Edges whose weights change while they run: synapses of weight 0 are read and written too.
    """
    duration = schedule.steps * schedule.step
    for link in circuit.links:
        if link.source not in spikes or (link.factor == 0 and link.name not in plastic):
            continue
        trial, unit, time = spikes[link.source]
        each = reached(link, unit, duration - time)
        events = np.bincount(trial, each, schedule.count).astype(np.int64)
        intact = schedule.intact(link.name)
        events = events if intact is None else events * intact
        counts.synaptic_events += events
        size = PLASTIC_BYTES if link.name in plastic else link.synapses.event_bytes
        counts.bytes_read += events * size


def as_events(spikes: Mapping[str, Spikes]) -> dict[str, dict[str, NDArray[np.generic]]]:
    """Return spikes as the recorder takes them."""
    keys = ("trial", "unit", "time")
    return {name: dict(zip(keys, found, strict=True)) for name, found in spikes.items()}


def _in_order(parts: list[Spikes]) -> Spikes:
    trial, unit, time = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(time, kind="stable")
    return trial[order], unit[order], time[order]
