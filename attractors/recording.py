"""Recording: what a run left behind, in the same shape for every engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import xarray
from numpy.typing import NDArray

from attractors import measures
from attractors.errors import UnsupportedError, unknown_name

WINDOW = 50.0


class Recording:
    """Labelled arrays of one run.

    Parameters
    ----------
    dataset : xarray.Dataset
        Dimensions ``trial`` and ``time`` (ms, end of each step) and, by network,
        ``pattern_NAME`` and ``unit_NAME``; ``/`` in names is written ``.``. Variables
        ``overlap_NAME``, ``match_NAME`` (trial, time, pattern), ``activity_NAME`` (trial,
        time), ``state_NAME`` (trial, time, unit), ``energy_NAME`` (trial, time), spikes as
        ``spike_time_NAME`` (ms), ``spike_unit_NAME``, ``spike_trial_NAME``, and by trial
        ``synaptic_events``, ``dense_events``, ``bytes_read``, ``ties``, ``settled_at`` (ms),
        ``period``. Runs with plasticity have ``weights_EDGE`` (trial, post, pre), raw and as they
        were at the end.
    """

    def __init__(self, dataset: xarray.Dataset) -> None:
        self.dataset = dataset

    @property
    def engine(self) -> str:
        """Name of the engine that ran."""
        return str(self.dataset.attrs["engine"])

    @property
    def networks(self) -> list[str]:
        """Qualified names of the networks."""
        return [str(name) for name in self.dataset["network"].values]

    def get(self, quantity: str, network: str) -> xarray.DataArray:
        """Return one recorded quantity of one network.

        Parameters
        ----------
        quantity : str
            E.g. ``"overlap"``, ``"match"``, ``"activity"``, ``"state"``, ``"energy"``.
        network : str
            Qualified name.

        Raises
        ------
        UnknownNameError
            If the network does not exist.
        UnsupportedError
            If the quantity was not recorded.
        """
        if network not in self.networks:
            raise unknown_name("network", network, self.networks)
        name = variable(quantity, network)
        if name not in self.dataset:
            raise UnsupportedError(
                f"Recording has no {quantity} of {network!r}; run with record=({quantity!r}, ...)."
            )
        return self.dataset[name]

    def spikes(self, network: str) -> xarray.Dataset:
        """Return the spikes of one network: ``time`` (ms), ``unit`` and ``trial`` by event.

        Raises
        ------
        UnknownNameError
            If the network does not exist.
        UnsupportedError
            If no spikes of it were recorded.
        """
        if network in self.networks and variable("spike_time", network) not in self.dataset:
            raise UnsupportedError(
                f"Recording has no spikes of {network!r}; run a spiking network with "
                "engine='spiking' and record=('spikes', ...)."
            )
        return xarray.Dataset(
            {key: self.get(f"spike_{key}", network) for key in ("time", "unit", "trial")}
        )

    @property
    def plastic(self) -> list[str]:
        """Names of the plastic edges, and networks for their recurrence, whose weights it holds."""
        return [
            str(array.attrs["edge"])
            for name, array in self.dataset.data_vars.items()
            if str(name).startswith("weights_")
        ]

    def weights(self, edge: str) -> xarray.DataArray:
        """Return the raw weights (trial, post, pre) of a plastic edge at the end of the run.

        Parameters
        ----------
        edge : str
            Qualified name of the edge, or of a network for its recurrence.

        Raises
        ------
        UnknownNameError
            If it is not among those that were plastic.
        """
        if edge not in self.plastic:
            raise unknown_name("plastic edge", edge, self.plastic)
        return self.dataset[variable("weights", edge)]

    def final_match(self, network: str) -> NDArray[np.float64]:
        """Return the mean match over the last 50 ms, (trial, pattern)."""
        match = self.get("match", network)
        late = match.time > float(match.time[-1]) - WINDOW + 1e-9
        return np.asarray(match.isel(time=late.values).mean("time").values)

    def winner(self, network: str) -> NDArray[np.int64]:
        """Return which pattern won in each trial, -1 for none.

        The winner has the largest mean match over the last 50 ms, if that is at least 0.5.
        """
        return measures.winner(self.final_match(network))

    def margin(self, network: str) -> NDArray[np.float64]:
        """Return how clear the winner of each trial is: its lead over the second pattern."""
        return measures.margin(self.final_match(network))

    def identical(self, other: Recording) -> bool:
        """Tell whether two recordings hold the same values, names and attributes."""
        return self.dataset.identical(other.dataset)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the networks."""
        return iter(self.networks)

    def __repr__(self) -> str:
        """Return the dataset's own summary."""
        return f"Recording by the {self.engine} engine\n{self.dataset!r}"


def variable(quantity: str, network: str) -> str:
    """Return the name of a quantity of a network in the dataset."""
    return f"{quantity}_{network.replace('/', '.')}"


def labelled(
    quantity: str, network: str, values: NDArray[Any], dims: tuple[str, ...], unit: str
) -> xarray.DataArray:
    """Return an array under its name, with its unit as attribute."""
    name = variable(quantity, network)
    return xarray.DataArray(values, dims=dims, name=name, attrs={"units": unit})
