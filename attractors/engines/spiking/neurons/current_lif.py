"""Leaky integrate-and-fire units with synaptic currents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.engines.spiking.neurons import leaky
from attractors.engines.spiking.neurons.base import Neurons
from attractors.engines.spiking.neurons.receptor import Receptor
from attractors.engines.spiking.values import Table, Value
from attractors.errors import ParameterError

CORTEX = (
    "regular-spiking neocortical neurons, McCormick et al. (1985), J Neurophysiol 54:782, "
    "doi:10.1152/jn.1985.54.4.782"
)
TABLE: Table = {
    "tau_m": Value(20.0, "ms", f"membrane time constant, {CORTEX}"),
    "rest": Value(-70.0, "mV", f"resting potential, {CORTEX}"),
    "fire_at": Value(
        -50.0, "mV", "threshold, Wang (2002), Neuron 36:955, doi:10.1016/S0896-6273(02)01092-9"
    ),
    "reset_to": Value(-60.0, "mV", "reset potential; between rest and threshold as in Wang (2002)"),
    "refractory": Value(2.0, "ms", "of pyramidal cells, Wang (2002)"),
    "tau_e": Value(
        50.0,
        "ms",
        "excitatory currents, of the order of NMDA receptors: with 10 ms a memory ended with its "
        "cue, with 50 ms it lasted (measured)",
    ),
    "tau_i": Value(10.0, "ms", "inhibitory currents, of the order of GABA-A receptors"),
}


@dataclass(frozen=True)
class CurrentLIF(Neurons):
    r"""Leaky integrate-and-fire units with synaptic currents.

    .. math::

        τ_m \dot v = V_{rest} - v + I_e - I_i + \ldots, \qquad τ_e \dot I_e = -I_e

    All currents are written as the depolarisation in mV that they would hold.

    Parameters
    ----------
    tau_m : float
        Membrane time constant in ms.
    rest, fire_at, reset_to : float
        Rest, threshold and reset in mV.
    refractory : float
        In ms; 0 for none.
    tau_e, tau_i : float
        Time constants of excitatory and inhibitory currents in ms; 0 for pulses.
    rise : float
        Time constant in ms with which currents rise; 0 for at once.

    References
    ----------
    Brunel (2000), J Comput Neurosci 8:183, doi:10.1023/A:1008925309027.
    """

    tau_m: float = TABLE["tau_m"].value
    rest: float = TABLE["rest"].value
    fire_at: float = TABLE["fire_at"].value
    reset_to: float = TABLE["reset_to"].value
    refractory: float = TABLE["refractory"].value
    tau_e: float = TABLE["tau_e"].value
    tau_i: float = TABLE["tau_i"].value
    rise: float = 0.0
    table: ClassVar[Table] = TABLE
    may_be_zero: ClassVar[frozenset[str]] = frozenset({"refractory", "tau_e", "tau_i"})

    def __post_init__(self) -> None:
        super().__post_init__()
        checks.real("CurrentLIF", "rise", self.rise, low=0.0)
        if not self.reset_to < self.fire_at or not self.rest < self.fire_at:
            raise ParameterError(
                f"CurrentLIF: rest {self.rest:g} and reset_to {self.reset_to:g} mV must lie below "
                f"fire_at {self.fire_at:g} mV."
            )
        if self.rise and 0.0 in (self.tau_e, self.tau_i):
            raise ParameterError("CurrentLIF: pulses (tau 0) have no rise; leave rise at 0.")

    def equations(self, excited: str, inhibited: str, upstroke: str = "") -> str:
        """Return the equations of potential and currents."""
        currents = ""
        if self.tau_e:
            currents += f" + i_e{excited}"
        if self.tau_i:
            currents += " - i_i"
        white = " + noise * sqrt(2 / tau_m) * xi" if self.noise else ""
        lines = [
            f"dv/dt = (rest - v + bias{currents}{inhibited}) / tau_m{white} : volt "
            "(unless refractory)"
        ]
        for kind, tau in (("e", self.tau_e), ("i", self.tau_i)):
            if tau and self.rise:
                lines.append(f"di_{kind}/dt = (j_{kind} - i_{kind}) / rise : volt")
                lines.append(f"dj_{kind}/dt = -j_{kind} / tau_{kind} : volt")
            elif tau:
                lines.append(f"di_{kind}/dt = -i_{kind} / tau_{kind} : volt")
        return "\n".join(lines)

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
        """Exact where nothing is random, currents are at once and no time constants are equal.

        Of currents that rise, five variables in all, Brian2 takes minutes to find the exact step.
        """
        if self.noise:
            return "euler"
        # of equal time constants the exact step is 0 / 0 as Brian2 writes it
        same = self.tau_m in (self.tau_e, self.tau_i)
        return "rk4" if self.rise or same else "exact"

    def constants(self) -> dict[str, tuple[float, str]]:
        """Return the table's values, rise and noise."""
        return super().constants() | {"rise": (self.rise, "ms"), "noise": (self.noise, "mV")}

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

    def excitation(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return the excitatory current, or the potential for pulses."""
        return (self._receptor("e", self.tau_e, 1.0, scale, rate),)

    def inhibition(self, scale: str, rate: float) -> tuple[Receptor, ...]:
        """Return the inhibitory current, or the potential for pulses."""
        return (self._receptor("i", self.tau_i, -1.0, scale, rate),)

    def outside(self) -> Receptor:
        """Return the excitatory current."""
        return self._receptor("e", self.tau_e, 1.0, "physical", self.on_rate)

    @property
    def _leak(self) -> tuple[float, float, float, float]:
        return (
            self.tau_m,
            self.fire_at - self.rest,
            self.reset_to - self.rest,
            self.refractory,
        )

    def _receptor(self, kind: str, tau: float, sign: float, scale: str, rate: float) -> Receptor:
        # the mean of a current is jump x rate x tau
        lasting = tau or self.tau_m
        jump = 1.0 if scale == "physical" else 1000.0 / (rate * lasting)
        if not tau:
            return Receptor("v", sign * jump, "mV")
        return Receptor(f"j_{kind}" if self.rise else f"i_{kind}", jump, "mV")
