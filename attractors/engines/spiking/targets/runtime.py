"""Sessions in this process, on NumPy or Cython."""

from __future__ import annotations

from typing import Any

import brian2
import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.targets.session import Session, Values
from attractors.errors import ParameterError

_START = "attractors_start"


class RuntimeSession(Session):
    """Puts the network back to its stored state before every run but the first.

    Parameters
    ----------
    network : brian2.Network
        What runs.
    milliseconds : float
        Length of a run.
    once : bool
        Whether there will be one run only.
    """

    def __init__(self, network: Any, milliseconds: float, once: bool) -> None:
        super().__init__()
        self._network, self._length, self._once = network, milliseconds * brian2.ms, once
        # timed arrays are no part of what a network stores
        self._tables: dict[Any, NDArray[np.float64]] = {}
        if not once:
            network.store(_START)

    def _run(self, values: Values, seed: int) -> None:
        if self.runs > 1:
            if self._once:
                raise ParameterError("Session: it was started with once=True; a second run is due.")
            self._network.restore(_START)
            for table, before in self._tables.items():
                table.values[:] = before
        for key, value in values.items():
            if isinstance(key, brian2.TimedArray):
                self._fill(key, value)
            else:
                key[:] = value
        brian2.seed(seed)
        self._network.run(self._length, namespace={})

    def _fill(self, table: Any, value: Any) -> None:
        """Write into the array that code already compiled, or made, for the table reads."""
        brian2.units.fundamentalunits.fail_for_dimension_mismatch(table.dim, value)
        fresh = np.asarray(value, np.float64)
        if fresh.shape not in ((), table.values.shape):
            raise ParameterError(
                f"Session: {table.name!r} is given values of shape {fresh.shape}; "
                f"it was made with {table.values.shape}, which a run cannot change."
            )
        if not self._once and table not in self._tables:
            self._tables[table] = table.values.copy()
        table.values[:] = fresh


def held(shape: tuple[int, ...], milliseconds: float, name: str, unit: Any = 1) -> Any:
    """Return a timed array of zeros whose values a session may replace.

    Parameters
    ----------
    shape : tuple of int
        (steps,) or (steps, columns).
    milliseconds : float
        Length of a step.
    name : str
        Of the timed array.
    unit : Unit, optional
        Of its values.
    """
    # in row order and nobody else's: Brian2 reads this memory itself
    return brian2.TimedArray(np.zeros(shape) * unit, dt=milliseconds * brian2.ms, name=name)
