"""Random models agree between targets as well as between seeds."""

from __future__ import annotations

import brian2
import numpy as np
import pytest
from brian2 import Hz, ms, mV
from scipy.stats import ks_2samp

from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.compilers import missing
from attractors.engines.spiking.targets.session import start

UNITS, LENGTH, SEEDS = 100, 500.0, 10


def network():
    """Leaky units with inhibition among them, driven by Poisson spikes; each draws its own."""
    units = brian2.NeuronGroup(
        UNITS,
        "dv/dt = -v/(10*ms) : volt (unless refractory)",
        threshold="v > 10*mV",
        reset="v = 0*mV",
        refractory=2 * ms,
        method="exact",
        dt=0.1 * ms,
        name="agreeing_units",
    )
    source = brian2.PoissonInput(units, "v", 100, 12 * Hz, weight=0.9 * mV)
    synapses = brian2.Synapses(
        units, units, on_pre="v_post -= 0.3*mV", delay=1 * ms, dt=0.1 * ms, name="agreeing_synapses"
    )
    pre, post = np.nonzero(np.random.default_rng(0).random((UNITS, UNITS)) < 0.1)
    synapses.connect(i=pre, j=post)
    monitor = brian2.SpikeMonitor(units, name="agreeing_spikes")
    return brian2.Network(units, source, synapses, monitor, name="agreeing"), monitor


def measured(target, seeds):
    """Spike counts of units and intervals between their spikes in ms, by seed."""
    found = []
    with isolated(target):
        model, monitor = network()
        session = start(target, model, LENGTH)
        for seed in seeds:
            session.run(seed=seed)
            unit, time = np.array(monitor.i), np.array(monitor.t / ms)
            order = np.lexsort((time, unit))
            gaps = np.diff(time[order])[np.diff(unit[order]) == 0]
            found.append((np.bincount(unit, minlength=UNITS), gaps))
    return found


def distances(some, others, which):
    """Kolmogorov-Smirnov distance of every pair of runs that are not the same run."""
    return [ks_2samp(a[which], b[which]).statistic for a in some for b in others if a is not b]


@pytest.fixture(scope="module")
def reference():
    return measured("numpy", range(SEEDS))


@pytest.mark.slow
@pytest.mark.parametrize("target", ["cython", "cpp_standalone"])
def test_counts_and_intervals_differ_no_more_than_between_seeds(target, reference):
    if missing(target):
        pytest.skip(missing(target))
    found = measured(target, range(SEEDS))
    assert sum(counts.sum() for counts, _ in reference) > 1000
    for which, name in enumerate(("spike counts", "intervals")):
        # If both draw from one distribution, all pairs of runs are alike. Each run enters many
        # pairs: with s the deviation between pairs, of which at most half the variance comes from
        # either run, the mean over 10 x 10 pairs scatters by at most s/sqrt(10).
        between_seeds = distances(reference, reference, which)
        between_targets = np.mean(distances(reference, found, which))
        bound = np.mean(between_seeds) + 3 * np.std(between_seeds) / np.sqrt(SEEDS)
        print(f"\n{target}, {name}: {between_targets:.3f}, bound {bound:.3f}")
        assert between_targets < bound, f"{name}: {between_targets:.3f} against {bound:.3f}"
