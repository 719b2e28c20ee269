r"""How the potential of a resting unit answers to one spike.

A spike adds J to a current that decays with τ, and the membrane follows it with :math:`τ_m`: a
cascade of low passes, whose answer to an impulse of area A = J τ is

.. math:: v(t) = A \sum_i τ_i^{n-2} e^{-t/τ_i} \Big/ \prod_{j \ne i} (τ_i - τ_j).

Conductances are taken at the working point to which they are calibrated, so that they are currents
too; the membrane's own shunt is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.neurons import Conductance, Neurons, Receptor

DECAYS = {
    "i_e": "tau_e",
    "j_e": "tau_e",
    "i_i": "tau_i",
    "j_i": "tau_i",
    "g_ampa": "tau_ampa",
    "g_nmda": "tau_nmda",
    "g_gaba": "tau_gaba",
}
# time constants that are equal are told apart by this share
APART = 1e-3
SAMPLES = 4000


@dataclass(frozen=True)
class Response:
    """The answer of the potential to one spike through a synapse of strength 1.

    Attributes
    ----------
    times : (T,) float
        In ms.
    potential : (T,) float
        In mV from rest.
    """

    times: NDArray[np.float64]
    potential: NDArray[np.float64]

    @property
    def peak(self) -> float:
        """Largest departure from rest in mV."""
        return float(np.abs(self.potential).max())

    def mean(self, rate: float) -> float:
        """Return the mean in mV under spikes at a rate in Hz."""
        return float(rate / 1000.0 * np.trapezoid(self.potential, self.times))

    def variance(self, rate: float) -> float:
        """Return the variance in mV² under Poisson spikes at a rate in Hz."""
        return float(rate / 1000.0 * np.trapezoid(self.potential**2, self.times))


def membrane(neurons: Neurons) -> float:
    """Return the time constant of the membrane in ms."""
    found = neurons.describe()
    return float(found.get("tau_m", 0.0) or found["capacitance"] / found["leak"])


def force(neurons: Neurons, receptor: Receptor) -> float:
    """Return the drive in mV of a receptor's variable at 1 of its unit."""
    if not isinstance(neurons, Conductance):
        return 1.0
    if receptor.variable == "g_gaba":
        return (neurons.inhibitory - neurons.working_point) / neurons.leak
    pull = (neurons.excitatory - neurons.working_point) / neurons.leak
    return pull * (neurons.unblocked if receptor.saturating else 1.0)


def response(neurons: Neurons, receptor: Receptor, opened: float = 1.0) -> Response:
    """Return the answer to a spike.

    Parameters
    ----------
    neurons : Neurons
        The target's preset.
    receptor : Receptor
        What the spike adds to.
    opened : float
        Of a receptor that saturates, the share that the spike opens.
    """
    tau_m, values = membrane(neurons), neurons.describe()
    jump = receptor.jump * force(neurons, receptor) * (opened if receptor.saturating else 1.0)
    sign = -1.0 if receptor.variable in ("i_i", "j_i") else 1.0
    if receptor.variable == "v":
        return filtered(jump * tau_m, [tau_m])
    tau = values[DECAYS[receptor.variable]]
    rise = [values["rise"]] if receptor.variable.startswith("j_") else []
    return filtered(sign * jump * tau, [tau, tau_m, *rise])


def filtered(area: float, taus: list[float]) -> Response:
    """Return what a cascade of low passes makes of an impulse."""
    apart: list[float] = []
    for tau in taus:
        while any(abs(tau - other) < APART * other for other in apart):
            tau *= 1.0 + 2.0 * APART
        apart.append(tau)
    # dense at first, for pulses and fast receptors beside slow ones
    times = 12.0 * max(apart) * np.linspace(0.0, 1.0, SAMPLES) ** 2
    total = np.zeros(SAMPLES)
    for n, tau in enumerate(apart):
        others = [tau - other for m, other in enumerate(apart) if m != n]
        total += tau ** (len(apart) - 2.0) * np.exp(-times / tau) / np.prod(others)
    return Response(times, area * total)
