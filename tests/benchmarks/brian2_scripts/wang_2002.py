"""Decision between two populations of spiking neurons, by hand in plain Brian2.

Reference: X.-J. Wang (2002), Probabilistic decision making by slow reverberation in cortical
circuits, Neuron 36, 955–968, doi:10.1016/S0896-6273(02)01092-9.

Sources of the parameters: the paper's Experimental Procedures, as given by three public
implementations that agree on all numbers below but one: Brian2's example frompapers/Wang_2002
(K. Wimmer, M. Stimberg), the original laboratory's xjwanglab/book wang2002, NEST's example
wang_decision_making. They disagree on the spread of the stimulus rates, which are redrawn every
50 ms: 4 Hz (Brian2, NEST), none (xjwanglab), 10 Hz (BrainPy). Taken: 4 Hz; ``sigma`` changes it.
The time step is 0.1 ms as in Brian2 and NEST; the paper has 0.02 ms with Runge-Kutta of order 2.

NMDA in two ways. ``exact``: x and s for each presynaptic neuron, dx/dt = -x/2 ms, ds/dt =
-s/100 ms + 0.5 kHz x (1 - s), summed over populations at every step. ``events``: s jumps by
(1 - exp(-1)) (1 - s) at a spike, as it does when x has decayed; the jump travels through the
synapses of AMPA and decays in the target, which needs no sums and any matrix of weights.
"""

from __future__ import annotations

import json
import sys

import brian2 as b2
import numpy as np
from brian2 import Hz, kHz, ms, mV, nF, nS, second
from scipy.optimize import minimize
from targets import Script, simulate

N_E, N_I, SELECTIVE = 1600, 400, 0.15
BACKGROUND, MEAN_STIMULUS, REDRAWN = 2400 * Hz, 40.0, 0.05  # in Hz, s
STIMULUS = (0.5, 2.5)  # s
DURATION = 3.5  # s
W_PLUS = 1.7
CELLS = {
    "E": dict(C=0.5 * nF, gL=25 * nS, refractory=2 * ms, g_ext=2.1 * nS, g_ampa=0.05 * nS,
              g_nmda=0.165 * nS, g_gaba=1.3 * nS),
    "I": dict(C=0.2 * nF, gL=20 * nS, refractory=1 * ms, g_ext=1.62 * nS, g_ampa=0.04 * nS,
              g_nmda=0.13 * nS, g_gaba=1.0 * nS),
}  # fmt: skip
SHARED = dict(VL=-70 * mV, V_threshold=-50 * mV, V_reset=-55 * mV, VE=0 * mV, VI=-70 * mV, mV=mV,
              tau_ampa=2 * ms, tau_gaba=5 * ms, tau_nmda=100 * ms, tau_x=2 * ms, alpha=0.5 * kHz,
              jump_size=1 - np.exp(-1.0))  # fmt: skip
MEMBRANE = """
dV/dt = (-gL*(V - VL) - I_syn)/C : volt (unless refractory)
I_syn = (g_ext*s_ext + g_ampa*s_ampa)*(V - VE) + g_gaba*s_gaba*(V - VI) + I_nmda : amp
I_nmda = g_nmda*S_nmda*(V - VE)/(1 + exp(-0.062*V/mV)/3.57) : amp
ds_ext/dt = -s_ext/tau_ampa : 1
ds_ampa/dt = -s_ampa/tau_ampa : 1
ds_gaba/dt = -s_gaba/tau_gaba : 1
pool : integer (constant)
"""
TOTAL = {"exact": "S_nmda : 1\n", "events": "dS_nmda/dt = -S_nmda/tau_nmda : 1\n"}
GATE = {
    "exact": "ds/dt = -s/tau_nmda + alpha*x*(1 - s) : 1\ndx/dt = -x/tau_x : 1",
    "events": "ds/dt = -s/tau_nmda : 1\njump : 1",
}
SPIKE = {"exact": "V = V_reset", "events": "V = V_reset; jump = jump_size*(1 - s); s += jump"}
ARRIVAL = {"exact": "s_ampa_post += w", "events": "s_ampa_post += w; S_nmda_post += w*jump_pre"}


