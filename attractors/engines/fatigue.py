"""Adaptation and depression of a network, tick by tick, the same on every engine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Dynamics

State = NDArray[Any]


class Fatigue:
    r"""What the units of one network remember of their own activity.

    With s constant over a tick the equations of :class:`~attractors.Adaptation` and
    :class:`~attractors.Depression` are solved exactly: exponential Euler.

    Parameters
    ----------
    dynamics : Dynamics
        Says which of the two the units have.
    shape : (int, int)
        Trials and units.
    interval : float
        Time in ms between two updates of the network.
    """

    def __init__(self, dynamics: Dynamics, shape: tuple[int, int], interval: float) -> None:
        self._adaptation, self._depression = dynamics.adaptation, dynamics.depression
        self._interval = interval
        self._average = None if self._adaptation is None else np.zeros(shape)
        self._left = None if self._depression is None else np.ones(shape)

    @staticmethod
    def of(dynamics: Dynamics) -> bool:
        """Tell whether units of a dynamics tire at all."""
        return dynamics.adaptation is not None or dynamics.depression is not None

    @property
    def threshold(self) -> State | None:
        """By how much thresholds are raised (B, N), in units of the field; None if never."""
        if self._adaptation is None or self._average is None:
            return None
        return np.asarray(self._adaptation.strength * self._average)

    @property
    def traces(self) -> dict[str, State]:
        """Average activity and transmitter that is left, (B, N) each, where they exist."""
        found = {"average activity": self._average, "transmitter left": self._left}
        return {name: trace for name, trace in found.items() if trace is not None}

    def sent(self, state: State) -> State:
        """Return what synapses transmit of a new state (B, N), before it has used any of it."""
        return state if self._left is None else state * self._left

    def follow(self, state: State) -> None:
        """Move on by one tick, through which the units were in a state (B, N)."""
        if self._adaptation is not None and self._average is not None:
            kept = np.exp(-self._interval / self._adaptation.time_constant)
            self._average = kept * self._average + (1.0 - kept) * state
        if self._depression is not None and self._left is not None:
            refill = 1.0 / self._depression.recovery
            # from Hz to spikes per ms
            loss = refill + self._depression.use * self._depression.on_rate / 1000.0 * state
            rest = refill / loss
            self._left = rest + (self._left - rest) * np.exp(-self._interval * loss)
