"""Synapses are put back to where they began, although little of them is kept."""

from __future__ import annotations

import brian2
import numpy as np
import pytest
from brian2 import ms

from attractors.engines.spiking.state import isolated
from attractors.engines.spiking.targets.initial import NAME
from attractors.engines.spiking.targets.session import start

UNITS = 5
PRE, POST = np.array([0, 1, 2, 4]), np.array([1, 2, 3, 0])
MODEL = "w : 1\nbound : 1 (constant)"


def network(weights):
    """Units that fire in every step, and synapses that count up to a bound."""
    units = brian2.NeuronGroup(
        UNITS, "v : 1", threshold="True", dt=1 * ms, name="firing_units", method="euler"
    )
    counting = brian2.Synapses(
        units, units, MODEL, on_pre="w = clip(w + 1, 0, bound)", dt=1 * ms, name="counting"
    )
    counting.connect(i=PRE, j=POST)
    counting.w, counting.bound = weights, 100.0
    counting.delay = np.arange(4) * ms
    return brian2.Network(units, counting), counting


@pytest.mark.parametrize("weights", [[0, 1, 0, 1], [0.5, 0.25, 2, 3], [0.1, 0.2, 0.3, 1e9]])
def test_what_changed_and_what_was_given_is_as_it_was(weights):
    with isolated("numpy"):
        made, counting = network(weights)
        session = start("numpy", made, 10.0)
        session.run()
        counted = np.clip(np.add(weights, [10, 9, 8, 7]), 0, 100)
        assert np.array_equal(counting.w[:], counted)
        session.run({counting.bound: np.array([3.0, 3.0, 3.0, 3.0])})
        assert np.array_equal(counting.w[:], np.full(4, 3.0))
        # neither the weights nor the bounds of the run before
        session.run()
        assert np.array_equal(counting.w[:], counted)
        assert np.array_equal(counting.bound[:], np.full(4, 100.0))
        assert np.array_equal(counting.i[:], PRE)
        assert np.array_equal(counting.j[:], POST)


def test_ends_and_constants_are_not_kept_twice_and_clipped_weights_in_a_byte():
    with isolated("numpy"):
        made, _ = network([0, 1, 0, 1])
        start("numpy", made, 10.0)
        stored = made._stored_state[NAME]
        assert not {"_synaptic_pre", "_synaptic_post", "bound"} & set(stored["counting"])
        assert "delay" not in stored["counting_pre"]
        assert stored["counting"]["w"][0].dtype == np.int8
