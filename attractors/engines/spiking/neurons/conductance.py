"""Integrate-and-fire units with AMPA, NMDA and GABA conductances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.engines.spiking.neurons import leaky
from attractors.engines.spiking.neurons.base import Neurons
from attractors.engines.spiking.neurons.receptor import Receptor
from attractors.engines.spiking.values import Table, Value
from attractors.errors import ParameterError

WANG = "Wang (2002), Neuron 36:955, doi:10.1016/S0896-6273(02)01092-9"
BLOCK = "Jahr & Stevens (1990), J Neurosci 10:3178, doi:10.1523/JNEUROSCI.10-09-03178.1990"
TABLE: Table = {
    "capacitance": Value(500.0, "pF", f"of pyramidal cells, {WANG}"),
    "leak": Value(25.0, "nS", f"of pyramidal cells, {WANG}"),
    "rest": Value(-70.0, "mV", WANG),
    "fire_at": Value(-50.0, "mV", WANG),
    "reset_to": Value(-55.0, "mV", WANG),
    "refractory": Value(2.0, "ms", f"of pyramidal cells, {WANG}"),
    "tau_ampa": Value(2.0, "ms", WANG),
    "tau_nmda": Value(100.0, "ms", f"decay, {WANG}"),
    "rise_nmda": Value(2.0, "ms", f"rise, {WANG}"),
    "opening": Value(0.5, "1/ms", f"rate at which NMDA receptors open, {WANG}"),
    "tau_gaba": Value(5.0, "ms", WANG),
    "excitatory": Value(0.0, "mV", f"reversal potential, {WANG}"),
    "inhibitory": Value(-70.0, "mV", f"reversal potential, {WANG}"),
    "magnesium": Value(1.0, "mM", f"extracellular, {WANG}"),
    "half_block": Value(3.57, "mM", f"of the magnesium block at 0 mV, {BLOCK}"),
    "block_slope": Value(0.062, "1/mV", f"of the magnesium block, {BLOCK}"),
    "ampa": Value(0.05, "nS", f"recurrent, pyramidal cells, {WANG}"),
    "nmda": Value(0.165, "nS", f"recurrent, pyramidal cells, {WANG}"),
    "gaba": Value(1.3, "nS", f"pyramidal cells, {WANG}"),
}


@dataclass(frozen=True)
class Conductance(Neurons):
    r"""Integrate-and-fire units with AMPA, NMDA and GABA conductances.

    .. math::

        C \dot v = -g_L (v - V_L) - (g_A + g_N B(v)) (v - V_E) - g_G (v - V_I), \qquad
        B(v) = \frac{1}{1 + [Mg] e^{-0.062 v} / 3.57}

    AMPA and GABA conductances jump with a spike and decay. NMDA receptors saturate: with the
    fraction s that is open at a source, a spike opens :math:`α (1 - s)` with
    :math:`α = 1 - e^{-α_s τ_{rise}}`, which is what the equations of the source with a rise of
    2 ms open in all; the rise itself is left out, so that every spike is one event. A synapse that
    facilitates or depresses opens its release times α of what is closed.

    Parameters
    ----------
    capacitance, leak : float
        In pF and nS.
    rest, fire_at, reset_to : float
        In mV.
    refractory : float
        In ms; 0 for none.
    tau_ampa, tau_nmda, tau_gaba : float
        Decay in ms.
    rise_nmda, opening : float
        Rise in ms and rate of opening in 1/ms, which together give α.
    excitatory, inhibitory : float
        Reversal potentials in mV.
    magnesium, half_block, block_slope : float
        In mM, mM and 1/mV; magnesium 0 for no block.
    ampa, nmda, gaba : float
        Peak conductances in nS of a synapse of weight 1 where weights are physical.
    nmda_share : float
        Share of the excitatory drive that NMDA carries where weights are calibrated, 0 to 1.

    References
    ----------
    Brunel & Wang (2001), J Comput Neurosci 11:63, doi:10.1023/A:1011204814320.
    Wang (2002), Neuron 36:955, doi:10.1016/S0896-6273(02)01092-9.
    """

    capacitance: float = TABLE["capacitance"].value
    leak: float = TABLE["leak"].value
    rest: float = TABLE["rest"].value
    fire_at: float = TABLE["fire_at"].value
    reset_to: float = TABLE["reset_to"].value
    refractory: float = TABLE["refractory"].value
    tau_ampa: float = TABLE["tau_ampa"].value
    tau_nmda: float = TABLE["tau_nmda"].value
    rise_nmda: float = TABLE["rise_nmda"].value
    opening: float = TABLE["opening"].value
    tau_gaba: float = TABLE["tau_gaba"].value
    excitatory: float = TABLE["excitatory"].value
    inhibitory: float = TABLE["inhibitory"].value
    magnesium: float = TABLE["magnesium"].value
    half_block: float = TABLE["half_block"].value
    block_slope: float = TABLE["block_slope"].value
    ampa: float = TABLE["ampa"].value
    nmda: float = TABLE["nmda"].value
    gaba: float = TABLE["gaba"].value
    nmda_share: float = 0.9
    table: ClassVar[Table] = TABLE
    may_be_zero: ClassVar[frozenset[str]] = frozenset(
        {"refractory", "magnesium", "ampa", "nmda", "gaba"}
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if not checks.real("Conductance", "nmda_share", self.nmda_share, low=0.0) <= 1.0:
            raise ParameterError(
                f"Conductance: nmda_share is {self.nmda_share:g}; it must be from 0 to 1."
            )
        below = max(self.rest, self.reset_to)
        ordered = below < self.fire_at < self.excitatory
        if not ordered or not self.inhibitory < self.working_point:
            raise ParameterError(
                "Conductance: inhibitory, rest and reset_to must lie below fire_at, and that below "
                f"excitatory; got {self.inhibitory:g}, {self.rest:g}, {self.reset_to:g}, "
                f"{self.fire_at:g} and {self.excitatory:g} mV."
            )

    def equations(self, excited: str, inhibited: str, upstroke: str = "") -> str:
        """Return the equations of potential and conductances."""
        white = " + noise * sqrt(2 * leak / capacitance) * xi" if self.noise else ""
        return f"""
