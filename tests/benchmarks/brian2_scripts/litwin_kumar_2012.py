"""Slow switching between clusters of excitatory neurons, by hand in plain Brian2.

Reference: A. Litwin-Kumar and B. Doiron (2012), Slow dynamics and high variability in balanced
cortical networks with clustered connections, Nat. Neurosci. 15, 1498–1505, doi:10.1038/nn.3220.

Sources of the parameters: the authors' published code (Julia, 2014, as copied in several public
repositories); rounded, its weights are those of the paper's table: J_EE 0.024, J_IE 0.014,
J_EI -0.045, J_II -0.057. Voltage is without unit, threshold 1, reset 0. Synaptic currents are
differences of exponentials of unit area: rise 1 ms, decay 3 ms (E) and 2 ms (I).
The dynamics has no noise: trials differ in the initial voltages only, drawn from [0, 1].
The uniform network has the same number of synapses and the weight of synapses between clusters.
"""

from __future__ import annotations

import json
import sys

import brian2 as b2
import numpy as np
from brian2 import ms, second
from targets import Run, Script, simulate

N_E, N_I, CLUSTERS = 4000, 1000, 50
P_EE, P_OTHER = 0.2, 0.5  # connection probabilities
R_EE, J_PLUS = 2.5, 1.9  # inside a cluster: connections more likely, and stronger
TAU_E, TAU_I = 15.0, 10.0  # ms
BIAS_E, BIAS_I = (1.1, 1.2), (1.0, 1.05)
SETTLED, DURATION, WINDOW = 0.5, 2.0, 0.1  # s
MEMBRANE = """
dv/dt = (mu - v)/tau + (decay_e - rise_e)/(3*ms - 1*ms) + (decay_i - rise_i)/(2*ms - 1*ms) : 1 \
(unless refractory)
drise_e/dt = -rise_e/(1*ms) : 1
ddecay_e/dt = -decay_e/(3*ms) : 1
drise_i/dt = -rise_i/(1*ms) : 1
ddecay_i/dt = -decay_i/(2*ms) : 1
mu : 1 (constant)
tau : second (constant)
"""


def weights(scale: float) -> dict[str, float]:
    """Weights of the four kinds of synapses, post before pre; they grow as 1/√K when scaled."""
    root = np.sqrt(P_EE * N_E * scale)
    return {
        "EE": 10 / TAU_E / root,
        "IE": 4 / TAU_I / root,
        "EI": -16 * 1.2 / TAU_E / root,
        "II": -16 / TAU_I / root,
    }


