r"""From gain to synaptic strength.

A spike of a source unit adds w to the potential e of its target. It arrives at the time
:math:`t_a` of the cycle and leaks until the target reads it at the start of the next one,

.. math:: e = w \, e^{-(T - t_a) / τ_m}.

Gain 1 asks that the on-state, one spike a cycle, brings the field h of the edge equation, that is
the depolarisation :math:`h V` with V = ``field`` of the preset. Hence

.. math:: w_{ji} = V \, g W_{ji} f \, e^{(T - t_a) / τ_m},

with g W f the scaled weights of the circuit. On the time grid the last leak happens at the start
of the step before the reading, which shortens the exponent by one dt.

What lasts longer than a cycle is calibrated on the same grid. An edge with a fading trace adds to a
variable that is never reset and leaks with τ = ``fade``; each spike of unit weight must leave
:math:`V (1 - e^{-T/τ})` at the next reading, as the trace of the rate engine does. A spike of a
unit that adapts raises its threshold likewise, by g in the long run.

Depressed synapses keep the share x of transmitter that is left. Seen from one arrival to the same
phase of the next cycle, the equation of :class:`~attractors.Depression` with s = 1 takes x to
:math:`x_∞ + (x - x_∞) e^{-λT}`, with :math:`λ = 1/τ + U r_{on}` and :math:`x_∞ = 1/(τλ)`; with
s = 0 the rest refills, :math:`1 - (1 - x) e^{-T/τ}`. A jump at the arrival, followed by refilling,
does the same in one spike: :math:`x \to e^{-U r_{on} T} x + β`, where β is what a synapse regains
while it is being used.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from attractors.dynamics import Adaptation, Depression
from attractors.engines.spiking.gamma.preset import PRESET


@dataclass(frozen=True)
class Timing:
    """The gamma cycle on the time grid.

    Parameters
    ----------
    step : float
        Period in ms.
    dt : float
        In ms.
    """

    step: float
    dt: float

    @property
    def cycle(self) -> int:
        """Time steps in a cycle."""
        return round(self.step / self.dt)

    @property
    def fire(self) -> int:
        """Time step of the cycle in which winners fire."""
        return round(PRESET["fire"].value * self.cycle)

    @property
    def axon(self) -> float:
        """Delay in ms from a spike to its synapses, so that the next cycle reads it."""
        return round(PRESET["axon"].value * self.cycle) * self.dt

    def delay(self, declared: float, recurrent: bool) -> float:
        """Return the delay of a synapse in ms.

        Parameters
        ----------
        declared : float
            Delay of the edge in ms.
        recurrent : bool
            Recurrence reads the cycle before; edges read ``max(declared, step)`` ago.
        """
        return self.axon + (0.0 if recurrent else max(declared - self.step, 0.0))

    @property
    def leak(self) -> float:
        """Fraction of a synaptic pulse that is left when the target reads it."""
        waiting = self.step - self.fire * self.dt - self.axon - self.dt
        return math.exp(-waiting / PRESET["tau_m"].value)

    @property
    def strength(self) -> float:
        """Synaptic strength in mV of a scaled weight of 1 that is read once."""
        return PRESET["field"].value / self.leak

    def traced(self, fade: float) -> float:
        """Return the strength in mV of a scaled weight of 1 whose pulses fade, in ms."""
        waiting = self.step - self.fire * self.dt - self.axon - self.dt
        return PRESET["field"].value * self._settling(fade) * math.exp(waiting / fade)

    def tire(self, adaptation: Adaptation) -> float:
        """Return by how much in mV a spike raises the threshold of a unit."""
        tau = adaptation.time_constant
        waiting = self.step - self.fire * self.dt - self.dt
        full = adaptation.strength * PRESET["field"].value
        return full * self._settling(tau) * math.exp(waiting / tau)

    def used(self, depression: Depression) -> tuple[float, float]:
        """Return the share of transmitter that a spike spares, and the share β regained."""
        use = depression.use * depression.on_rate / 1000.0
        refill = 1.0 / depression.recovery
        rest = refill / (refill + use)
        kept = math.exp(-self.step * (refill + use))
        refilled = math.exp(self.step * refill)
        return math.exp(-self.step * use), 1.0 - (1.0 - rest * (1.0 - kept)) * refilled

    def _settling(self, tau: float) -> float:
        """Return by which share of its way a trace of a time constant in ms settles in a cycle."""
        return -math.expm1(-self.step / tau)
