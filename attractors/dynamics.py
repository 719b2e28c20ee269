"""Dynamics: how the units of a network update, declared without numerics.

Engines hold the numerics: :func:`attractors.engines.rate.update` turns a declaration into new
states. A dynamics of your own is a frozen dataclass derived from :class:`Dynamics` plus one
function registered there.
"""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import ClassVar, Literal

from attractors import checks
from attractors.errors import ParameterError

Alphabet = Literal["01", "±1"]
Order = Literal["synchronous", "asynchronous"]
ORDERS = ("synchronous", "asynchronous")
RESPONSES = ("sigmoid", "relu", "tanh")


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
    """

    temperature: float = 0.0
    order: str = "synchronous"
    time_constant: float | None = None

    @property
    @abc.abstractmethod
    def values(self) -> Alphabet:
        """The two values that stored patterns may take: ``"01"`` or ``"±1"``."""

    def activity(self, units: int) -> float | None:
        """Return the nominal fraction of active units, ``None`` where it is not prescribed."""
        return None


@dataclass(frozen=True)
class Sign(Dynamics):
    r"""±1 units that take the sign of their field: :math:`s_j = \mathrm{sgn}(h_j)`.

    A field of zero keeps the previous state. At temperature T (Glauber dynamics)
    :math:`P(s_j = +1) = 1 / (1 + e^{-2 h_j / T})`.

    Parameters
    ----------
    temperature : float
        T, in units of the field.
    order : {"synchronous", "asynchronous"}
        Update order.

    References
    ----------
    Hopfield (1982), PNAS 79:2554, doi:10.1073/pnas.79.8.2554.

    Examples
    --------
    >>> Sign(order="asynchronous").values
    '±1'
    """

    temperature: float = 0.0
    order: str = "synchronous"
    values: ClassVar[Alphabet] = "±1"

    def __post_init__(self) -> None:
        checks.real("Sign", "temperature", self.temperature, low=0.0)
        checks.choice("Sign", "order", self.order, ORDERS)


@dataclass(frozen=True)
class Threshold(Dynamics):
    r"""0/1 units that are active while their field exceeds a threshold: :math:`s_j = [h_j > θ]`.

    At temperature T :math:`P(s_j = 1) = 1 / (1 + e^{-(h_j - θ) / T})`.

    Parameters
    ----------
    threshold : float
        θ, in units of the field (gain 1 gives active units a field 1 above inactive ones).
    temperature : float
        T, in units of the field.
    order : {"synchronous", "asynchronous"}
        Update order.
    """

    threshold: float = 0.5
    temperature: float = 0.0
    order: str = "synchronous"
    values: ClassVar[Alphabet] = "01"

    def __post_init__(self) -> None:
        checks.real("Threshold", "threshold", self.threshold)
        checks.real("Threshold", "temperature", self.temperature, low=0.0)
        checks.choice("Threshold", "order", self.order, ORDERS)


@dataclass(frozen=True)
class KWinners(Dynamics):
    """0/1 units of which at most k are active: those with the largest field.

    Parameters
    ----------
    k : int
        Number of winners.
    threshold : float or None
        Winners must have a field above it; ``None`` takes exactly k whatever their field.
    temperature : float
        Scale of the Gumbel noise added to the fields before the winners are taken, so that k
        are drawn without replacement with probabilities ∝ exp(field / temperature).

    Notes
    -----
    Ties at the cut break by unit index; recordings count the trials that met one.
    """

    k: int
    threshold: float | None = 0.0
    temperature: float = 0.0
    values: ClassVar[Alphabet] = "01"

    def __post_init__(self) -> None:
        checks.whole("KWinners", "k", self.k)
        if self.threshold is not None:
            checks.real("KWinners", "threshold", self.threshold)
        checks.real("KWinners", "temperature", self.temperature, low=0.0)

    def activity(self, units: int) -> float:
        """Return k / units.

        Raises
        ------
        ParameterError
            If there are fewer than k units.
        """
        if self.k > units:
            raise ParameterError(
                f"KWinners: k = {self.k} exceeds the {units} units; use k ≤ {units}."
            )
        return self.k / units


@dataclass(frozen=True)
class Rate(Dynamics):
    r"""Graded units in continuous time: :math:`τ \dot r_j = -r_j + φ(h_j)`.

    φ is ``"sigmoid"``: :math:`1/(1+e^{-g(h-θ)})`, ``"relu"``: :math:`\max(0, g(h-θ))` or
    ``"tanh"``: :math:`\tanh(g(h-θ))`, with slope g and threshold θ. Both engines integrate
    with the exponential Euler method.

    Parameters
    ----------
    time_constant : float
        τ in ms.
    response : {"sigmoid", "relu", "tanh"}
        φ; ``"tanh"`` networks store ±1 patterns, the others 0/1.
    threshold : float
        θ, in units of the field.
    slope : float
        g, per unit of field.
    """

    time_constant: float = 20.0
    response: str = "sigmoid"
    threshold: float = 0.5
    slope: float = 8.0

    def __post_init__(self) -> None:
        checks.real("Rate", "time_constant", self.time_constant, low=0.0, open=True)
        checks.choice("Rate", "response", self.response, RESPONSES)
        checks.real("Rate", "threshold", self.threshold)
        checks.real("Rate", "slope", self.slope, low=0.0, open=True)

    @property
    def values(self) -> Alphabet:
        """``"±1"`` for tanh units, ``"01"`` for the others."""
        return "±1" if self.response == "tanh" else "01"


DYNAMICS: dict[str, type[Dynamics]] = {
    "Sign": Sign,
    "Threshold": Threshold,
    "KWinners": KWinners,
    "Rate": Rate,
}
