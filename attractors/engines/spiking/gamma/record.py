"""What the chunks did, put together and handed to the recorder step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.events import Gathering, Spikes, as_events, count_events
from attractors.engines.spiking.gamma.outcome import Graded
from attractors.engines.spiking.layout import Layout
from attractors.recorder import Counts, Recorder
from attractors.recording import Recording
from attractors.schedule import Schedule


class Gathered:
    """Spikes, graded states and counts of all trials.

    Parameters
    ----------
    circuit : Circuit
        What ran.
    schedule : Schedule
        Of all trials.
    ticks : int
        How often a step graded units read their synapses.
    """

    def __init__(self, circuit: Circuit, schedule: Schedule, ticks: int) -> None:
        self._circuit, self._schedule = circuit, schedule
        self._gathering = Gathering(schedule.count)
        self._graded: dict[str, NDArray[np.float64]] = {}
        self._counts = Counts.zero(schedule.count, _dense_events(circuit, ticks) * schedule.steps)

    def add_spikes(
        self,
        layout: Layout,
        first: int,
        units: NDArray[np.int64],
        times: NDArray[np.float64],
        ties: NDArray[np.int64],
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
        ties : (trials,) int
            Ties by replica.
        """
        self._gathering.add(layout, first, units, times)
        last = min(first + layout.trials, self._schedule.count)
        self._counts.ties[first:last] += ties[: last - first]

    def add_rates(self, first: int, rates: Graded) -> None:
        """Take in the states of a chunk of graded units."""
        rows = slice(first, first + rates.schedule.count)
        for name, units in rates.layout.units.items():
            shape = (self._schedule.steps, self._schedule.count, units)
            whole = self._graded.setdefault(name, np.zeros(shape))
            whole[:, rows] = [states[name] for states in rates.by_step]
        self._counts.synaptic_events[rows] += rates.events
        self._counts.bytes_read[rows] += rates.bytes

    def through(
        self, recorder: Recorder, attributes: Mapping[str, Any], keep_spikes: bool
    ) -> Recording:
        """Hand everything to the recorder and return the recording."""
        spikes, schedule = self._gathering.spikes(), self._schedule
        for step, states in enumerate(self._states(spikes)):
            recorder.take(step, states)
        count_events(self._circuit, schedule, spikes, self._counts, self._reached)
        kept = as_events(spikes) if keep_spikes else None
        return recorder.finish(schedule.steps, self._counts, attributes, kept)

    def _reached(
        self, link: Link, units: NDArray[np.int64], left: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Return how many synapses spikes reach: none, as on the rate engine, after the end."""
        cycle = self._schedule.step
        late = cycle if link.kind == "recurrent" else max(link.delay, cycle)
        return np.where(left > late, link.synapses.fan_out[units], 0)

    def _states(self, spikes: Mapping[str, Spikes]) -> Iterator[dict[str, NDArray[Any]]]:
        """Iterate over the states by step: spikes of a unit in a cycle, in units of r_on."""
        length, nodes = self._schedule.step, self._circuit.architecture.nodes
        cuts = {
            name: np.searchsorted(found[2], length * np.arange(self._schedule.steps + 1))
            for name, found in spikes.items()
        }
        for step in range(self._schedule.steps):
            states: dict[str, NDArray[Any]] = {n: table[step] for n, table in self._graded.items()}
            for name, (trial, unit, _) in spikes.items():
                now = slice(cuts[name][step], cuts[name][step + 1])
                states[name] = np.zeros((self._schedule.count, nodes[name].units), np.float32)
                states[name][trial[now], unit[now]] = 1.0
            yield states


def _dense_events(circuit: Circuit, ticks: int) -> int:
    """Return the events of one step if all synapses of all networks were there and used."""
    nodes = circuit.architecture.nodes
    return sum(
        link.synapses.shape[0]
        * link.synapses.shape[1]
        * (1 if nodes[link.source].dynamics.time_constant is None else ticks)
        for link in circuit.links
    )
