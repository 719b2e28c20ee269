r"""What units that run freely are expected to do, in mean field.

In the on-state all active units have one rate :math:`s r_{on}`, the largest solution of

.. math:: s \, r_{on} = f\big(I_0 + V (\bar h(s) - κ s - g_a s)\big),

with f the rate of a unit under a drive and noise, I₀ its offset, bias and background,
:math:`\bar h(s)` the mean field of active units of the stored patterns, κ the inhibition and
:math:`g_a` the adaptation. It is looked for from high rates down to a quarter of the on-rate, on a
grid of which one cell is then refined by Brent's method. For leaky integrate-and-fire units f is
that of white noise (Siegert 1951, Phys Rev 81:617, doi:10.1103/PhysRev.81.617), whose deviation is
that of the noise, the background and the spikes of edges and inhibition together, these as Poisson
trains: an estimate, for slow currents are not white, and regular spikes make less noise. For
adaptive exponential units f is read from a table of runs without noise, up to four times the drive
of the on-state.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize

from attractors.circuit import Circuit
from attractors.engines.spiking.expected import ExpectedNetwork, Fields, recurrence, stored_fields
from attractors.engines.spiking.free.plan import MARGIN, Member, members
from attractors.engines.spiking.free.response import filtered, membrane, response
from attractors.engines.spiking.neurons import (
    AdEx,
    Conductance,
    Interneurons,
    Receptor,
    ShortTerm,
    leaky,
)

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

HIGHEST, LOWEST, POINTS = 12.0, 0.25, 32
# drives of the table of an adaptive exponential unit, in distances from rheobase to the on-state
WIDEST, SAMPLES = 4.0, 12


@dataclass(frozen=True)
class MeanField:
    """One network in mean field.

    Parameters
    ----------
    member : Member
        The network.
    fields : Fields or None
        Of its stored patterns; without them the on-state is held by a field of 1 from outside.
    short_term : ShortTerm or None
        Of its recurrence.
    """

    member: Member
    fields: Fields | None
    short_term: ShortTerm | None

    @cached_property
    def background(self) -> tuple[float, float]:
        """Mean in mV and variance in mV² of what comes from outside."""
        neurons = self.member.neurons
        if neurons.background is None:
            return 0.0, 0.0
        unit = neurons.outside()
        kick = Receptor(unit.variable, unit.jump * neurons.background.weight, unit.unit)
        answer = response(neurons, kick)
        return answer.mean(neurons.background.rate), answer.variance(neurons.background.rate)

    @property
    def resting(self) -> float:
        """Drive in mV without any input from the circuit."""
        low, high = self.member.neurons.biases
        return self.member.offset + 0.5 * (low + high) + self.background[0]

    def rate(self, drive: float, deviation: float) -> float:
        """Return the rate in Hz under a drive and a deviation of the potential, both in mV."""
        neurons = self.member.neurons
        if isinstance(neurons, AdEx):
            return float(np.interp(drive, *tabled(neurons)))
        if deviation == 0:
            return neurons.rate_at(drive)
        values = neurons.describe()
        threshold, reset = values["fire_at"] - values["rest"], values["reset_to"] - values["rest"]
        tau = membrane(neurons)
        return leaky.noisy_rate_at(drive, deviation, tau, threshold, reset, values["refractory"])

    def held(self, share: float) -> float:
        """Return the rate in Hz that active units at share s of their on-rate bring each other."""
        field = 1.0 if self.fields is None else float(self.fields.on.mean())
        return self.rate(self.drive(field, share), self.deviation(share))

    def sent(self, share: float) -> float:
        """Return what a source at share s of its on-rate sends, 1 for a fresh one at s = 1."""
        neurons = self.member.neurons
        rate = share * neurons.on_rate
        released = 1.0 if self.short_term is None else self.short_term.released_at(rate)
        if not isinstance(neurons, Conductance):
            return share * released
        opened = neurons.open_at(rate, released) / neurons.open_at(neurons.on_rate)
        return neurons.nmda_share * opened + (1.0 - neurons.nmda_share) * share * released

    def opposed(self, share: float) -> float:
        """Return inhibition and adaptation in units of the field while active units are at s."""
        tired = self.member.adaptation[0] if self.member.adaptation else 0.0
        return (self.member.opposed + tired) * share

    def drive(self, field: float, share: float) -> float:
        """Return the drive in mV of units that the full on-state would bring a field."""
        sent = 1.0 if self.fields is None else self.sent(share)
        return self.resting + self.member.volt * (field * sent - self.opposed(share))

    @cached_property
    def share(self) -> float:
        """Solution s of the on-state, 0 where there is none."""
        return largest(lambda s: self.held(s) / self.member.neurons.on_rate - s)

    def deviation(self, share: float, active: bool = True) -> float:
        """Return the standard deviation in mV of the potential while active units are at s.

        It is that of white noise, of the background and of the spikes of edges and inhibition.
        """
        member, neurons = self.member, self.member.neurons
        total = neurons.noise**2 + self.background[1]
        if self.fields is not None and active:
            rate = neurons.on_rate
            # on average a spike opens what the mean fraction asks for
            opened = 1.0
            if isinstance(neurons, Conductance):
                opened = neurons.open_at(rate) * 1000.0 / (rate * neurons.tau_nmda)
            for receptor in neurons.excitation("field", rate):
                one = response(neurons, receptor, opened).variance(rate * share)
                total += one * self.fields.squares * member.volt**2
        return math.sqrt(total + self._inhibitory(share))

    def _inhibitory(self, share: float) -> float:
        member, inhibition = self.member, self.member.inhibition
        if inhibition is None or inhibition.strength == 0:
            return 0.0
        rate, senders = member.neurons.on_rate, float(member.active)
        if isinstance(inhibition, Interneurons):
            rate = inhibition.rate
            senders = max(round(inhibition.ratio * member.units / member.form.pools), 1)
        wanted = inhibition.strength * member.volt
        taus = [inhibition.tau, membrane(member.neurons)]
        answer = filtered(wanted * 1000.0 / (senders * rate), taus)
        return answer.variance(senders * rate * share)


@lru_cache(maxsize=16)
def tabled(neurons: AdEx) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return drives in mV and the rates in Hz there, each of which takes a run to find."""
    onset = neurons.rheobase
    reach = WIDEST * (neurons.drive_for(neurons.on_rate) - onset)
    drives = [onset + reach * (n / SAMPLES) ** 2 for n in range(SAMPLES + 1)]
    return tuple(drives), tuple(neurons.rate_at(drive) for drive in drives)


