r"""From gain to synaptic strength.

A spike of a source unit adds w to the potential e of its target. It arrives at the time
:math:`t_a` of the cycle and leaks until the target reads it at the start of the next one,

.. math:: e = w \, e^{-(T - t_a) / τ_m}.

Gain 1 asks that the on-state, one spike a cycle, brings the field h of the edge equation, that is
the depolarisation :math:`h V` with V = ``field`` of the preset. Hence

.. math:: w_{ji} = V \, g W_{ji} f \, e^{(T - t_a) / τ_m},

with g W f the scaled weights of the circuit. On the time grid the last leak happens at the start
of the step before the reading, which shortens the exponent by one dt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

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
        """Synaptic strength in mV of a scaled weight of 1."""
        return PRESET["field"].value / self.leak