dv/dt = (leak * (rest - v + bias{inhibited})
         + (g_ampa + g_nmda / (1 + magnesium * exp(-block_slope * v) / half_block))
         * (excitatory - v){excited}
         + g_gaba * (inhibitory - v)) / capacitance{white} : volt (unless refractory)
dg_ampa/dt = -g_ampa / tau_ampa : siemens
dg_nmda/dt = -g_nmda / tau_nmda : siemens
dg_gaba/dt = -g_gaba / tau_gaba : siemens"""

    @property
    def threshold(self) -> str:
        """At the threshold."""
        return "v > fire_at"

    @property
    def reset(self) -> str:
        """Back to the reset potential."""
        return "v = reset_to"

    @property
    def method(self) -> str:
        """Euler: the block makes the equation of the potential nonlinear."""
        return "euler"

    def constants(self) -> dict[str, tuple[float, str]]:
        """Return the constants that the equations name."""
        found = super().constants() | {"noise": (self.noise, "mV")}
        unused = ("rise_nmda", "opening", "ampa", "nmda", "gaba")
        return {name: value for name, value in found.items() if name not in unused}

    @property
    def start(self) -> tuple[float, float]:
        """From reset to threshold."""
        return self.reset_to, self.fire_at

    @property
    def rheobase(self) -> float:
        """Distance from rest to threshold."""
        return self.fire_at - self.rest

    def drive_for(self, rate: float) -> float:
        """Return the constant drive in mV for a rate in Hz."""
        return leaky.drive_for(rate, *self._leak)

    def rate_at(self, drive: float) -> float:
        """Return the rate in Hz under a constant drive in mV."""
        return leaky.rate_at(drive, *self._leak)

    @property
    def working_point(self) -> float:
        """Potential in mV, midway from reset to threshold, at which drives are calibrated."""
        return 0.5 * (self.reset_to + self.fire_at)

    @property
    def unblocked(self) -> float:
        """Share of the open NMDA receptors that magnesium leaves free at the working point."""
        inside = math.exp(-self.block_slope * self.working_point)
        return 1.0 / (1.0 + self.magnesium * inside / self.half_block)

    @property
    def share(self) -> float:
        """Share α of the closed NMDA receptors that a spike opens."""
        return 1.0 - math.exp(-self.opening * self.rise_nmda)

    @property
    def saturation(self) -> tuple[float, float] | None:
        """Decay of the open NMDA receptors in ms, and α."""
        return self.tau_nmda, self.share

    def open_at(self, rate: float, released: float = 1.0) -> float:
        r"""Return the mean fraction s of open NMDA receptors of a source at a rate in Hz.

        With spikes at intervals T, s after a spike is :math:`s^+ = α / (1 - (1-α) e^{-T/τ})` and
        its mean :math:`s^+ (τ/T) (1 - e^{-T/τ})`.

        Parameters
        ----------
        rate : float
            In Hz.
        released : float
            Factor on α: what a spike releases where synapses facilitate or depress.
        """
        interval = 1000.0 / rate / self.tau_nmda
        share = min(self.share * released, 1.0)
        peak = share / (1.0 - (1.0 - share) * math.exp(-interval))
        return peak * -math.expm1(-interval) / interval

    def excitation(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return AMPA and NMDA."""
        ampa, nmda = self.ampa, self.nmda
        if scale == "field":
            force = self.leak / (self.excitatory - self.working_point)
            ampa = (1.0 - self.nmda_share) * force * 1000.0 / (rate * self.tau_ampa)
            nmda = self.nmda_share * force / (self.open_at(rate) * self.unblocked)
        found = (
            Receptor("g_ampa", ampa, "nS"),
            Receptor("g_nmda", nmda, "nS", saturating=True),
        )
        return tuple(receptor for receptor in found if receptor.jump)

    def inhibition(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return GABA."""
        gaba = self.gaba
        if scale == "field":
            force = self.leak / (self.working_point - self.inhibitory)
            gaba = force * 1000.0 / (rate * self.tau_gaba)
        return (Receptor("g_gaba", gaba, "nS"),)

    def outside(self) -> Receptor:
        """Return AMPA."""
        return Receptor("g_ampa", 1.0, "nS")

    @property
    def _leak(self) -> tuple[float, float, float, float]:
        return (
            self.capacitance / self.leak,
            self.fire_at - self.rest,
            self.reset_to - self.rest,
            self.refractory,
        )