def build(nmda: str, dt: float, scale: float, duration: float, stimulus: np.ndarray) -> Script:
    """Declare the network with ``scale`` of the paper's neurons; stimulus: (bins, 2) Hz, dt: ms."""
    b2.defaultclock.dt = dt * ms
    sizes = {"E": round(N_E * scale), "I": round(N_I * scale)}
    rates = b2.TimedArray(stimulus * Hz, dt=REDRAWN * second, name="stimulus")
    groups = {}
    for name, cell in CELLS.items():
        cell = {key: value / scale if key in ("g_ampa", "g_nmda", "g_gaba") else value
                for key, value in cell.items()}  # fmt: skip
        excitatory = name == "E"
        group = b2.NeuronGroup(
            sizes[name],
            MEMBRANE + TOTAL[nmda] + (GATE[nmda] if excitatory else ""),
            threshold="V > V_threshold",
            reset=SPIKE[nmda] if excitatory else "V = V_reset",
            refractory=cell.pop("refractory"),
            method="euler",
            namespace=SHARED | cell,
            name=name,
        )
        group.V = "V_reset + (V_threshold - V_reset)*rand()"
        if excitatory:  # pools 1 and 2 are selective, pool 0 takes what is left
            group.pool = (
                np.minimum(np.arange(len(group)) // round(SELECTIVE * len(group)) + 1, 3) % 3
            )
        groups[name] = group
    inputs = [
        b2.PoissonInput(group, "s_ext", 1000, BACKGROUND / 1000, 1) for group in groups.values()
    ]
    selected = groups["E"][: 2 * round(SELECTIVE * sizes["E"])]
    source = b2.PoissonGroup(len(selected), "stimulus(t, i // half)", name="source",
                          namespace={"stimulus": rates, "half": len(selected) // 2})  # fmt: skip
    sight = b2.Synapses(source, selected, on_pre="s_ext_post += 1", name="sight")
    sight.connect(j="i")
    synapses = [*connect(groups, nmda), *inputs, source, sight]
    spikes = {name: b2.SpikeMonitor(group, name=f"spikes_{name}") for name, group in groups.items()}
    network = b2.Network(*groups.values(), *synapses, *spikes.values())
    return Script(network, duration * second, spikes, {"stimulus": rates})


def connect(groups: dict, nmda: str) -> list:
    """Connect all to all, 0.5 ms; within a selective pool × 1.7, from elsewhere × 0.876."""
    exc, inh = groups["E"], groups["I"]
    weights = {"same": W_PLUS, "other": 1 - SELECTIVE * (W_PLUS - 1) / (1 - SELECTIVE)}
    chosen = "1 + int(pool_{0} > 0)*(int(pool_{1} == pool_{0})*(same - other) + other - 1)"
    objects = []
    for name, group in groups.items():
        excitation = b2.Synapses(exc, group, "w : 1", on_pre=ARRIVAL[nmda], delay=0.5 * ms,
                              name=f"E{name}", namespace=weights)  # fmt: skip
        inhibition = b2.Synapses(
            inh, group, on_pre="s_gaba_post += 1", delay=0.5 * ms, name=f"I{name}"
        )
        excitation.connect()
        inhibition.connect()
        excitation.w = chosen.format("post", "pre") if group is exc else 1
        objects += [excitation, inhibition]
    if nmda == "exact":
        rise = b2.Synapses(exc, exc, on_pre="x_post += 1", delay=0.5 * ms, name="rise")
        rise.connect(j="i")
        pools = b2.NeuronGroup(3, "s : 1\npool : integer (constant)", name="pools")
        pools.pool = "i"
        gather = b2.Synapses(exc, pools, "s_post = s_pre : 1 (summed)", name="gather")
        gather.connect(j="pool_pre")
        objects += [rise, pools, gather]
        for name, group in groups.items():
            spread = b2.Synapses(pools, group, "w : 1\nS_nmda_post = w*s_pre : 1 (summed)",
                              name=f"spread_{name}", namespace=weights)  # fmt: skip
            spread.connect()
            spread.w = chosen.format("post", "pre") if group is exc else 1
            objects.append(spread)
    return objects


def stimulus_rates(seed: int, coherence: float, sigma: float, duration: float) -> np.ndarray:
    """Rates of the stimulus, (bins, 2) in Hz: 40 (1 + c) for pool 1 and 40 (1 - c) for pool 2."""
    bins = round(duration / REDRAWN)
    begin = REDRAWN * np.arange(bins)
    mean = MEAN_STIMULUS * np.array([1 + coherence / 100, 1 - coherence / 100])
    rates = mean + sigma * np.random.default_rng(seed).standard_normal((bins, 2))
    shown = (begin >= STIMULUS[0] - 1e-9) & (begin < STIMULUS[1] - 1e-9)
    return np.where(shown[:, None], np.maximum(rates, 0.0), 0.0)


def run(seed, coherence=0.0, sigma=4.0, nmda="events", target="cpp_standalone", dt=0.1, scale=1.0,
        duration=DURATION):  # fmt: skip
    """Run one trial; rates in Hz, ``correct`` whether pool 1, which is favoured, has won."""
    values = {"stimulus": stimulus_rates(seed, coherence, sigma, duration)}
    structure = dict(nmda=nmda, dt=dt, scale=scale, duration=duration)
    done = simulate(build, structure, values, seed, target)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    size = round(SELECTIVE * n_e)
    pools = [slice(0, size), slice(size, 2 * size)]
    late = (max(duration - 0.5, 0.0), duration)
    delay = [done.rate("E", pool, *late) for pool in pools]
    winner = int(delay[1] > delay[0])
    shown = [
        done.rate("E", pools[w], max(STIMULUS[1] - 0.3, STIMULUS[0]), STIMULUS[1])
        for w in (winner, 1 - winner)
    ]
    before = (0.2, STIMULUS[0])
    return {
        "seed": seed, "coherence": coherence, "sigma": sigma, "nmda": nmda, "dt": dt,
        "spontaneous_selective": done.rate("E", slice(0, 2 * size), *before),
        "spontaneous_other": done.rate("E", slice(2 * size, n_e), *before),
        "spontaneous_inhibitory": done.rate("I", slice(0, n_i), *before),
        "stimulus_winner": shown[0], "stimulus_loser": shown[1],
        "delay_winner": delay[winner], "delay_loser": delay[1 - winner],
        "delay_inhibitory": done.rate("I", slice(0, n_i), *late),
        "correct": winner == 0, "decided": delay[winner] > 2 * delay[1 - winner] + 5,
        "build_seconds": done.build_seconds, "run_seconds": done.run_seconds,
    }  # fmt: skip


def weibull(coherences: np.ndarray, correct: np.ndarray) -> tuple[float, float]:
    """Fit share correct = 1 - exp(-(c/alpha)^beta)/2 by maximum likelihood: (alpha %, beta)."""

    def loss(parameters: np.ndarray) -> float:
        alpha, beta = parameters
        share = np.clip(1 - 0.5 * np.exp(-((coherences / alpha) ** beta)), 1e-6, 1 - 1e-6)
        return -float(np.sum(np.where(correct, np.log(share), np.log(1 - share))))

    bounds = [(0.1, 100.0), (0.1, 10.0)]
    found = minimize(loss, [9.0, 1.5], method="Nelder-Mead", bounds=bounds)
    return float(found.x[0]), float(found.x[1])


if __name__ == "__main__":
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    rows = [
        run(100 * i + k, c) for k in range(trials) for i, c in enumerate((3.2, 6.4, 12.8, 25.6))
    ]
    print(json.dumps(rows, indent=1))
    print("alpha, beta:", weibull(np.array([r["coherence"] for r in rows]),
                                  np.array([r["correct"] for r in rows])))  # fmt: skip
