"""Working memory in facilitated synapses, by hand in plain Brian2.

Reference: G. Mongillo, O. Barak and M. Tsodyks (2008), Synaptic theory of working memory,
Science 319, 1543–1546, doi:10.1126/science.1150769.

Sources of the parameters: the paper's supplement, table S1, as given by Tiddia et al. (2022,
doi:10.3389/fnint.2022.972055, gmtiddia/working_memory_spiking_network), whose code this is
checked against for who connects to whom. Differences: they filter the spikes (2 ms) and hold the
noise for 1 ms; here, as in the paper, a spike is a jump of the voltage, and the noise is white.
The external current is mu + sigma √tau ξ(t), so sigma = 1 mV gives a voltage with 1/√2 mV.
Their J_p is 0.45 mV; a public Julia version has 0.48 mV. Taken: 0.45 mV.
Facilitation and depression depend on the presynaptic train alone: u and x belong to its neuron.
Other networks need other backgrounds: ``background`` in mV is the number that sets the regime.
"""

from __future__ import annotations

import json
import sys

import brian2 as b2
import numpy as np
from brian2 import ms, mV, second, volt
from targets import Run, Script, simulate

N_E, N_I, POOLS, CODING, CONTACT = 8000, 2000, 5, 0.1, 0.2
MU_I, REGIMES = 21.0, {"silent": 22.8, "rhythmic": 23.7, "asynchronous": 24.3}  # mV
CUE, CUE_GAIN = (1.0, 1.35), 1.15  # s; factor on the background of the cued pool
READ, READ_GAIN = (3.0, 3.25), 1.05  # s; factor on the background of all excitatory neurons
DURATION, BIN = 3.5, 0.05  # s
AFTER_CUE = 0.3  # s, until what the cue has left is measured
SHARED = dict(theta=20 * mV, sigma=1 * mV, U=0.2, tau_f=1.5 * second, tau_d=0.2 * second,
              J_b=0.1 * mV, J_p=0.45 * mV, gamma=0.1, mV=mV, ms=ms)  # fmt: skip
# inputs in the columns: pools 1 to 5, the other excitatory neurons, the inhibitory ones
MEMBRANE = """
dv/dt = (mu(t, kind) - v)/tau + sigma*xi/sqrt(tau) : volt (unless refractory)
du/dt = (U - u)/tau_f : 1
dx/dt = (1 - x)/tau_d : 1
release : 1
kind : integer (constant)
tau : second (constant)
V_reset : volt (constant)
J_from_E : volt (constant)
J_from_I : volt (constant)
"""
SPIKE = "v = V_reset; u += U*(1 - u); release = u*x; x -= release"


