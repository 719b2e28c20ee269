"""Equations of units and pooled inhibition, and the table of their values.

Units are leaky integrate-and-fire with pulse synapses: a spike adds to the ``excitation`` of its
targets, which leaks with the membrane's time constant. At the start of a gamma cycle the unit's
membrane v takes what was collected since the last one, less the diversions; membrane and
inhibition p then decay alike while the pooled unit settles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """One parameter with its unit and where it comes from."""

    value: float
    unit: str
    source: str


PRESET: dict[str, Value] = {
    "tau_m": Value(
        20.0,
        "ms",
        "membrane time constant of regular-spiking neocortical neurons, McCormick et al. (1985), "
        "J Neurophysiol 54:782, doi:10.1152/jn.1985.54.4.782",
    ),
    "field": Value(
        10.0,
        "mV",
        "depolarisation for a field of 1, of the order of the distance from rest to threshold; "
        "a choice of scale that no result depends on",
    ),
    "fire": Value(
        0.8,
        "cycles",
        "phase at which winners fire: excitation escapes inhibition late in the gamma cycle, "
        "de Almeida et al. (2009), J Neurosci 29:7497, doi:10.1523/JNEUROSCI.6044-08.2009",
    ),
    "axon": Value(
        0.1,
        "cycles",
        "delay from spike to synapse, 1 ms at the step of 10 ms: local cortical axons",
    ),
    "spread": Value(
        1e-6,
        "field",
        "growth of the threshold from the first to the last unit of a network, so that units of "
        "equal field are taken in the order of their index, as on the rate engine",
    ),
}

UNITS = """
dv/dt = -v / tau_m : volt
p : volt (linked)
spread : volt (constant)
"""

# what a spike adds to a unit's threshold decays slowly
ADAPTATION = """
dtired/dt = -tired / tau_tired : volt
tau_tired : second (constant)
tire : volt (constant)
"""

# for the synapses that leave a unit
DEPRESSION = """
recovery : second (constant)
spared : 1 (constant)
regained : 1 (constant)
"""

POOL = """
dlow/dt = -low / tau_m : volt
dhigh/dt = -high / tau_m : volt
dp/dt = -p / tau_m : volt
ready : 1
winners : 1 (constant)
lowest : volt (constant)
highest : volt
crowded : 1
ties : 1
"""

START_POOL = """
low = lowest
high = highest
p = 0.5 * (low + high)
ready = 0
crowded = 0
"""

# Inhibition rises while more than k units stand above it and falls otherwise, by half of what
# is left each round; what counts in the end never leaves more than k. A last round just above
# that asks whether the weakest winners only won by their index.
SETTLE = """
stage = timestep(t, dt) % cycle
settling = int(stage < fire - 1)
over = int(ready > winners)
low = low + settling * over * (p - low)
high = high + settling * (1 - over) * (p - high)
crowded = crowded + settling * over
ties = ties + int(stage == fire - 1) * int(crowded > 0) * int(ready < winners)
p = high + int(stage < fire - 2) * 0.5 * (low - high) + int(stage == fire - 2) * margin
ready = 0
"""

THRESHOLD = "v > p and timestep(t, dt) % cycle == fire"

RATE_UNITS = """
dr/dt = (phi - r) / tau : 1
phi = int(response == 0) * 0.5 * (1 + tanh(0.5 * x)) + int(response == 1) * clip(x, 0, inf) \
+ int(response == 2) * tanh(x) : 1
x = slope * (h - theta) : 1
h : 1
tau : second (constant)
slope : 1 (constant)
theta : 1 (constant)
response : integer (constant)
"""


RESET = "v = 0*volt"
TIRING_RESET = "v = 0*volt\ntired += tire"


def collecting(variable: str, tau: str = "tau_m") -> str:
    """Return the equation of a variable that pulses add to, with the name of its time constant."""
    return f"d{variable}/dt = -{variable} / {tau} : volt\n"


def start_units(
    brought: Mapping[str, str], once: Sequence[str], *, hot: bool, forced: bool, adapts: bool
) -> str:
    """Return what units do at the start of a cycle, in Brian2's language.

    Parameters
    ----------
    brought : mapping of str to str
        Sum of what a unit has collected and its bias, by mode.
    once : sequence of str
        Variables that are read once and start again from 0; others fade.
    hot : bool
        Whether a network has a temperature.
    forced : bool
        Whether units are clamped or silenced.
    adapts : bool
        Whether units of a network have thresholds that grow with their activity.
    """
    lines = [f"v = {brought['excitation']} + field * drive(t, i)"]
    if "divisive" in brought:
        lines.append(f"v = v / (1 + int(v > 0*volt) * ({brought['divisive']}) / field)")
    if "subtractive" in brought:
        lines.append(f"v = v - ({brought['subtractive']})")
    if adapts:
        lines.append("v = v - tired")
    if hot:
        lines.append("v = v + field * jitter(t, i) - int(v <= entry) * off")
    lines.append("v = v - spread")
    if "veto" in brought:
        lines.append(f"v = v - int({brought['veto']} >= half) * off")
    if forced:
        lines.append("v = v + 10 * force(t, i) * off")
    lines += [f"{name} = 0*volt" for name in once]
    return "\n".join(lines)
