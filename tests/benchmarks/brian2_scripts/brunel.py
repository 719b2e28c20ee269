"""Random balanced network of 4,000 neurons and 1.28 million synapses, by hand in plain Brian2.

Reference: N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory
spiking neurons, J. Comput. Neurosci. 8, 183–208, doi:10.1023/A:1008925309027.

Model A of the paper (tau 20 ms, threshold 20 mV, reset 10 mV, refractory 2 ms, delay 1.5 ms)
at a third of its size: 3,200 + 800 neurons with 256 + 64 inputs each, which keeps the numbers of
excitatory to inhibitory neurons and inputs. J = 0.2 mV in place of 0.1 mV, as 1/√inputs; g = 5 and
eta = nu_ext/nu_threshold = 2. So small a network with 8 % contacts is not asynchronous: it fires at
55 Hz (pulses) in a fast common rhythm. It is here for what it costs, not for what it shows.
``exponential`` has currents that decay in 5 ms and bring the same charge as a pulse.
"""

from __future__ import annotations

import json
import sys

import brian2 as b2
import numpy as np
from brian2 import Hz, ms, mV, second
from targets import Script, simulate

N_E, N_I, IN_E, IN_I = 3200, 800, 256, 64
J, G, ETA, TAU, TAU_SYN, THETA = 0.2, 5.0, 2.0, 20.0, 5.0, 20.0  # mV, 1, 1, ms, ms, mV
DURATION, SETTLED = 1.0, 0.2  # s
MEMBRANE = {
    "pulse": "dv/dt = -v/tau : volt (unless refractory)",
    "exponential": """
dv/dt = (-v + current)/tau : volt (unless refractory)
dcurrent/dt = -current/tau_syn : volt
""",
}
# a pulse of J changes v at once; a current of J tau/tau_syn brings the same charge
TARGET = {"pulse": ("v", 1.0), "exponential": ("current", TAU / TAU_SYN)}


def connections(rng: np.random.Generator, n_post: int, n_pre: int, inputs: int):
    """Draw ``inputs`` presynaptic neurons for each neuron: (pre, post), each (n_post × inputs,)."""
    pre = np.concatenate([rng.choice(n_pre, inputs, replace=False) for _ in range(n_post)])
    return pre.astype(np.int32), np.repeat(np.arange(n_post, dtype=np.int32), inputs)


def build(synapses: str, network_seed: int, scale: float, duration: float) -> Script:
    """Declare the network; ``scale`` shrinks neurons and inputs, J grows by as much."""
    b2.defaultclock.dt = 0.1 * ms
    rng = np.random.default_rng(network_seed)
    n_e, n_i, in_e, in_i = (round(n * scale) for n in (N_E, N_I, IN_E, IN_I))
    variable, factor = TARGET[synapses]
    strength = J / scale * factor * mV
    cells = b2.NeuronGroup(n_e + n_i, MEMBRANE[synapses], threshold="v > theta", reset="v = 10*mV",
                        refractory=2 * ms, method="exact", name="cells",
                        namespace={"tau": TAU * ms, "tau_syn": TAU_SYN * ms, "theta": THETA * mV,
                                   "mV": mV})  # fmt: skip
    cells.v = "theta*rand()"
    objects = [cells]
    for name, source, inputs, weight in (("from_E", cells[:n_e], in_e, strength),
                                         ("from_I", cells[n_e:], in_i, -G * strength)):  # fmt: skip
        group = b2.Synapses(source, cells, on_pre=f"{variable}_post += weight", delay=1.5 * ms,
                         name=name, namespace={"weight": weight})  # fmt: skip
        pre, post = connections(rng, n_e + n_i, len(source), inputs)
        group.connect(i=pre, j=post)
        objects.append(group)
    threshold_rate = THETA / (J / scale * in_e * TAU) * 1000 * Hz
    objects.append(b2.PoissonInput(cells, variable, in_e, ETA * threshold_rate, strength))
    spikes = b2.SpikeMonitor(cells, name="spikes")
    return Script(b2.Network(*objects, spikes), duration * second, {"cells": spikes})


def irregularity(units: np.ndarray, times: np.ndarray, n: int) -> float:
    """Mean coefficient of variation of the intervals of neurons with five spikes or more."""
    order = np.lexsort((times, units))
    trains = np.split(times[order], np.cumsum(np.bincount(units, minlength=n))[:-1])
    intervals = [np.diff(train) for train in trains if len(train) >= 5]
    return float(np.mean([each.std() / each.mean() for each in intervals])) if intervals else 0.0


def run(seed, synapses="pulse", target="cpp_standalone", scale=1.0, duration=DURATION):
    """Run once; rates in Hz, coefficient of variation, seconds to build and to run."""
    structure = dict(synapses=synapses, network_seed=1, scale=scale, duration=duration)
    done = simulate(build, structure, {}, seed, target)
    n_e, n_i = round(N_E * scale), round(N_I * scale)
    units, times = done.trains["cells"]
    late = times >= SETTLED
    population = done.binned("cells", slice(0, n_e + n_i), duration, 0.001)[int(SETTLED * 1000) :]
    return {
        "seed": seed, "synapses": synapses, "target": target,
        "rate_e": done.rate("cells", slice(0, n_e), SETTLED, duration),
        "rate_i": done.rate("cells", slice(n_e, n_e + n_i), SETTLED, duration),
        "cv": irregularity(units[late], times[late], n_e + n_i),
        "population_rate_sd": float(population.std()), "spikes": len(units),
        "synapse_count": (n_e + n_i) * (round(IN_E * scale) + round(IN_I * scale)),
        "build_seconds": done.build_seconds, "run_seconds": done.run_seconds,
    }  # fmt: skip


if __name__ == "__main__":
    for each in sys.argv[1:] or ("numpy", "cython", "cpp_standalone"):
        for kind in ("pulse", "exponential"):
            # the second run of a target finds its code compiled
            rows = [run(seed, kind, each) for seed in range(2)]
            print(json.dumps(rows, indent=1))
