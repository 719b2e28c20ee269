"""Bounded synapses: walks that are simulated, the published number, iteration, and a network."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate

import attractors as at
from attractors.errors import ParameterError
from attractors.theory import bounded_capacity, bounded_overlap
from attractors.theory.bounded import _kept


@pytest.mark.parametrize(("bound", "simulated"), [(0.35, 0.048), (1.0, 0.0)])
def test_published_numbers(bound: float, simulated: float) -> None:
    """Rows parisi_*: one run of a network of N = 600 each."""
    assert abs(bounded_capacity(bound) - simulated) <= 0.015


def test_a_walk_between_bounds_keeps_the_chance_that_it_met_none() -> None:
    """Walks on 2h + 1 places, by powers of their transition matrix; exact up to some 1/h."""
    half = 200
    moves = np.eye(2 * half + 1, k=1) / 2 + np.eye(2 * half + 1, k=-1) / 2
    stays, modes = np.linalg.eigh(moves)
    share = modes.mean(axis=0) * modes.sum(axis=0)
    ages = np.array([1e-3, 0.015, 0.05, 0.4, 2.0])
    steps = np.round(ages * half**2)
    found = np.array([share @ stays**count for count in steps])
    assert np.abs(found - _kept(ages)).max() < 1 / half


def test_young_and_old_forms_of_what_is_kept_meet() -> None:
    before, after = _kept(np.array([0.02 - 1e-12, 0.02]))
    assert before == pytest.approx(after, abs=1e-9)


def iterated(age: float, bound: float) -> float:
    """Overlap by damped iteration, with the noise integrated over the root of the age."""

    def over_ages(power) -> float:
        def integrand(root: float) -> float:
            kept = float(_kept(np.array([root**2]))[0])
            return 2 * root * bound**2 * power(kept)

        return float(integrate.quad(integrand, 0.0, 5.0, limit=300, points=[0.14])[0])

    static = bound**2 / 3 - over_ages(lambda kept: kept**2)
    own = float(_kept(np.array([age / bound**2]))[0])
    m, c = 1.0, 0.0
    for _ in range(150):
        s = math.sqrt(over_ages(lambda kept, c=c: (kept / (1 - c * kept)) ** 2) + static)
        y = own * m / (math.sqrt(2) * s)
        m = math.erf(y)
        c = min(c + 0.5 * (math.sqrt(2 / math.pi) * math.exp(-(y**2)) / s - c), 0.999)
        if m < 0.3:
            return 0.0
    return m


@pytest.mark.parametrize("bound", [0.3, 0.45])
def test_iterating_the_equations_finds_the_same_overlap(bound: float) -> None:
    oldest = bounded_capacity(bound)
    found = bounded_overlap(0.85 * oldest, bound)
    assert found == pytest.approx(iterated(0.85 * oldest, bound), abs=1e-6)
    assert iterated(1.05 * oldest, bound) == 0.0
    assert bounded_overlap(1.05 * oldest, bound) == 0.0


def test_the_bound_has_a_best_value() -> None:
    found = [bounded_capacity(bound) for bound in (0.1, 0.25, 0.36, 0.5, 0.7)]
    assert int(np.argmax(found)) == 2
    assert bounded_capacity(0.8) == 0.0


@pytest.mark.parametrize("bound", [0.3, 0.5])
def test_a_full_network_recalls_by_age_what_is_expected(bound: float) -> None:
    """Ages up to 60 % of the oldest; a few runs, bound from their spread."""
    units, rule = 400, at.Bounded(bound)
    generator, found = np.random.default_rng(13), []
    ages = np.arange(max(round(0.6 * bounded_capacity(bound) * units), 1))
    for _ in range(5):
        # after 4 A² N patterns a step's trace is below 1 %
        rows = at.patterns.random_signs(round(4 * bound**2 * units), units, generator)
        start = np.triu(generator.uniform(-1, 1, (units, units)), 1) * bound * math.sqrt(units)
        weights = rule.learn(start + start.T, rows, rows, (None, None))
        np.fill_diagonal(weights, 0.0)
        newest = rows[::-1][ages].astype(float)
        states = newest.copy()
        for _ in range(8):
            for part in np.array_split(generator.permutation(units), 10):
                states[:, part] = np.sign(states @ weights[:, part] + 1e-9)
        found.append((states * newest).mean())
    expected = np.mean([bounded_overlap(age / units, bound) for age in ages])
    # finite size, and stopping where nothing changes, move 1 - m by some per cent
    allowed = 4 * np.std(found, ddof=1) / math.sqrt(len(found)) + 0.1 * (1 - expected)
    assert abs(np.mean(found) - expected) < allowed, f"{np.mean(found)} against {expected}"


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="bound is"):
        bounded_capacity(0.0)
    with pytest.raises(ParameterError, match="age is"):
        bounded_overlap(-0.1, 0.3)