def connections(rng: np.random.Generator, n_e: int, n_i: int, clustered: bool):
    """Draw pre, post and weight of all synapses, from E and from I; cells of E come first."""
    ratio = R_EE if clustered else 1.0
    size = n_e // CLUSTERS
    outside = P_EE * n_e / (size * (ratio - 1) + n_e)
    w = weights(n_e / N_E)
    cluster = np.append(np.arange(n_e) // size, np.full(n_i, -1))
    parts = {"E": [], "I": []}
    for pre in range(n_e + n_i):
        if pre < n_e:
            same = cluster == cluster[pre]
            p = np.where(same, ratio * outside, outside)
            strength = w["EE"] * np.where(same, J_PLUS if clustered else 1.0, 1.0)
            p[n_e:], strength[n_e:] = P_OTHER, w["IE"]
        else:
            p = np.full(n_e + n_i, P_OTHER)
            strength = np.where(cluster >= 0, w["EI"], w["II"])
        p[pre] = 0.0  # no cell onto itself
        post = np.flatnonzero(rng.random(n_e + n_i) < p)
        origin = pre if pre < n_e else pre - n_e
        parts["E" if pre < n_e else "I"].append((np.full(len(post), origin), post, strength[post]))
    return {
        kind: [np.concatenate(each) for each in zip(*rows, strict=True)]
        for kind, rows in parts.items()
    }


def build(clustered: bool, network_seed: int, scale: float, duration: float) -> Script:
    """Declare one network, fixed by ``network_seed``; ``scale`` of the paper's neurons."""
    b2.defaultclock.dt = 0.1 * ms
    rng = np.random.default_rng(network_seed)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    cells = b2.NeuronGroup(n_e + n_i, MEMBRANE, threshold="v > 1", reset="v = 0",
                        refractory=5 * ms, method="euler", name="cells",
                        namespace={"ms": ms})  # fmt: skip
    cells.mu = np.append(rng.uniform(*BIAS_E, n_e), rng.uniform(*BIAS_I, n_i))
    cells.tau = np.append(np.full(n_e, TAU_E), np.full(n_i, TAU_I)) * ms
    cells.v = "rand()"
    synapses = []
    sources = {"E": cells[:n_e], "I": cells[n_e:]}
    for kind, (pre, post, strength) in connections(rng, n_e, n_i, clustered).items():
        suffix = kind.lower()
        arrival = f"rise_{suffix}_post += w; decay_{suffix}_post += w"
        group = b2.Synapses(sources[kind], cells, "w : 1", on_pre=arrival, name=f"from_{kind}")
        group.connect(i=pre, j=post)
        group.w = strength
        synapses.append(group)
    spikes = b2.SpikeMonitor(cells, name="spikes")
    return Script(b2.Network(cells, *synapses, spikes), duration * second, {"cells": spikes})


def counts(done: Run, n: int, duration: float) -> np.ndarray:
    """Spikes of each cell in windows of 100 ms after the network has settled: (n, windows)."""
    units, times = done.trains["cells"]
    edges = np.arange(SETTLED, duration + 1e-9, WINDOW)
    table, _, _ = np.histogram2d(units, times, bins=(np.arange(n + 1) - 0.5, edges))
    return table


def fano(table: np.ndarray) -> float:
    """Variance over mean of the counts over trials, averaged over cells: table (trials, n, w)."""
    variance, mean = table.var(axis=0, ddof=1).mean(axis=1), table.mean(axis=0).mean(axis=1)
    fires = mean > 0.05  # in half a hertz fewer there is nothing to divide by
    return float(np.mean(variance[fires] / mean[fires]))


def switching(done: Run, n_e: int, duration: float) -> dict[str, float]:
    """How unequal the clusters are, and how long they stay so."""
    size = n_e // CLUSTERS
    rates = np.array([
        done.binned("cells", slice(c * size, (c + 1) * size), duration, 0.025)
        for c in range(CLUSTERS)
    ])[:, round(SETTLED / 0.025) :]  # fmt: skip
    active = rates > 3 * np.median(rates) + 5
    switches = int(np.abs(np.diff(active.astype(int), axis=1)).sum())
    deviation = rates - rates.mean()
    lagged = [
        float((deviation[:, : -k or None] * deviation[:, k:]).mean())
        for k in range(min(20, rates.shape[1]))
    ]
    below = np.flatnonzero(np.array(lagged) < lagged[0] / np.e)
    return {
        "cluster_rate_sd": float(rates.std()), "cluster_rate_max": float(rates.max()),
        "active_share": float(active.mean()),
        "active_ms": 25.0 * float(active.sum()) / max(switches / 2, 1),
        "switches_per_second": switches / (duration - SETTLED),
        "correlation_ms": 25.0 * float(below[0]) if len(below) else 500.0,
    }  # fmt: skip


def run(seed, clustered=True, trials=10, target="cpp_standalone", scale=1.0,
        duration=DURATION):  # fmt: skip
    """Run trials on the network ``seed``; rates in Hz, Fano factor over trials."""
    structure = dict(clustered=clustered, network_seed=seed, scale=scale, duration=duration)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    tables, slow, rates, took = [], [], [], []
    for trial in range(trials):
        done = simulate(build, structure, {}, 1000 * seed + trial, target)
        tables.append(counts(done, n_e, duration))
        slow.append(switching(done, n_e, duration))
        cells = (slice(0, n_e), slice(n_e, n_e + n_i))
        rates.append([done.rate("cells", members, SETTLED, duration) for members in cells])
        took.append((done.build_seconds, done.run_seconds))
    averages = {key: float(np.mean([row[key] for row in slow])) for key in slow[0]}
    return {
        "seed": seed, "clustered": clustered, "trials": trials, "fano": fano(np.array(tables)),
        "rate_e": float(np.mean(rates, axis=0)[0]), "rate_i": float(np.mean(rates, axis=0)[1]),
        **averages, "build_seconds": took[0][0],
        "run_seconds": float(np.mean([each for _, each in took])),
    }  # fmt: skip


if __name__ == "__main__":
    networks = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    rows = [run(seed, clustered) for seed in range(networks) for clustered in (True, False)]
    print(json.dumps(rows, indent=1))
