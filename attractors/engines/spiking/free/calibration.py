r"""From gain to the strength of a synapse between free-running units.

All drives are written as the depolarisation I in mV that a constant current would hold. A unit
without noise fires above its rheobase D, at its on-rate under :math:`I_{on}`. In a network that
competes, inhibition takes κ (in units of the field) while it is in its on-state, a field of 1.
With θ the threshold of the dynamics and m a margin that keeps a unit silent at no field, the
drive is

.. math:: I = D - V (θ + m) + V (h - κ),

and :math:`I = I_{on}` at h = 1 gives the scale :math:`V = (I_{on} - D) / (1 - κ - θ - m)`, of which
the denominator is taken for at least 0.1: where κ + θ leave less, the network cannot hold its
on-state alone, as ``engine.report`` says. Gain 1
asks that a pure source pattern, every unit at its on-rate, brings the mean drive V h. With the
scaled weights of the circuit, g W f, a synapse therefore has the strength

.. math:: w_{ji} = V \, g W_{ji} f

in mV of mean drive at the on-rate, and a spike adds to the target what brings this mean: of a
current :math:`1 / (r_{on} τ)` mV, of a conductance
:math:`g_L / (r_{on} τ |E - \bar v|)`, with :math:`\bar v` midway from reset to threshold; of NMDA
the fraction s that is open at the on-rate stands for :math:`r_{on} τ`, and the magnesium block at
:math:`\bar v` is taken into account.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.free.plan import Plan

# Time constant in ms of the traces that divisive and vetoing diversions leave: that of excitatory
# currents. Sources at 40 Hz may fire together, every 25 ms; a trace of mean 1 then falls to 0.77
# between their volleys, where one of 10 ms would fall to 0.22 and let vetoed units fire.
TRACE = 50.0


def strengths(plan: Plan, link: Link, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the strengths of synapses of given raw weights.

    Drive in mV at the on-rate where weights are calibrated, multiples of the preset's own unit
    where they are physical; of a divisive or vetoing diversion its trace at the on-rate.
    """
    scaled = weights * link.factor
    if link.kind in ("divisive", "veto"):
        return np.asarray(scaled)
    return np.asarray(scaled * plan.members[link.target].volt)


def trace_jump(plan: Plan, link: Link, tau: float) -> float:
    """Return what a spike adds to a trace whose mean is 1 while a unit fires at its on-rate."""
    return 1000.0 / (plan.members[link.source].neurons.on_rate * tau)
