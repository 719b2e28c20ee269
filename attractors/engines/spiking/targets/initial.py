"""What a network begins every run from, kept in as few bytes a synapse as will do."""

from __future__ import annotations

from typing import Any

import brian2
import numpy as np
from numpy.typing import NDArray

NAME = "attractors_start"
# who is joined with whom, which no run changes
ENDS = ("_synaptic_pre", "_synaptic_post")


class Initial:
    """The state of a network, to which it can be put back.

    Brian2 stores a copy of everything. Of synapses, the copies of what no code changes, ends and
    constants, are dropped again: those that a run is given are kept when they are given first.

    Parameters
    ----------
    network : brian2.Network
        Whose state.
    """

    def __init__(self, network: Any) -> None:
        self._network = network
        network.store(NAME)
        self._dropped = {
            variable for synapses in _synapses(network) for variable in self._lightened(synapses)
        }
        # values before a run was given others: of timed arrays, which are no part of a network
        # and of constants
        self._tables: dict[Any, NDArray[np.float64]] = {}
        self._constants: dict[Any, NDArray[Any]] = {}

    def keep(self, key: Any) -> None:
        """Keep what a variable or a timed array holds, before it is given other values."""
        if isinstance(key, brian2.TimedArray):
            if key not in self._tables:
                self._tables[key] = key.values.copy()
        elif key.variable in self._dropped and key.variable not in self._constants:
            self._constants[key.variable] = np.array(key.variable.get_value())

    def restore(self) -> None:
        """Put the network back."""
        self._network.restore(NAME)
        for table, values in self._tables.items():
            table.values[:] = values
        for variable, values in self._constants.items():
            variable.set_value(values)

    def _lightened(self, synapses: Any) -> list[Any]:
        """Drop copies of what never changes and make others small; return variables dropped."""
        dropped = []
        for part in (synapses, *synapses._pathways):
            stored = self._network._stored_state[NAME][part.name]
            for name in [name for name in stored if name != "_spikequeue"]:
                variable = part.variables[name]
                if name in ENDS or (variable.constant and variable.size > 1):
                    del stored[name]
                    dropped.append(variable)
                elif variable.size > 1:
                    values, size = stored[name]
                    stored[name] = _small(values), size
        return dropped


def _synapses(network: Any) -> list[Any]:
    return [thing for thing in network.objects if isinstance(thing, brian2.Synapses)]


def _small(values: NDArray[Any]) -> NDArray[Any]:
    """Return numbers as the smallest type that holds them exactly: clipped weights in a byte."""
    # what does not fit is compared, and found to be different
    with np.errstate(invalid="ignore", over="ignore"):
        for kind in (np.int8, np.float32):
            small = values.astype(kind)
            if np.array_equal(small, values):
                return small
    return values
