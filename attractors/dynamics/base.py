"""What a dynamics is: how units update, declared without numerics."""

from __future__ import annotations

import abc
from typing import ClassVar, Literal

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
    """

    temperature: float = 0.0
    order: str = "synchronous"
    time_constant: float | None = None
    graded: ClassVar[bool] = False

    @property
    @abc.abstractmethod
    def values(self) -> Alphabet:
        """The values that stored patterns may take: ``"01"``, ``"±1"`` or ``"real"``."""

    def activity(self, units: int) -> float | None:
        """Return the nominal fraction of active units, ``None`` where it is not prescribed."""
        return None
