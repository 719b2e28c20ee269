"""NEST: the same random balanced network through PyNEST, on one thread."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from attractors.bench.balanced import (
    BALANCE,
    DELAY,
    REFRACTORY,
    RESET,
    TAU,
    THRESHOLD,
    Balanced,
    Weights,
)
from attractors.bench.contest import Rival
from attractors.seeding import stream

# ms
STEP = 0.1
SEED = 1


def prepare(balanced: Balanced, milliseconds: float) -> Callable[[], int]:
    """Return the function that goes on with a network for so long and returns its spikes.

    NEST holds one network in a process, and a second call goes on where the first has ended.

    Parameters
    ----------
    balanced : Balanced
        What is to run; its weights must all be one.
    milliseconds : float
        Length of a run.
    """
    with _aside():
        import nest
    if hasattr(nest, "VerbosityLevel"):
        nest.verbosity = nest.VerbosityLevel.ERROR
    else:
        nest.set_verbosity("M_ERROR")
    nest.ResetKernel()
    nest.SetKernelStatus({"resolution": STEP, "rng_seed": SEED, "local_num_threads": 1})
    matrix, other = balanced.excitatory[0], balanced.inhibitory[0]
    cells = nest.Create("iaf_psc_delta", len(matrix), params=_parameters())
    draws = stream(0, "bench", "nest")
    cells.set({"V_m": draws.uniform(0.0, THRESHOLD, len(matrix)).tolist()})
    ids = np.asarray(cells.tolist(), np.int64)
    first, pulse = matrix.shape[1], balanced.pulse
    _connect(nest, ids[:first], ids, matrix, pulse)
    _connect(nest, ids[first:], ids, other, -BALANCE * pulse)
    # a generator sends a train of its own to each target
    outside = nest.Create("poisson_generator", params={"rate": balanced.outside})
    nest.Connect(outside, cells, syn_spec={"weight": pulse, "delay": DELAY})
    recorder = nest.Create("spike_recorder")
    nest.Connect(cells, recorder)

    def run() -> int:
        before = recorder.n_events
        nest.Simulate(float(milliseconds))
        return int(recorder.n_events - before)

    return run


@contextmanager
def _aside() -> Iterator[None]:
    """Send to standard error what anybody prints, NEST's greeting: rows go to the other one."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


def _parameters() -> dict[str, float]:
    return {
        "C_m": 1.0,
        "E_L": 0.0,
        "I_e": 0.0,
        "tau_m": TAU,
        "t_ref": REFRACTORY,
        "V_th": THRESHOLD,
        "V_reset": RESET,
    }


def _connect(nest: Any, sources: Any, targets: Any, matrix: Weights, weight: float) -> None:
    post, pre = np.nonzero(matrix)
    each = {"weight": np.full(len(post), weight), "delay": np.full(len(post), DELAY)}
    nest.Connect(sources[pre], targets[post], "one_to_one", each)


NEST = Rival("nest-simulator", "PyNEST, one thread", prepare)
