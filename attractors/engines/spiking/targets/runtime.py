"""Sessions in this process, on NumPy or Cython."""

from __future__ import annotations

from typing import Any

import brian2
import numpy as np

from attractors.engines.spiking.targets.initial import Initial
from attractors.engines.spiking.targets.session import Session, Values, check
from attractors.errors import ParameterError


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
        self._network, self._length = network, milliseconds * brian2.ms
        self._initial = None if once else Initial(network)

    def _run(self, values: Values, seed: int) -> None:
        if self.runs > 1:
            if self._initial is None:
                raise ParameterError("Session: it was started with once=True; a second run is due.")
            self._initial.restore()
        for key, value in values.items():
            if self._initial is not None:
                self._initial.keep(key)
            put(key, value)
        brian2.seed(seed)
        self._network.run(self._length, namespace={})


def put(key: Any, value: Any) -> None:
    """Give a variable or a timed array its values, without making or compiling code again.

    Parameters
    ----------
    key : VariableView or TimedArray
        Whose values.
    value : array or Quantity
        With the unit of the key; a timed array keeps its shape.

    Raises
    ------
    ParameterError
        If a timed array is given values of another shape.
    DimensionMismatchError
        If the units differ.
    """
    if not isinstance(key, brian2.TimedArray):
        key[:] = value
        return
    check(key, value)
    # into the memory that code already made, compiled or not, reads from
    key.values[:] = np.asarray(value, np.float64)


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
