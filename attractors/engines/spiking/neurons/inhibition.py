"""The inhibition through which the units of a network compete."""

from __future__ import annotations

from dataclasses import dataclass

from attractors import checks
from attractors.errors import ParameterError


@dataclass(frozen=True)
class Pooled:
    """One pooled unit a network: it sums all spikes and takes from all units alike.

    Parameters
    ----------
    strength : float
        Inhibition, in units of the field, while k units are in their on-state; below 1.
    tau : float
        Time constant in ms.
    """

    strength: float = 0.6
    tau: float = 10.0

    def __post_init__(self) -> None:
        if checks.real("inhibition", "strength", self.strength, low=0.0) >= 1.0:
            raise ParameterError(
                f"inhibition: strength is {self.strength:g}; at 1 or more it takes all that a "
                "recurrence of gain 1 brings; use e.g. 0.6."
            )
        checks.real("inhibition", "tau", self.tau, low=0.0, open=True)


@dataclass(frozen=True)
class Interneurons(Pooled):
    """A population of spiking inhibitory units a network.

    All units of the network excite all of its interneurons, which inhibit all of its units.
    Interneurons are leaky integrate-and-fire units at the edge of firing.

    Parameters
    ----------
    strength : float
        Inhibition, in units of the field, while k units are in their on-state; below 1.
    tau : float
        Time constant in ms of what they receive and of what they bring.
    ratio : float
        Interneurons for every unit of the network.
    rate : float
        Their rate in Hz while k units are in their on-state.
    """

    ratio: float = 0.25
    rate: float = 40.0

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("inhibition", "ratio", self.ratio, low=0.0, open=True)
        checks.real("inhibition", "rate", self.rate, low=0.0, open=True)
