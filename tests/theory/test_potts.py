"""Units with q states: published loads, the ±1 network at q = 2, and fields that are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import hopfield_capacity, hopfield_overlap, potts_capacity, potts_overlap
from attractors.theory.potts import _branch


@pytest.mark.parametrize(
    ("states", "published", "tolerance"), [(3, 0.4144, 1.2432373e-4), (10, 6.0191, 1.8057381e-3)]
)
def test_published_capacities(states: int, published: float, tolerance: float) -> None:
    """Rows potts_*."""
    assert abs(potts_capacity(states) - published) <= tolerance


def test_two_states_are_the_classical_network() -> None:
    assert potts_capacity(2) == pytest.approx(hopfield_capacity(), abs=1e-9)
    assert potts_overlap(0.12, 2) == pytest.approx(hopfield_overlap(0.12), abs=1e-8)
    assert potts_capacity(2, 0.99) == pytest.approx(hopfield_capacity(0.99), abs=1e-9)


def test_capacity_grows_as_the_pairs_of_states() -> None:
    """Kanter's 0.138 q(q-1)/2 holds within a tenth, from above for few states."""
    for states in (3, 5, 20):
        assert potts_capacity(states) == pytest.approx(0.138 * states * (states - 1) / 2, rel=0.1)


@pytest.mark.parametrize("states", [3, 6])
def test_units_in_drawn_fields_have_that_overlap_and_response(states: int) -> None:
    """The defining averages over 400,000 noisy fields on the simplex itself."""
    d, load = states - 1, 0.8 * potts_capacity(states)
    corners = (states * np.eye(states) - 1) / math.sqrt(states * d)
    m = potts_overlap(load, states)
    y = _branch(states).at(load)
    assert y is not None
    s = m * math.sqrt(states / d) / y
    # isotropic within the simplex: what points along the diagonal moves no decision
    noise = np.random.default_rng(states).standard_normal((400_000, states))
    noise -= noise.mean(axis=1, keepdims=True)
    taken = corners[np.argmax((m * corners[0] + s * noise) @ corners, axis=1)]
    along = taken @ corners[0]
    error = along.std() / math.sqrt(len(along))
    assert abs(along.mean() - m) < 4 * error
    each = (taken * noise).sum(axis=1) / (s * d)
    response, error = each.mean(), each.std() / math.sqrt(len(each))
    found = math.sqrt(load) / (d * s)
    assert abs((1 - response) - found) < 4 * error, f"{1 - response} against {found}"


def test_a_network_keeps_the_overlap() -> None:
    generator = np.random.default_rng(8)
    states, units = 3, 600
    load = round(0.75 * potts_capacity(states) * units)
    labels = generator.integers(0, states, (load, units))
    one_hot = np.eye(states)[labels]
    vectors = (states * one_hot - 1).reshape(load, -1)
    weights = vectors.T @ vectors
    for unit in range(units):
        weights[states * unit : states * (unit + 1), states * unit : states * (unit + 1)] = 0.0
    state = vectors.copy()
    for _ in range(10):
        for part in np.array_split(generator.permutation(units), 10):
            places = (states * part[:, None] + np.arange(states)).ravel()
            fields = (state @ weights[:, places]).reshape(load, len(part), states)
            state[:, places] = (states * np.eye(states)[fields.argmax(axis=2)] - 1).reshape(
                load, -1
            )
    each = (state * vectors).mean(axis=1) / (states - 1)
    expected = potts_overlap(load / units, states)
    # finite size, and stopping where nothing changes, move 1 - m by some per cent
    allowed = 4 * each.std(ddof=1) / math.sqrt(load) + 0.1 * (1 - expected)
    assert abs(each.mean() - expected) < allowed, f"{each.mean()} against {expected}"


def test_overlap_vanishes_beyond_capacity_and_bad_values_are_refused() -> None:
    assert potts_overlap(0.42, 3) == 0.0
    with pytest.raises(ParameterError, match="states is"):
        potts_capacity(1)
    with pytest.raises(ParameterError, match="overlap is"):
        potts_capacity(3, 1.0)
    with pytest.raises(ParameterError, match="load is"):
        potts_overlap(-0.1, 3)
