"""Brian2: a random balanced network as one would write it by hand, without the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import brian2
import numpy as np
from brian2 import Hz, ms, mV
from numpy.typing import NDArray

from attractors.bench.balanced import (
    BALANCE,
    DELAY,
    REFRACTORY,
    RESET,
    TAU,
    THRESHOLD,
    Balanced,
)

STEP = 0.1 * ms


def network(objects: Sequence[Any]) -> Any:
    """Return a network of objects."""
    return brian2.Network(*objects)


def stepping() -> float:
    """Return the seconds for which the last standalone run stepped."""
    return float(brian2.get_device()._last_run_time)


def script(balanced: Balanced) -> Any:
    """Return the first network of a declaration."""
    matrix, other = balanced.excitatory[0], balanced.inhibitory[0]
    cells = brian2.NeuronGroup(
        len(matrix),
        "dv/dt = -v / tau : volt (unless refractory)",
        threshold="v > theta",
        reset="v = v_reset",
        refractory=REFRACTORY * ms,
        method="exact",
        dt=STEP,
        name="cells",
        namespace={"tau": TAU * ms, "theta": THRESHOLD * mV, "v_reset": RESET * mV},
    )
    cells.v = "theta * rand()"
    first = matrix.shape[1]
    objects = [
        cells,
        _synapses("from_e", cells[:first], cells, matrix, balanced.pulse),
        _synapses("from_i", cells[first:], cells, other, -BALANCE * balanced.pulse),
    ]
    # as many sources outside as inside
    rate = balanced.outside / balanced.inputs * Hz
    objects.append(brian2.PoissonInput(cells, "v", balanced.inputs, rate, balanced.pulse * mV))
    spikes = brian2.SpikeMonitor(cells, name="spikes")
    return network([*objects, spikes])


def _synapses(name: str, source: Any, target: Any, matrix: NDArray[np.bool_], weight: float) -> Any:
    synapses = brian2.Synapses(
        source,
        target,
        on_pre="v_post += weight",
        delay=DELAY * ms,
        dt=STEP,
        name=name,
        namespace={"weight": weight * mV},
    )
    post, pre = np.nonzero(matrix)
    synapses.connect(i=pre.astype(np.int32), j=post.astype(np.int32))
    return synapses