def build(scale: float, duration: float, mu: np.ndarray) -> Script:
    """Declare the network with ``scale`` of the neurons, each with as many inputs as before."""
    b2.defaultclock.dt = 0.1 * ms
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    size = round(CODING * n_e)
    contact = min(CONTACT / scale, 1.0)
    # where there are fewer neurons than inputs, all are connected and the efficacies grow
    gain = CONTACT / scale / contact
    inputs = b2.TimedArray(mu * volt, dt=BIN * second, name="mu")
    cells = b2.NeuronGroup(n_e + n_i, MEMBRANE, threshold="v > theta", reset=SPIKE,
                        refractory=2 * ms, method="euler", name="cells",
                        namespace=SHARED | {"mu": inputs})  # fmt: skip
    excitatory = np.arange(n_e + n_i) < n_e
    cells.kind = np.where(excitatory, np.minimum(np.arange(n_e + n_i) // size, POOLS), POOLS + 1)
    cells.tau = np.where(excitatory, 15, 10) * ms
    cells.V_reset = np.where(excitatory, 16, 13) * mV
    cells.J_from_I = np.where(excitatory, 0.25, 0.2) * gain * mV
    cells.J_from_E = 0.135 * gain * mV  # onto inhibitory neurons
    cells.v = "V_reset + (theta - V_reset)*rand()"
    cells.u = SHARED["U"]
    cells.x = 1
    exc, inh = cells[:n_e], cells[n_e:]
    # what arrives within the refractory period is lost
    plastic = b2.Synapses(exc, exc, "w : volt", name="plastic", namespace=SHARED,
                       on_pre="v_post += w*release_pre*int(not_refractory_post)")  # fmt: skip
    drive = b2.Synapses(exc, inh, name="drive",
                     on_pre="v_post += J_from_E_post*int(not_refractory_post)")  # fmt: skip
    brake = b2.Synapses(inh, cells, name="brake",
                     on_pre="v_post -= J_from_I_post*int(not_refractory_post)")  # fmt: skip
    objects = [plastic, drive, brake]
    for synapses in objects:
        synapses.connect(p=contact)
        synapses.delay = "0.1*ms + 0.9*ms*rand()"
    # strong within a selective pool, and one in ten from the neurons that no memory uses
    plastic.w = (
        f"(J_b + (J_p - J_b)*int((kind_pre < {POOLS} and kind_pre == kind_post)"
        f" or (kind_pre == {POOLS} and rand() < gamma)))*{gain}"
    )
    spikes = b2.SpikeMonitor(cells, name="spikes")
    network = b2.Network(cells, *objects, spikes)
    return Script(network, duration * second, {"cells": spikes}, {"mu": inputs})


def external(background: float, duration: float, cue=True, read=True) -> np.ndarray:
    """Mean inputs in V, (bins, 7): the cue to pool 1, later the read-out signal to all of E."""
    mu = np.full((round(duration / BIN), POOLS + 2), background * 1e-3)
    mu[:, -1] = MU_I * 1e-3
    first, last = (round(t / BIN) for t in CUE)
    mu[first:last, 0] *= CUE_GAIN if cue else 1
    first, last = (round(t / BIN) for t in READ)
    mu[first:last, :-1] *= READ_GAIN if read else 1
    return mu


def population_spikes(rates: np.ndarray, width: float) -> np.ndarray:
    """Times in s at which the rate, in bins of ``width``, rises above 50 Hz; 50 ms apart."""
    above = np.flatnonzero(rates > 50.0) * width
    return above[np.append(True, np.diff(above) > 0.05)[: len(above)]]


def delay_numbers(done: Run, size: int, n_e: int) -> dict[str, float]:
    """Numbers of the delay, from a while after the cue to the read-out signal."""
    begin, end = CUE[1] + AFTER_CUE, READ[0]
    rates = done.binned("cells", slice(0, size), end, 0.01)[round(begin / 0.01) :]
    events = population_spikes(rates, 0.01)
    return {
        "delay_cued": done.rate("cells", slice(0, size), begin, end),
        "delay_others": done.rate("cells", slice(size, POOLS * size), begin, end),
        "delay_peak": float(rates.max()), "delay_sd": float(rates.std()),
        "population_spikes": len(events),
        "period_ms": float(np.diff(events).mean() * 1000) if len(events) > 1 else float("nan"),
    }  # fmt: skip


def run(seed, background=REGIMES["silent"], cue=True, read=True, target="cpp_standalone",
        scale=1.0, duration=DURATION):  # fmt: skip
    """Cue pool 1, wait, read out with a signal to all; rates in Hz, times in ms."""
    values = {"mu": external(background, duration, cue, read)}
    done = simulate(build, dict(scale=scale, duration=duration), values, seed, target)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    size = round(CODING * n_e)
    pools = [slice(p * size, (p + 1) * size) for p in range(POOLS)]
    during = [done.binned("cells", pool, READ[1], 0.01)[round(READ[0] / 0.01) :] for pool in pools]
    peaks = [float(rates.max()) for rates in during]
    return {
        "seed": seed, "background": background,
        "spontaneous_selective": done.rate("cells", slice(0, POOLS * size), CUE[0] / 3, CUE[0]),
        "spontaneous_other": done.rate("cells", slice(POOLS * size, n_e), CUE[0] / 3, CUE[0]),
        "spontaneous_inhibitory": done.rate("cells", slice(n_e, n_e + n_i), CUE[0] / 3, CUE[0]),
        "cue_rate": done.rate("cells", pools[0], *CUE), **delay_numbers(done, size, n_e),
        "read_peak_cued": peaks[0], "read_peak_others": max(peaks[1:]),
        "read_cued": done.rate("cells", pools[0], *READ),
        "read_others": done.rate("cells", slice(size, POOLS * size), *READ),
        "after_cued": done.rate("cells", pools[0], READ[1], duration),
        "build_seconds": done.build_seconds, "run_seconds": done.run_seconds,
    }  # fmt: skip


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for name, background in REGIMES.items():
        print(name, json.dumps([run(seed, background) for seed in range(seeds)], indent=1))
