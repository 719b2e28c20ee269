"""A family of published numbers: one quantity, measured at any parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attractors.catalog import Measured
from attractors.verify.row import Parameters

Measure = Callable[[Parameters, int], Measured]


@dataclass(frozen=True)
class Family:
    """Rows whose names begin alike, and how their quantity is measured.

    Parameters
    ----------
    prefix : str
        Rows of this name, or of this name and an underscore and more.
    measure : callable
        From the parameters of a row and a seed to :class:`~attractors.catalog.Measured`.
    slow : bool or callable
        Whether a row takes minutes; it may depend on its parameters.
    note : str
        Why a row may not hold, with the evidence for it.
    """

    prefix: str
    measure: Measure
    slow: bool | Callable[[Parameters], bool] = False
    note: str = ""

    def takes_minutes(self, parameters: Parameters) -> bool:
        """Tell whether a row of these parameters takes minutes."""
        return self.slow(parameters) if callable(self.slow) else self.slow


def exactly(value: float) -> Measured:
    """Return what is computed and not sampled."""
    return Measured(value, value, value, 1)


def whole(parameters: Parameters, name: str) -> int:
    """Return a parameter that is a whole number."""
    return round(real(parameters, name))


def real(parameters: Parameters, name: str) -> float:
    """Return a parameter that is a number."""
    return float(parameters[name])
