"""Adaptive exponential integrate-and-fire units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from scipy import optimize

from attractors.engines.spiking.neurons.base import Neurons
from attractors.engines.spiking.neurons.receptor import Receptor
from attractors.engines.spiking.values import Table, Value
from attractors.errors import ParameterError

BRETTE = "Brette & Gerstner (2005), J Neurophysiol 94:3637, doi:10.1152/jn.00686.2005"
TABLE: Table = {
    "capacitance": Value(281.0, "pF", BRETTE),
    "leak": Value(30.0, "nS", BRETTE),
    "rest": Value(-70.6, "mV", BRETTE),
    "soft": Value(-50.4, "mV", f"threshold of the exponential, {BRETTE}"),
    "sharpness": Value(2.0, "mV", f"slope factor, {BRETTE}"),
    "fire_at": Value(
        -40.4, "mV", "where a spike counts, five slope factors above; the upstroke takes no time"
    ),
    "reset_to": Value(-70.6, "mV", BRETTE),
    "refractory": Value(2.0, "ms", "absolute; the original has none"),
    "tau_w": Value(144.0, "ms", f"adaptation, {BRETTE}"),
    "coupling": Value(4.0, "nS", f"subthreshold adaptation a, {BRETTE}"),
    "increment": Value(80.5, "pA", f"spike-triggered adaptation b, {BRETTE}"),
    "tau_e": Value(50.0, "ms", "excitatory currents, as for CurrentLIF"),
    "tau_i": Value(10.0, "ms", "inhibitory currents, as for CurrentLIF"),
}
# time step in ms and span in ms of the search for rates
DT, SPAN = 0.05, 3000.0


@dataclass(frozen=True)
class AdEx(Neurons):
    r"""Adaptive exponential integrate-and-fire units with synaptic currents.

    .. math::

        C \dot v &= g_L (V_L - v + I) + g_L Δ e^{(v - V_T)/Δ} - w \\
        τ_w \dot w &= a (v - V_L) - w, \qquad w \to w + b \text{ at a spike}

    Parameters
    ----------
    capacitance, leak : float
        In pF and nS.
    rest, soft, fire_at, reset_to : float
        Rest, threshold of the exponential, potential at which a spike counts, and reset, in mV.
    sharpness : float
        Δ in mV.
    refractory : float
        In ms; 0 for none.
    tau_w, coupling, increment : float
        Adaptation: time constant in ms, a in nS, b in pA.
    tau_e, tau_i : float
        Time constants of excitatory and inhibitory currents in ms.

    References
    ----------
    Brette & Gerstner (2005), J Neurophysiol 94:3637, doi:10.1152/jn.00686.2005.
    """

    capacitance: float = TABLE["capacitance"].value
    leak: float = TABLE["leak"].value
    rest: float = TABLE["rest"].value
    soft: float = TABLE["soft"].value
    sharpness: float = TABLE["sharpness"].value
    fire_at: float = TABLE["fire_at"].value
    reset_to: float = TABLE["reset_to"].value
    refractory: float = TABLE["refractory"].value
    tau_w: float = TABLE["tau_w"].value
    coupling: float = TABLE["coupling"].value
    increment: float = TABLE["increment"].value
    tau_e: float = TABLE["tau_e"].value
    tau_i: float = TABLE["tau_i"].value
    table: ClassVar[Table] = TABLE
    may_be_zero: ClassVar[frozenset[str]] = frozenset({"refractory", "coupling", "increment"})

    def __post_init__(self) -> None:
        super().__post_init__()
        if not max(self.rest, self.reset_to) < self.soft < self.fire_at or self.sharpness <= 0:
            raise ParameterError(
                f"AdEx: rest {self.rest:g} and reset_to {self.reset_to:g} mV must lie below soft "
                f"{self.soft:g}, that below fire_at {self.fire_at:g}; sharpness must be above 0."
            )

    def equations(self, excited: str, inhibited: str, upstroke: str = "") -> str:
        """Return the equations of potential, adaptation and currents."""
        white = " + noise * sqrt(2 * leak / capacitance) * xi" if self.noise else ""
        return f"""
