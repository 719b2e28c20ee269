"""What keeps a state from lasting: units that tire, and synapses that run out of transmitter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from attractors import checks
from attractors.errors import ParameterError


@dataclass(frozen=True)
class Adaptation:
    r"""A threshold that grows with a unit's own recent activity.

    The field of a unit becomes :math:`h_j - g a_j` with :math:`τ \dot a_j = s_j - a_j`: a unit
    that stays active ends up with a threshold that is higher by g.

    Parameters
    ----------
    strength : float
        g, in units of the field, above 0.
    time_constant : float
        τ in ms.

    References
    ----------
    Treves (2005), Cogn. Neuropsychol. 22:276, doi:10.1080/02643290442000329.

    Examples
    --------
    >>> from attractors import KWinners
    >>> KWinners(20, adaptation=Adaptation(strength=0.6)).adaptation.time_constant
    200.0
    """

    strength: float
    time_constant: float = 200.0

    def __post_init__(self) -> None:
        checks.real("Adaptation", "strength", self.strength, low=0.0, open=True)
        checks.real("Adaptation", "time_constant", self.time_constant, low=0.0, open=True)


@dataclass(frozen=True)
class Depression:
    r"""Short-term depression: what a unit sends shrinks while it is active.

    Its synapses transmit :math:`x_i s_i` instead of :math:`s_i`, with the share of transmitter
    that is left, :math:`\dot x_i = (1 - x_i)/τ - U r_{on} s_i x_i`. At rest x = 1, so that gain 1
    means what it means without depression.

    Parameters
    ----------
    use : float
        U, the share of what is left that one spike uses, above 0 and at most 1.
    recovery : float
        τ in ms.
    on_rate : float
        :math:`r_{on}` in Hz, the rate of the on-state s = 1; by default one spike a step of
        10 ms, as on the spiking engine.

    Raises
    ------
    ParameterError
        If a value is not allowed.

    References
    ----------
    Tsodyks & Markram (1997), PNAS 94:719, doi:10.1073/pnas.94.2.719; as the cause of walks
    between attractors Lerner, Bentin & Shriki (2012), Cogn. Sci. 36:1339,
    doi:10.1111/cogs.12007.
    """

    use: float = 0.5
    recovery: float = 800.0
    on_rate: float = 100.0

    def __post_init__(self) -> None:
        if checks.real("Depression", "use", self.use, low=0.0, open=True) > 1.0:
            raise ParameterError(f"Depression: use is {self.use!r}; it must be at most 1.")
        checks.real("Depression", "recovery", self.recovery, low=0.0, open=True)
        checks.real("Depression", "on_rate", self.on_rate, low=0.0, open=True)


def check_fatigue(owner: str, field: str, value: Any, kind: type) -> None:
    """Raise ParameterError unless a value is of one kind of fatigue, or None."""
    if value is not None and not isinstance(value, kind):
        raise ParameterError(
            f"{owner}: {field} is {value!r}; give {kind.__name__}(...) or None for none."
        )
