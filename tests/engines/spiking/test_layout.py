"""Slices of networks and trials in the fused groups."""

from __future__ import annotations

import numpy as np

from attractors.engines.spiking.layout import Layout

LAYOUT = Layout({"a": 3, "b": 2}, 2)


def test_trials_lie_side_by_side_with_contiguous_networks():
    assert (LAYOUT.per_trial, LAYOUT.total) == (5, 10)
    assert LAYOUT.start == {"a": 0, "b": 3}
    assert LAYOUT.pools({"a": 1, "b": 1}).tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3, 3]


def test_values_by_network_reach_every_replica():
    values = LAYOUT.everywhere({"a": np.array([1, 2, 3]), "b": 9})
    assert values.tolist() == [1, 2, 3, 9, 9] * 2


def test_indices_repeat_trial_by_trial():
    assert LAYOUT.replicas(np.array([4, 0])).tolist() == [4, 0, 9, 5]


def test_rows_land_in_their_trial_and_leave_the_rest_alone():
    flat = np.zeros(10)
    LAYOUT.place({"b": np.array([[1.0, 2.0]])}, flat)
    assert flat.tolist() == [0, 0, 0, 1, 2, 0, 0, 0, 0, 0]


def test_units_know_the_pool_of_their_block() -> None:
    layout = Layout({"a": 4, "b": 6}, trials=2)
    one = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3]
    assert layout.pools({"a": 1, "b": 3}).tolist() == [*one, *(pool + 4 for pool in one)]
