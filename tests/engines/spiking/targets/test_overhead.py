"""Running a compiled program again costs little beside the program itself."""

from __future__ import annotations

import statistics
import subprocess
import time

import numpy as np
import pytest
from brian2 import mV

from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.compilers import missing


@pytest.mark.slow
@pytest.mark.skipif(bool(missing("cpp_standalone")), reason="no compiler")
def test_fifty_runs_cost_a_tenth_of_a_second_each_over_the_bare_program(kept, noisy):
    shape = (noisy.STEPS, noisy.UNITS)
    with isolated("cpp_standalone", kept):
        group, drive, monitor = noisy.noisy()
        session = noisy.session_of("cpp_standalone", group, monitor)
        session.run()
        folder = session._device.folder
        bare, ours = [], []
        # interleaved, for another load on the machine would count for one side only
        for seed in range(50):
            began = time.perf_counter()
            command = ["./main", "--results_dir", f"{folder}/results/"]
            subprocess.run(command, cwd=folder, check=True)
            bare.append(time.perf_counter() - began)
            began = time.perf_counter()
            session.run({drive: np.full(shape, 10.0) * mV, group.noise: 2 * mV}, seed=seed)
            assert monitor.num_spikes > 0
            ours.append(time.perf_counter() - began)
    over = statistics.median(np.subtract(ours, bare))
    print(f"\nbare {statistics.median(bare):.3f} s, overhead {over:.3f} s")
    assert over < 0.1, f"{over:.3f} s a run over the bare program"
