"""What a dynamics is: how units update, declared without numerics."""

from __future__ import annotations

import abc
from typing import Any, ClassVar, Literal

from attractors.dynamics.fatigue import Adaptation, Depression

Alphabet = Literal["01", "±1", "real"]
Order = Literal["synchronous", "asynchronous"]
ORDERS = ("synchronous", "asynchronous")


class Dynamics(abc.ABC):
    """Base of all dynamics; derive from it to declare one of your own.

    Attributes
    ----------
    temperature : float
        Noise of the update in units of the field; 0 is deterministic.
    order : {"synchronous", "asynchronous"}
        Whether all units update at once or one after the other, in a random order that is
        drawn anew for every sweep.
    time_constant : float or None
        In ms for dynamics in continuous time, ``None`` for one update per step.
    graded : bool
        Whether states are real numbers between updates, and not only the values of patterns.
    adaptation : Adaptation or None
        Thresholds that grow with recent activity, if they do.
    depression : Depression or None
        Synapses that transmit less after recent activity, if they do.
    blocks : int or None
        Number of equal blocks of consecutive units that compete within themselves, if they do.
    count : {"sum", "max"}
        Whether a unit adds up what all units of a source block send, or takes the largest of it.
    """

    temperature: float = 0.0
    order: str = "synchronous"
    time_constant: float | None = None
    graded: ClassVar[bool] = False
    adaptation: Adaptation | None = None
    depression: Depression | None = None
    blocks: int | None = None
    count: str = "sum"

    @property
    @abc.abstractmethod
    def values(self) -> Alphabet:
        """The values that stored patterns may take: ``"01"``, ``"±1"`` or ``"real"``."""

    def activity(self, units: int) -> float | None:
        """Return the nominal fraction of active units, ``None`` where it is not prescribed."""
        return None

    def check_patterns(self, patterns: Any, owner: str) -> None:
        """Raise PatternError if the units could never be in a state that is to be stored.

        Parameters
        ----------
        patterns : (P, N) int8, or csr_array
            Patterns of the right width and values.
        owner : str
            What they are meant for, as an error should name it, e.g. ``"network 'word'"``.
        """
        return None
