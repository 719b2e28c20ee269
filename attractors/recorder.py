"""The recorder: turns the states that an engine passes through into a recording."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors import checks, measures, room
from attractors.circuit import Circuit
from attractors.dynamics import KWinners, Sign, Threshold
from attractors.errors import UnsupportedError
from attractors.recording import Recording, labelled

QUANTITIES = ("overlap", "match", "activity", "state", "energy", "spikes")
DEFAULT = ("overlap", "match", "activity")
States = Mapping[str, NDArray[Any]]


@dataclass
class Counts:
    """Work of a run by trial, (B,) each."""

    synaptic_events: NDArray[np.int64]
    bytes_read: NDArray[np.float64]
    dense_events: int
    ties: NDArray[np.int64]
    settled_at: NDArray[np.float64]
    period: NDArray[np.int64]

    @classmethod
    def zero(cls, trials: int, dense_events: int = 0) -> Counts:
        """Return counts of nothing."""
        nothing = np.zeros(trials, np.int64)
        return cls(
            nothing.copy(),
            np.zeros(trials),
            dense_events,
            nothing.copy(),
            np.full(trials, np.nan),
            nothing.copy(),
        )


class Recorder:
    """Collects the chosen quantities of all networks step by step.

    Parameters
    ----------
    circuit : Circuit
        Whose stored patterns overlaps are taken with.
    trials, steps : int
        Size of the run.
    step : float
        In ms.
    record : collection of str
        Quantities, of :data:`QUANTITIES`.

    Raises
    ------
    UnknownNameError, UnsupportedError, MemoryLimitError
        If a quantity does not exist, has no meaning here or would not fit in memory.
    """

    def __init__(
        self, circuit: Circuit, trials: int, steps: int, step: float, record: Collection[str]
    ) -> None:
        for quantity in record:
            checks.choice("record", "quantity", quantity, QUANTITIES)
        self._circuit = circuit
        self._step = step
        self._networks = tuple(circuit.architecture.nodes)
        self._recurrences = {link.name: link for link in circuit.links if link.kind == "recurrent"}
        self._energetic = self._with_energy() if "energy" in record else ()
        sizes = self._sizes(record)
        room.require(
            "The recording",
            sum(sizes.values()) * trials * steps,
            "record fewer quantities (record=...) or run fewer trials at once",
        )
        self._templates = {
            name: measures.Templates(circuit.patterns(name), circuit.activity(name))
            for quantity, name in sizes
            if quantity in ("overlap", "match")
        }
        self._arrays = {
            (quantity, name): np.zeros((trials, steps, *([size] if size >= 0 else [])), np.float32)
            for (quantity, name), size in self._shapes(record).items()
        }

    def take(self, index: int, states: States) -> None:
        """Record the states (B, N) of all networks at the end of a step."""
        for (quantity, name), array in self._arrays.items():
            array[:, index] = self._measure(quantity, name, states[name])

    def finish(
        self,
        steps: int,
        counts: Counts,
        attributes: Mapping[str, Any],
        spikes: Mapping[str, Mapping[str, NDArray[Any]]] | None = None,
    ) -> Recording:
        """Return the recording of the first ``steps`` steps."""
        arrays = [
            labelled(quantity, name, array[:, :steps], self._dims(quantity, name), _UNITS[quantity])
            for (quantity, name), array in self._arrays.items()
        ]
        for name, events in (spikes or {}).items():
            dims = (f"spike_{name.replace('/', '.')}",)
            arrays += [
                labelled(f"spike_{key}", name, values, dims, "ms" if key == "time" else "1")
                for key, values in events.items()
            ]
        time = np.arange(1, steps + 1) * self._step
        dataset = xarray.Dataset(
            {str(array.name): array for array in arrays} | _by_trial(counts),
            coords={
                "time": ("time", time, {"units": "ms"}),
                "network": ("network", np.array(self._networks, dtype=str)),
                "units": ("network", self._units()),
            },
            attrs=dict(attributes),
        )
        return Recording(dataset)

    def _units(self) -> NDArray[np.int64]:
        """Return the size of each network: spikes alone do not tell how many units were silent."""
        nodes = self._circuit.architecture.nodes
        return np.array([nodes[name].units for name in self._networks], np.int64)

    def _measure(self, quantity: str, name: str, state: NDArray[Any]) -> NDArray[Any]:
        if quantity == "state":
            return state
        if quantity == "activity":
            values = self._circuit.architecture.nodes[name].values
            return np.asarray(((state > 0) if values == "±1" else state).mean(axis=1))
        if quantity == "energy":
            return self._energy(name, state)
        compare = self._templates[name]
        return compare.match(state) if quantity == "match" else compare.overlap(state)

    def _energy(self, name: str, state: NDArray[Any]) -> NDArray[Any]:
        link, dynamics = self._recurrences[name], self._circuit.architecture.nodes[name].dynamics
        threshold = getattr(dynamics, "threshold", 0.0) or 0.0
        field = link.synapses.field(state.astype(np.float64)) * link.factor
        outside = 0.0 if link.synapses.bias is None else link.synapses.bias * link.factor
        return np.asarray(((threshold - outside) * state - 0.5 * state * field).sum(axis=1))

    def _with_energy(self) -> tuple[str, ...]:
        nodes = self._circuit.architecture.nodes
        found = tuple(
            name
            for name, link in self._recurrences.items()
            if link.synapses.rule.symmetric
            and isinstance(nodes[name].dynamics, Sign | Threshold | KWinners)
        )
        if not found:
            raise UnsupportedError(
                "record='energy': no network has one; it takes a recurrent memory with symmetric "
                "weights and Sign, Threshold or KWinners units."
            )
        return found

    def _shapes(self, record: Collection[str]) -> dict[tuple[str, str], int]:
        """Return the size of the last dimension by quantity and network, -1 for none."""
        nodes = self._circuit.architecture.nodes
        shapes = {}
        for quantity in record:
            for name in self._energetic if quantity == "energy" else self._networks:
                if quantity in ("overlap", "match"):
                    shapes[quantity, name] = self._circuit.patterns(name).shape[0]
                elif quantity != "spikes":
                    shapes[quantity, name] = nodes[name].units if quantity == "state" else -1
        return shapes

    def _sizes(self, record: Collection[str]) -> dict[tuple[str, str], int]:
        """Return the bytes of one trial and step by quantity and network."""
        return {key: 4 * abs(size) for key, size in self._shapes(record).items()}

    def _dims(self, quantity: str, name: str) -> tuple[str, ...]:
        label = name.replace("/", ".")
        last = {"overlap": "pattern", "match": "pattern", "state": "unit"}.get(quantity)
        return ("trial", "time", *((f"{last}_{label}",) if last else ()))


_UNITS = {
    "overlap": "1",
    "match": "1",
    "activity": "1",
    "state": "fraction of the on-state",
    "energy": "field x state",
}


def _by_trial(counts: Counts) -> dict[str, xarray.DataArray]:
    trials = len(counts.ties)
    columns = {
        "synaptic_events": (counts.synaptic_events, "1"),
        "dense_events": (np.full(trials, counts.dense_events, np.int64), "1"),
        "bytes_read": (counts.bytes_read, "byte"),
        "ties": (counts.ties, "updates"),
        "settled_at": (counts.settled_at, "ms"),
        "period": (counts.period, "steps; 1 fixed point, 2 two-cycle, 0 neither seen"),
    }
    return {
        name: xarray.DataArray(values, dims=("trial",), attrs={"units": unit})
        for name, (values, unit) in columns.items()
    }
