"""Base of the presets: which equations a unit has, and what they are calibrated with."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from attractors import checks
from attractors.engines.spiking.neurons.background import Background
from attractors.engines.spiking.neurons.receptor import Receptor
from attractors.engines.spiking.values import Table
from attractors.errors import ParameterError

# what an edge is scaled by
SCALES = ("field", "physical")
# share of the time between spikes at the on-rate that a unit may be refractory
MOST_REFRACTORY = 0.9


@dataclass(frozen=True, kw_only=True)
class Neurons(abc.ABC):
    """What the presets have in common.

    Parameters
    ----------
    on_rate : float
        Rate in Hz of a unit in the on-state s = 1.
    bias : float or (float, float)
        Constant drive in mV; of two values, units draw theirs uniformly between them.
    noise : float
        Standard deviation in mV of the potential that white noise alone would cause.
    background : Background, optional
        Spikes from outside.
    """

    on_rate: float = 40.0
    bias: float | tuple[float, float] = 0.0
    noise: float = 0.0
    background: Background | None = None
    table: ClassVar[Table] = {}
    may_be_zero: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        owner = type(self).__name__
        for entry in fields(self):
            if entry.name in self.table:
                self._check(owner, entry.name)
        checks.real(owner, "on_rate", self.on_rate, low=0.0, open=True)
        self._check_on_rate(owner)
        checks.real(owner, "noise", self.noise, low=0.0)
        for bound in self.biases:
            checks.real(owner, "bias", bound)
        if self.background is not None and not isinstance(self.background, Background):
            raise ParameterError(
                f"{owner}: background is {self.background!r}; write Background(rate, weight)."
            )

    def _check_on_rate(self, owner: str) -> None:
        refractory = getattr(self, "refractory", 0.0)
        if self.on_rate * refractory > 1000.0 * MOST_REFRACTORY:
            most = 1000.0 * MOST_REFRACTORY / refractory
            raise ParameterError(
                f"{owner}: on_rate is {self.on_rate:g} Hz, but a refractory period of "
                f"{refractory:g} ms allows at most {most:g} Hz here."
            )

    def _check(self, owner: str, name: str) -> None:
        if self.table[name].unit == "mV":
            checks.real(owner, name, getattr(self, name))
        else:
            above = name not in self.may_be_zero
            checks.real(owner, name, getattr(self, name), low=0.0, open=above)

    @property
    def biases(self) -> tuple[float, float]:
        """Least and largest bias in mV."""
        low, high = self.bias if isinstance(self.bias, tuple) else (self.bias, self.bias)
        return low, high

    # -- the equations, in Brian2's language --

    @abc.abstractmethod
    def equations(self, excited: str, inhibited: str, upstroke: str = "") -> str:
        """Return the differential equations of a unit.

        Parameters
        ----------
        excited : str
            What divides its excitation, e.g. ``" / (1 + divisive)"``, or nothing.
        inhibited : str
            Drive that is taken away besides, a sum of terms in volt, e.g. ``" - pooled"``.
        upstroke : str
            Factor on a current that carries a unit into a spike by itself, e.g.
            ``" * int(force == 0)"``: there is none while a unit is kept from firing.
        """

    @property
    @abc.abstractmethod
    def threshold(self) -> str:
        """When a unit spikes."""

    @property
    @abc.abstractmethod
    def reset(self) -> str:
        """What a spike does to its own unit."""

    @property
    @abc.abstractmethod
    def method(self) -> str:
        """Brian2's integration method."""

    def constants(self) -> dict[str, tuple[float, str]]:
        """Return the constants of the equations: value and unit."""
        names = {entry.name for entry in fields(self)}
        return {
            name: (getattr(self, name), value.unit)
            for name, value in self.table.items()
            if name in names
        }

    # -- what the engine asks to calibrate them --

    @property
    @abc.abstractmethod
    def start(self) -> tuple[float, float]:
        """Range in mV from which potentials are drawn at the start."""

    @property
    @abc.abstractmethod
    def rheobase(self) -> float:
        """Least constant drive in mV, from rest, with which a unit fires."""

    @abc.abstractmethod
    def drive_for(self, rate: float) -> float:
        """Return the constant drive in mV with which a unit fires at a rate in Hz."""

    @abc.abstractmethod
    def rate_at(self, drive: float) -> float:
        """Return the rate in Hz of a unit under a constant drive in mV."""

    @abc.abstractmethod
    def excitation(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return what an excitatory spike adds to.

        Parameters
        ----------
        scale : {"field", "physical"}
            Whether a strength of 1 is a drive of 1 mV while the source is in its on-state, or
            the preset's own unit of weight.
        rate : float
            On-rate of the source in Hz.
        """

    @abc.abstractmethod
    def inhibition(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return what an inhibitory spike adds to; see :meth:`excitation`."""

    @abc.abstractmethod
    def outside(self) -> Receptor:
        """Return what a background spike of weight 1 adds to."""

    @property
    def saturation(self) -> tuple[float, float] | None:
        """Time constant in ms and share of a receptor that saturates at its source, if any."""
        return None

    def describe(self) -> Mapping[str, Any]:
        """Return all parameters by name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}
