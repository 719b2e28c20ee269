"""±1 units that take the sign of their field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.dynamics.base import ORDERS, Alphabet, Dynamics


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
