"""How the synapses of an edge transmit: delays, facilitation, depression and plasticity."""

from __future__ import annotations

import math
from dataclasses import dataclass

from attractors import checks
from attractors.engines.spiking.plasticity import Plasticity
from attractors.errors import ParameterError


@dataclass(frozen=True)
class ShortTerm:
    r"""Short-term facilitation and depression of what a source sends.

    At a spike, u grows to :math:`u + U (1 - u)`, and :math:`u x` is released of what is there,
    x; between spikes :math:`\dot u = (U - u)/τ_F` and :math:`\dot x = (1 - x)/τ_D`.

    Parameters
    ----------
    use : float
        U, above 0 and at most 1.
    facilitation, recovery : float
        τ_F and τ_D in ms; 0 for none.
    relative : bool
        Whether weights are those of the first spike after rest, so that U itself cancels.

    References
    ----------
    Markram, Wang & Tsodyks (1998), PNAS 95:5323, doi:10.1073/pnas.95.9.5323.
    """

    use: float = 0.2
    facilitation: float = 1500.0
    recovery: float = 200.0
    relative: bool = False

    def __post_init__(self) -> None:
        if checks.real("ShortTerm", "use", self.use, low=0.0, open=True) > 1.0:
            raise ParameterError(f"ShortTerm: use is {self.use:g}; it must be at most 1.")
        checks.real("ShortTerm", "facilitation", self.facilitation, low=0.0)
        checks.real("ShortTerm", "recovery", self.recovery, low=0.0)

    def stationary(self, rate: float) -> tuple[float, float]:
        r"""Return u and x as a spike finds them, u grown already, at a rate in Hz.

        With the share :math:`E` of a departure that is left after one interval, for each of the
        time constants, regular spikes lead to

        .. math:: u = \frac{U + (1 - U) U (1 - E_F)}{1 - (1 - U) E_F}, \qquad
                  x = \frac{1 - E_D}{1 - (1 - u) E_D}.
        """
        use, u = self.use, self.use
        if self.facilitation:
            left = math.exp(-1000.0 / (rate * self.facilitation))
            resting = use * (1.0 - left)
            u = (use + (1.0 - use) * resting) / (1.0 - (1.0 - use) * left)
        if not self.recovery:
            return u, 1.0
        left = math.exp(-1000.0 / (rate * self.recovery))
        return u, (1.0 - left) / (1.0 - (1.0 - u) * left)

    def released_at(self, rate: float) -> float:
        """Return the factor on weights at a rate in Hz, for regular spikes."""
        u, x = self.stationary(rate)
        first = self.use + self.use * (1.0 - self.use) if self.facilitation else self.use
        return u * x / (first if self.relative else 1.0)


@dataclass(frozen=True)
class Transmission:
    """What the spiking engine adds to an edge.

    Parameters
    ----------
    delay : float or (float, float), optional
        Of its synapses in ms, in place of the edge's own; of two values, each synapse draws its
        own uniformly between them.
    short_term : ShortTerm, optional
        Facilitation and depression.
    plasticity : Plasticity, optional
        How the synapses learn while they run, e.g. ``STDP()`` or ``TraceHebbian()``.
    """

    delay: float | tuple[float, float] | None = None
    short_term: ShortTerm | None = None
    plasticity: Plasticity | None = None

    def __post_init__(self) -> None:
        if isinstance(self.delay, tuple) and len(self.delay) != 2:
            raise ParameterError(
                f"Transmission: delay is {self.delay!r}; give one number, or the least and the "
                "largest."
            )
        if self.short_term is not None and not isinstance(self.short_term, ShortTerm):
            raise ParameterError(
                f"Transmission: short_term is {self.short_term!r}; write ShortTerm(use, ...)."
            )
        for bound in self.delays or ():
            checks.real("Transmission", "delay", bound, low=0.0, open=True)
        if self.delays is not None and self.delays[0] > self.delays[1]:
            low, high = self.delays
            raise ParameterError(
                f"Transmission: delay is ({low:g}, {high:g}); write the shorter one first."
            )
        if self.plasticity is not None and not isinstance(self.plasticity, Plasticity):
            raise ParameterError(
                f"Transmission: plasticity is {self.plasticity!r}; give an instance, e.g. "
                "TraceHebbian()."
            )

    @property
    def delays(self) -> tuple[float, float] | None:
        """Least and largest delay in ms."""
        if self.delay is None:
            return None
        low, high = self.delay if isinstance(self.delay, tuple) else (self.delay, self.delay)
        return low, high
