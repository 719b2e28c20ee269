"""Synapses driven by spikes at given times, one for each pair of a source and a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import brian2
import numpy as np
import pytest
from brian2 import ms

from attractors.engines.spiking.free.learning import Learning
from attractors.engines.spiking.plasticity import Plasticity
from attractors.engines.spiking.state import isolated

Times = Sequence[Sequence[float]]
DT = 0.1


@pytest.fixture
def taught() -> Callable[..., np.ndarray[Any, Any]]:
    """The function that returns the weights (S,) that spikes at given times (ms) leave."""
    return weights_after


def weights_after(
    rule: Plasticity, arrivals: Times, fired: Times, start: float, rate: float = 40.0
) -> np.ndarray[Any, Any]:
    learning = Learning(rule, (rate, rate))
    with isolated("numpy"):
        source, target = _spikes(arrivals), _spikes(fired)
        synapses = brian2.Synapses(
            source,
            target,
            learning.model,
            on_pre=learning.on_pre,
            on_post=learning.on_post,
            namespace=learning.namespace,
            dt=DT * ms,
        )
        synapses.connect(j="i")
        synapses.w = start
        last = max(max(times) for times in (*arrivals, *fired))
        brian2.Network(source, target, synapses).run((last + 1.0) * ms)
        return np.array(synapses.w[:])


def _spikes(times: Times) -> Any:
    units = np.repeat(np.arange(len(times)), [len(row) for row in times])
    return brian2.SpikeGeneratorGroup(len(times), units, np.concatenate(times) * ms, dt=DT * ms)