dv/dt = (leak * (rest - v + bias + i_e{excited} - i_i{inhibited}
         + sharpness * exp(clip((v - soft) / sharpness, -100, (fire_at - soft) / sharpness))
         {upstroke}) - w_a) / capacitance{white} : volt (unless refractory)
dw_a/dt = (coupling * (clip(v, -1*volt, fire_at) - rest) - w_a) / tau_w : amp
di_e/dt = -i_e / tau_e : volt
di_i/dt = -i_i / tau_i : volt"""

    @property
    def threshold(self) -> str:
        """Where a spike counts."""
        return "v > fire_at"

    @property
    def reset(self) -> str:
        """Back to the reset potential, with more adaptation."""
        return "v = reset_to\nw_a += increment"

    @property
    def method(self) -> str:
        """Euler: the equation of the potential is nonlinear."""
        return "euler"

    def constants(self) -> dict[str, tuple[float, str]]:
        """Return the table's values and the noise."""
        return super().constants() | {"noise": (self.noise, "mV")}

    @property
    def start(self) -> tuple[float, float]:
        """From reset to the threshold of the exponential."""
        return self.reset_to, self.soft

    @property
    def rheobase(self) -> float:
        r"""Return the drive above which no fixed point is left: the maximum over v.

        .. math:: (g_L + a)(v - V_L)/g_L - Δ e^{(v - V_T)/Δ}
        """
        slope = 1.0 + self.coupling / self.leak
        top = self.soft + self.sharpness * math.log(slope)
        return slope * (top - self.rest) - self.sharpness * slope

    def drive_for(self, rate: float) -> float:
        """Return the constant drive in mV for a rate in Hz once adaptation is settled."""
        return _drive_for(self, rate)

    def rate_at(self, drive: float) -> float:
        """Return the rate in Hz under a constant drive in mV once adaptation is settled."""
        return _rate_at(self, drive)

    def excitation(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return the excitatory current."""
        jump = 1.0 if scale == "physical" else 1000.0 / (rate * self.tau_e)
        return (Receptor("i_e", jump, "mV"),)

    def inhibition(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return the inhibitory current."""
        jump = 1.0 if scale == "physical" else 1000.0 / (rate * self.tau_i)
        return (Receptor("i_i", jump, "mV"),)

    def outside(self) -> Receptor:
        """Return the excitatory current."""
        return Receptor("i_e", 1.0, "mV")


@lru_cache(maxsize=64)
def _drive_for(neurons: AdEx, rate: float) -> float:
    """Return the drive at which the rate is reached, by bisection."""
    top = neurons.rheobase + 1.0
    while _rate_at(neurons, top) < rate:
        top = neurons.rheobase + 2.0 * (top - neurons.rheobase)
    found = optimize.bisect(
        lambda drive: _rate_at(neurons, drive) - rate, neurons.rheobase, top, xtol=0.01
    )
    return float(found)


@lru_cache(maxsize=512)
def _rate_at(neurons: AdEx, drive: float) -> float:
    """Return the rate in the last two thirds of a run of Euler's method."""
    v, w, spikes, free = neurons.rest, 0.0, [], 0.0
    for step in range(round(SPAN / DT)):
        now = step * DT
        bend = min((v - neurons.soft) / neurons.sharpness, 20.0)
        current = neurons.rest - v + drive + neurons.sharpness * math.exp(bend)
        pull = w / neurons.leak
        w += DT * (neurons.coupling * (v - neurons.rest) - w) / neurons.tau_w
        if now >= free:
            v += DT * (current - pull) * neurons.leak / neurons.capacitance
        if v > neurons.fire_at:
            v, w, free = neurons.reset_to, w + neurons.increment, now + neurons.refractory
            spikes.append(now)
    late = [time for time in spikes if time > SPAN / 3.0]
    if len(late) < 2:
        return 0.0
    return 1000.0 * (len(late) - 1) / (late[-1] - late[0])
