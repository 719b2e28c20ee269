"""Working memory of five objects in persistent activity, by hand in plain Brian2.

Reference: N. Brunel and X.-J. Wang (2001), Effects of neuromodulation in a cortical network model
of object working memory dominated by recurrent inhibition, J. Comput. Neurosci. 11, 63–85,
doi:10.1023/A:1011204814320.

Sources of the parameters: the paper's section 2, as given by Brian2's example
frompapers/Brunel_Wang_2001: 800 + 200 neurons, five selective pools of f = 0.1, w+ = 2.1,
background 800 × 3 Hz. Conductances are the paper's for 800 and 200 presynaptic neurons.
The example has no delays; taken: 0.5 ms, as in Wang (2002). Its stimulus is 80 × 25 Hz more for
50 ms; taken: ``strength`` in Hz of further input spikes to each neuron of a pool for 0.5 s, so
that the strength of a distractor can be varied finely beside a cue of the same length.
NMDA is exact: x and s for each presynaptic neuron, summed over pools at every step.
"""

from __future__ import annotations

import json
import sys

import brian2 as b2
import numpy as np
from brian2 import Hz, kHz, ms, mV, nF, nS, second
from targets import Run, Script, simulate

N_E, N_I, POOLS, SELECTIVE, W_PLUS = 800, 200, 5, 0.1, 2.1
BIN = 0.1  # s, of the stimulus
CUE, SECOND, DURATION = (1.0, 1.5), (2.5, 3.0), 4.0  # s
SETTLE, LAST = 0.3, 0.5  # s: rates are measured after the first, and the outcome in the last
CELLS = {
    "E": dict(C=0.5 * nF, gL=25 * nS, refractory=2 * ms, g_ext=2.08 * nS, g_ampa=0.104 * nS,
              g_nmda=0.327 * nS, g_gaba=1.25 * nS),
    "I": dict(C=0.2 * nF, gL=20 * nS, refractory=1 * ms, g_ext=1.62 * nS, g_ampa=0.081 * nS,
              g_nmda=0.258 * nS, g_gaba=0.973 * nS),
}  # fmt: skip
SHARED = dict(VL=-70 * mV, V_threshold=-50 * mV, V_reset=-55 * mV, VE=0 * mV, VI=-70 * mV, mV=mV,
              tau_ampa=2 * ms, tau_gaba=10 * ms, tau_nmda=100 * ms, tau_x=2 * ms,
              alpha=0.5 * kHz)  # fmt: skip
MEMBRANE = """
dV/dt = (-gL*(V - VL) - I_syn)/C : volt (unless refractory)
I_syn = (g_ext*s_ext + g_ampa*s_ampa)*(V - VE) + g_gaba*s_gaba*(V - VI) + I_nmda : amp
I_nmda = g_nmda*S_nmda*(V - VE)/(1 + exp(-0.062*V/mV)/3.57) : amp
ds_ext/dt = -s_ext/tau_ampa : 1
ds_ampa/dt = -s_ampa/tau_ampa : 1
ds_gaba/dt = -s_gaba/tau_gaba : 1
S_nmda : 1
pool : integer (constant)
"""
GATE = "ds/dt = -s/tau_nmda + alpha*x*(1 - s) : 1\ndx/dt = -x/tau_x : 1"


def build(scale: float, duration: float, stimulus: np.ndarray) -> Script:
    """Declare the network with ``scale`` of the paper's neurons; stimulus: (bins, 5) Hz."""
    b2.defaultclock.dt = 0.1 * ms
    sizes = {"E": round(N_E * scale), "I": round(N_I * scale)}
    rates = b2.TimedArray(stimulus * Hz, dt=BIN * second, name="stimulus")
    groups = {}
    for name, cell in CELLS.items():
        cell = {key: value / scale if key in ("g_ampa", "g_nmda", "g_gaba") else value
                for key, value in cell.items()}  # fmt: skip
        group = b2.NeuronGroup(
            sizes[name],
            MEMBRANE + (GATE if name == "E" else ""),
            threshold="V > V_threshold",
            reset="V = V_reset",
            refractory=cell.pop("refractory"),
            method="euler",
            namespace=SHARED | cell,
            name=name,
        )
        group.V = "V_reset + (V_threshold - V_reset)*rand()"
        groups[name] = group
    size = round(SELECTIVE * sizes["E"])
    # pools 1 to 5 are selective, pool 0 takes what is left
    pools = np.arange(sizes["E"]) // size + 1
    groups["E"].pool = np.where(pools > POOLS, 0, pools)
    inputs = [b2.PoissonInput(group, "s_ext", 800, 3 * Hz, 1) for group in groups.values()]
    selected = groups["E"][: POOLS * size]
    source = b2.PoissonGroup(len(selected), "stimulus(t, i // size)", name="source",
                          namespace={"stimulus": rates, "size": size})  # fmt: skip
    sight = b2.Synapses(source, selected, on_pre="s_ext_post += 1", name="sight")
    sight.connect(j="i")
    spikes = {name: b2.SpikeMonitor(group, name=f"spikes_{name}") for name, group in groups.items()}
    objects = [*groups.values(), *connect(groups), *inputs, source, sight, *spikes.values()]
    return Script(b2.Network(*objects), duration * second, spikes, {"stimulus": rates})


