"""One network, run as often as wanted from its initial state, on any target."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import brian2
import numpy as np
from brian2.devices.device import get_device
from brian2.units.fundamentalunits import fail_for_dimension_mismatch

from attractors import checks
from attractors.engines.spiking.freeing import give_back
from attractors.engines.spiking.targets.device import Standalone
from attractors.errors import ParameterError

# Variable views or timed arrays, and what they hold in a run, with units
Values = Mapping[Any, Any]
CPP = "cpp_standalone"
LAST_SEED = 2**32 - 1


class Session(ABC):
    """Runs one network again and again from the state in which it was when the session began."""

    def __init__(self) -> None:
        self.runs = 0

    def run(self, values: Values | None = None, seed: int | None = None) -> None:
        """Run from the initial state; afterwards the network's objects hold the outcome.

        Parameters
        ----------
        values : mapping of VariableView or TimedArray to array, optional
            What is different from the initial state: ``{synapses.w: w * mV, rates: table * Hz}``.
            A timed array keeps its shape.
        seed : int, optional
            Of the random numbers that the equations draw, below 2³²; by default the number of the
            run, so that runs differ. The same seed gives the same numbers on one target, others
            on another.

        Raises
        ------
        ParameterError
            If the seed is none, values of a timed array have another shape than it, or the
            session is good for one run only.
        DimensionMismatchError
            If units differ.
        """
        values = {} if values is None else values
        for key, value in values.items():
            check(key, value)
        number = self.runs if seed is None else checks.whole("Session", "seed", seed, low=0)
        if number > LAST_SEED:
            raise ParameterError(f"Session: seed is {number}; it must be below 2**32.")
        self.runs += 1
        self._run(values, number)
        if self.runs == 1:
            # by now Brian2 has dropped what it made synapses from
            give_back()

    @abstractmethod
    def _run(self, values: Values, seed: int) -> None: ...


def check(key: Any, value: Any) -> None:
    """Check what a variable or timed array is to hold.

    Parameters
    ----------
    key : VariableView or TimedArray
        What is set.
    value : array or Quantity
        One value, or one for each that is there.

    Raises
    ------
    ParameterError
        If a timed array is given values of another shape.
    DimensionMismatchError
        If units differ.
    """
    fail_for_dimension_mismatch(key.dim, value)
    if isinstance(key, brian2.TimedArray) and np.shape(value) not in ((), key.values.shape):
        raise ParameterError(
            f"Session: {key.name!r} is given values of shape {np.shape(value)}; "
            f"it was made with {key.values.shape}, which a run cannot change."
        )


def start(target: str, network: Any, milliseconds: float, once: bool = False) -> Session:
    """Begin a session within ``isolated(target)``.

    Nothing has to be compiled again after the first run.

    Parameters
    ----------
    target : {"numpy", "cython", "cpp_standalone"}
        The one that the block was entered with.
    network : brian2.Network
        Made, like its objects, within the same block.
    milliseconds : float
        Length of a run.
    once : bool
        Whether there will be one run only, which spares a copy of the initial state.

    Raises
    ------
    ParameterError
        If the block was entered with another target.
    """
    standalone = isinstance(get_device(), Standalone)
    if target != (CPP if standalone else brian2.prefs["codegen.target"]):
        raise ParameterError(f"start: target is {target!r}, but not that of the isolated block.")
    # each imports what the other has no use for
    if standalone:
        from attractors.engines.spiking.targets.standalone import StandaloneSession

        return StandaloneSession(network, milliseconds)
    from attractors.engines.spiking.targets.runtime import RuntimeSession

    return RuntimeSession(network, milliseconds, once)
