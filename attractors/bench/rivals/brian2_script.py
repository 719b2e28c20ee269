"""Brian2: a random balanced network as one would write it by hand, without the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import brian2
import numpy as np
from brian2 import Hz, ms, mV

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
from attractors.bench.learning import Learning

STEP, SPIKES = 0.1 * ms, "spikes"


def network(objects: Sequence[Any]) -> Any:
    """Return a network of objects."""
    return brian2.Network(*objects)


def stepping() -> float:
    """Return the seconds for which the last standalone run stepped."""
    return float(brian2.get_device()._last_run_time)


def script(balanced: Balanced) -> Any:
    """Return the first network of a declaration."""
    matrix, other = balanced.excitatory[0], balanced.inhibitory[0]
    cells = _cells(len(matrix))
    first, pulse, drawn = matrix.shape[1], balanced.pulse, balanced.drawn
    return network(
        [
            cells,
            _synapses("from_e", cells[:first], cells, matrix, pulse, drawn),
            _synapses("from_i", cells[first:], cells, other, -BALANCE * pulse, drawn),
            _outside(balanced, cells),
            brian2.SpikeMonitor(cells, name=SPIKES),
        ]
    )


def learning_script(learning: Learning) -> Any:
    """Return a network whose synapses learn by STDP, as Brian2's documentation writes it."""
    matrix, rule = learning.weights, learning.rule
    cells = _cells(len(matrix))
    synapses = brian2.Synapses(
        cells,
        cells,
        """
        w : 1
        dapre/dt = -apre / tau_pre : 1 (event-driven)
        dapost/dt = -apost / tau_post : 1 (event-driven)
        """,
        on_pre="v_post += w * mV\nw = clip(w - down * apost, 0, top)\napre += 1",
        on_post="w = clip(w + up * apre, 0, top)\napost += 1",
        delay=DELAY * ms,
        dt=STEP,
        name="learning",
        namespace={
            "tau_pre": rule.tau_pre * ms,
            "tau_post": rule.tau_post * ms,
            "up": rule.potentiation * rule.maximum,
            "down": rule.depression * rule.maximum,
            "top": rule.maximum,
            "mV": mV,
        },
    )
    post, pre = np.nonzero(matrix)
    synapses.connect(i=pre.astype(np.int32), j=post.astype(np.int32))
    synapses.w = matrix[post, pre]
    outside = _outside(learning.balanced, cells)
    return network([cells, synapses, outside, brian2.SpikeMonitor(cells, name=SPIKES)])


def _cells(units: int) -> Any:
    cells = brian2.NeuronGroup(
        units,
        "dv/dt = -v / tau : volt (unless refractory)",
        threshold="v > theta",
        reset="v = v_reset",
        refractory=REFRACTORY * ms,
        method="exact",
        dt=STEP,
        name="cells",
        namespace={"tau": TAU * ms, "theta": THRESHOLD * mV, "v_reset": RESET * mV},
    )
    cells.v = "v_reset + (theta - v_reset) * rand()"
    return cells


def _outside(balanced: Balanced, cells: Any) -> Any:
    # as many sources outside as inside
    rate = balanced.outside / balanced.inputs * Hz
    return brian2.PoissonInput(cells, "v", balanced.inputs, rate, balanced.pulse * mV)


def _synapses(
    name: str, source: Any, target: Any, matrix: Weights, weight: float, drawn: bool
) -> Any:
    synapses = brian2.Synapses(
        source,
        target,
        "w : 1" if drawn else "",
        on_pre="v_post += w * weight" if drawn else "v_post += weight",
        delay=DELAY * ms,
        dt=STEP,
        name=name,
        namespace={"weight": weight * mV},
    )
    post, pre = np.nonzero(matrix)
    synapses.connect(i=pre.astype(np.int32), j=post.astype(np.int32))
    if drawn:
        synapses.w = matrix[post, pre]
    return synapses