def connect(groups: dict) -> list:
    """Connect all to all, 0.5 ms; within a selective pool × 2.1, from elsewhere × 0.878."""
    exc, inh = groups["E"], groups["I"]
    weights = {"same": W_PLUS, "other": 1 - SELECTIVE * (W_PLUS - 1) / (1 - SELECTIVE)}
    # what arrives at the nonselective pool is of weight 1
    chosen = "1 + int(pool_post > 0)*(int(pool_pre == pool_post)*(same - other) + other - 1)"
    pools = b2.NeuronGroup(POOLS + 1, "s : 1\npool : integer (constant)", name="pools")
    pools.pool = "i"
    gather = b2.Synapses(exc, pools, "s_post = s_pre : 1 (summed)", name="gather")
    gather.connect(j="pool_pre")
    rise = b2.Synapses(exc, exc, on_pre="x_post += 1", delay=0.5 * ms, name="rise")
    rise.connect(j="i")
    objects = [pools, gather, rise]
    for name, group in groups.items():
        ampa = b2.Synapses(exc, group, "w : 1", on_pre="s_ampa_post += w", delay=0.5 * ms,
                        name=f"ampa_{name}", namespace=weights)  # fmt: skip
        gaba = b2.Synapses(
            inh, group, on_pre="s_gaba_post += 1", delay=0.5 * ms, name=f"gaba_{name}"
        )
        nmda = b2.Synapses(pools, group, "w : 1\nS_nmda_post = w*s_pre : 1 (summed)",
                        name=f"nmda_{name}", namespace=weights)  # fmt: skip
        for synapses in (ampa, gaba, nmda):
            synapses.connect()
        for synapses in (ampa, nmda):
            synapses.w = chosen if group is exc else 1
        objects += [ampa, gaba, nmda]
    return objects


def stimulus_rates(cue: float, second_strength: float, duration: float) -> np.ndarray:
    """Rates of the stimulus, (bins, 5) in Hz: the cue to the first pool, another to the second."""
    rates = np.zeros((round(duration / BIN), POOLS))
    for pool, (shown, strength) in enumerate(((CUE, cue), (SECOND, second_strength))):
        rates[round(shown[0] / BIN) : round(shown[1] / BIN), pool] = strength
    return rates


def state(done: Run, pools: list[slice], start: float, stop: float) -> tuple[int, np.ndarray]:
    """Which pool is active, 1 to 5 or 0 for none, and the rates of all five in Hz."""
    rates = np.array([done.rate("E", pool, start, stop) for pool in pools])
    others = np.median(rates)
    # active: three times what the pools fire that nobody has stimulated, and 10 Hz at least
    active = int(rates.argmax()) + 1 if rates.max() > max(10.0, 3 * others) else 0
    return active, rates


def run(seed, cue=200.0, second_strength=0.0, target="cpp_standalone", scale=1.0,
        duration=DURATION):  # fmt: skip
    """Cue the first pool, stimulate the second in the delay; rates in Hz, strengths in Hz."""
    values = {"stimulus": stimulus_rates(cue, second_strength, duration)}
    done = simulate(build, dict(scale=scale, duration=duration), values, seed, target)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    size = round(SELECTIVE * n_e)
    pools = [slice(p * size, (p + 1) * size) for p in range(POOLS)]
    held, first = state(done, pools, CUE[1] + SETTLE, SECOND[0])
    after, last = state(done, pools, duration - LAST, duration)
    return {
        "seed": seed, "cue": cue, "second": second_strength,
        "spontaneous_selective": done.rate("E", slice(0, POOLS * size), SETTLE, CUE[0]),
        "spontaneous_other": done.rate("E", slice(POOLS * size, n_e), SETTLE, CUE[0]),
        "spontaneous_inhibitory": done.rate("I", slice(0, n_i), SETTLE, CUE[0]),
        "cue_rate": done.rate("E", pools[0], *CUE), "held": held, "after": after,
        "persistent": float(first[0]), "persistent_others": float(first[1:].mean()),
        "persistent_inhibitory": done.rate("I", slice(0, n_i), CUE[1] + SETTLE, SECOND[0]),
        "final": last.tolist(),
        "build_seconds": done.build_seconds, "run_seconds": done.run_seconds,
    }  # fmt: skip


if __name__ == "__main__":
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for strength in (0.0, 50.0, 100.0, 200.0, 400.0):
        rows = [run(seed, second_strength=strength) for seed in range(seeds)]
        print(json.dumps(rows, indent=1))
