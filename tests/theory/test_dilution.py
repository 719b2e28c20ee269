"""Diluted networks: published loads, both limits of dilution, and networks that are drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import (
    diluted_capacity,
    diluted_overlap,
    hopfield_capacity,
    hopfield_overlap,
    strongly_diluted_capacity,
    strongly_diluted_overlap,
)


def test_published_loads_and_overlaps() -> None:
    """Rows symdil_* and dgz*."""
    assert abs(diluted_capacity(0.75) - 0.11368) <= 1e-4
    assert abs(diluted_capacity(0.1) - 0.02763) <= 1e-4
    assert abs(strongly_diluted_capacity() - 0.6366198) <= 1e-6
    assert abs(strongly_diluted_overlap(0.2) - 0.9698991) <= 1e-5
    assert abs(strongly_diluted_overlap(0.4) - 0.7861181) <= 1e-5


def test_nothing_missing_is_the_classical_network() -> None:
    assert diluted_capacity(1.0) == pytest.approx(hopfield_capacity(), abs=1e-9)
    assert diluted_overlap(0.1, 1.0) == pytest.approx(hopfield_overlap(0.1), abs=1e-9)


def test_hardly_anything_left_approaches_two_over_pi_patterns_an_input() -> None:
    """The gap closes with the root of c: α/c = (s/(1+…))² at ever smaller y."""
    found = [diluted_capacity(c) / c for c in (1e-1, 1e-3, 1e-5, 1e-7)]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(2 / math.pi, abs=0.01)


def iterated(load: float, c: float) -> float:
    """Overlap by iterating m, C and the noise in turn."""
    m, response = 1.0, 0.0
    for _ in range(2000):
        variance = load * ((1 - response) ** -2 + (1 - c) / c)
        y = m / math.sqrt(2 * variance)
        m, response = math.erf(y), math.sqrt(2 / math.pi / variance) * math.exp(-(y**2))
        if m < 0.3:
            return 0.0
    return m


@pytest.mark.parametrize("c", [0.6, 0.3, 0.05])
def test_iterating_the_equations_finds_the_same_overlap_and_capacity(c: float) -> None:
    critical = diluted_capacity(c)
    assert diluted_overlap(0.9 * critical, c) == pytest.approx(iterated(0.9 * critical, c))
    assert iterated(1.01 * critical, c) == 0.0
    assert diluted_overlap(1.01 * critical, c) == 0.0


@pytest.mark.parametrize("load", [0.1, 0.3, 0.55])
def test_the_strongly_diluted_overlap_is_its_own_next(load: float) -> None:
    m = strongly_diluted_overlap(load)
    assert 0 < m == pytest.approx(math.erf(m / math.sqrt(2 * load)), abs=1e-10)
    assert strongly_diluted_overlap(0.64) == 0.0


def test_the_strongly_diluted_overlap_falls_to_zero_as_a_root() -> None:
    """erf(x) ≈ (2x - 2x³/3)/√π, so that m² ≈ 6α(1 - √(α/α_c)) near α_c."""
    load = strongly_diluted_capacity() * 0.999
    root = 6 * load * (1 - math.sqrt(0.999))
    assert strongly_diluted_overlap(load) ** 2 == pytest.approx(root, rel=0.01)


def test_a_symmetrically_diluted_network_keeps_the_overlap() -> None:
    """At 70 % of capacity, from the stored patterns."""
    generator = np.random.default_rng(2)
    units, c = 1000, 0.5
    load = round(0.7 * diluted_capacity(c) * units)
    rows = generator.choice([-1.0, 1.0], (load, units))
    kept = np.triu(generator.random((units, units)) < c, 1)
    weights = (rows.T @ rows) * (kept + kept.T)
    states = rows.copy()
    for _ in range(12):
        for part in np.array_split(generator.permutation(units), 10):
            states[:, part] = np.sign(states @ weights[:, part] + 1e-9)
    each = (states * rows).mean(axis=1)
    expected = diluted_overlap(load / units, c)
    allowed = 4 * each.std(ddof=1) / math.sqrt(load) + 0.1 * (1 - expected)
    assert abs(each.mean() - expected) < allowed, f"{each.mean()} against {expected}"


def test_values_out_of_range_are_refused() -> None:
    for connectivity in (0.0, 1.5, float("nan")):
        with pytest.raises(ParameterError, match="connectivity is"):
            diluted_capacity(connectivity)
    with pytest.raises(ParameterError, match="overlap is"):
        diluted_capacity(0.5, 1.0)
    with pytest.raises(ParameterError, match="load is"):
        strongly_diluted_overlap(0.0)