def largest(excess: Callable[[float], float]) -> float:
    """Return the largest share at which a function falls through 0, 0 if there is none."""
    above = HIGHEST
    if excess(above) >= 0:
        return above
    for share in np.geomspace(HIGHEST, LOWEST, POINTS)[1:]:
        if excess(float(share)) >= 0:
            return float(optimize.brentq(excess, float(share), above, xtol=1e-4))
        above = float(share)
    return 0.0


def mean_fields(engine: SpikingEngine, circuit: Circuit) -> dict[str, MeanField]:
    """Return all networks of a circuit in mean field."""
    found = {}
    for name, member in members(engine, circuit).items():
        link = recurrence(circuit, name)
        chosen = None if link is None else engine.transmission_of(link.name).short_term
        found[name] = MeanField(member, stored_fields(circuit, name), chosen or member.short_term)
    return found


def expected_network(state: MeanField) -> ExpectedNetwork:
    """Return what is expected of a network."""
    member, neurons = state.member, state.member.neurons
    known = ExpectedNetwork(
        member.name,
        type(neurons).__name__,
        member.units,
        on_rate=neurons.on_rate,
        field_scale=member.volt,
        threshold=neurons.rheobase,
        rate_rest=state.rate(state.resting, state.deviation(0.0)),
    )
    if member.scale == "physical":
        # who excites whom how much is the networks' own affair: no on-state is declared
        return replace(known, drive_on=state.resting, noise=state.deviation(0.0))
    share, fields = state.share, state.fields
    on = 1.0 if fields is None else float(fields.on.mean())
    off = 0.0 if fields is None else float(fields.off.mean())
    scale = member.volt * (share if fields is not None else 0.0)
    idle = state.drive(off, share) if share else state.resting
    noise = state.deviation(share)
    return replace(
        known,
        drive_on=state.drive(on, share) if share else float("nan"),
        inhibition_on=member.volt * member.opposed * share,
        rate_on=share * neurons.on_rate,
        rate_off=state.rate(idle, state.deviation(share, active=False)),
        noise=noise,
        noise_field=noise / member.volt,
        crosstalk_on=scale * float(fields.on.std()) if fields is not None else 0.0,
        crosstalk_off=scale * float(fields.off.std()) if fields is not None else 0.0,
    )


def swamped(state: MeanField) -> tuple[float, float]:
    """Return, by stored pattern, how many inactive units fire and how many active ones do not."""
    if state.fields is None or not state.share:
        return 0.0, 0.0
    member, sent = state.member, state.sent(state.share)
    level = (state.opposed(state.share) + member.floor + MARGIN) / sent
    wrong = float((state.fields.off > level).mean()) * (member.units - state.fields.active)
    missing = float((state.fields.on <= level).mean()) * state.fields.active
    return wrong, missing
