"""Patterns that fade: published strengths and ages, the integrals done by hand, and a network."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate

import attractors as at
from attractors.errors import ParameterError
from attractors.theory import (
    palimpsest_best,
    palimpsest_capacity,
    palimpsest_overlap,
    palimpsest_weakest,
)


def test_published_numbers() -> None:
    """Rows pal_*."""
    assert abs(palimpsest_capacity(4.108) - 0.0489585) <= 2e-5
    assert abs(palimpsest_capacity(6.0) - 0.04057) <= 2e-5
    assert abs(palimpsest_weakest() - 2.46481) <= 1e-3
    assert palimpsest_best() == pytest.approx(4.108, abs=1e-3)


def test_too_weak_a_memory_recalls_nothing_and_a_strong_one_little() -> None:
    weakest = palimpsest_weakest()
    assert palimpsest_capacity(weakest * 0.999) == 0.0
    assert 0 < palimpsest_capacity(weakest * 1.001) < 1e-3
    assert palimpsest_capacity(40.0) < 0.1 * palimpsest_capacity(4.1)


def iterated(age: float, epsilon: float) -> float:
    """Overlap by damped iteration, with the noise integrated over ages."""
    own, m, c = epsilon * math.exp(-(epsilon**2) * age / 2), 1.0, 0.0

    def contribution(x: float) -> float:
        strength = epsilon * math.exp(-(epsilon**2) * x / 2)
        return float((strength / (1 - strength * c)) ** 2)

    for _ in range(300):
        s = math.sqrt(integrate.quad(contribution, 0.0, 60 / epsilon**2, limit=200)[0])
        y = own * m / (math.sqrt(2) * s)
        m = math.erf(y)
        c = min(c + 0.5 * (math.sqrt(2 / math.pi) * math.exp(-(y**2)) / s - c), 0.999 / epsilon)
        if m < 0.3:
            return 0.0
    return m


@pytest.mark.parametrize("epsilon", [3.0, 5.0])
def test_iterating_the_equations_stops_at_the_same_age(epsilon: float) -> None:
    oldest = palimpsest_capacity(epsilon)
    found = palimpsest_overlap(0.9 * oldest, epsilon)
    assert found == pytest.approx(iterated(0.9 * oldest, epsilon), abs=1e-6)
    assert iterated(1.03 * oldest, epsilon) == 0.0
    assert palimpsest_overlap(1.03 * oldest, epsilon) == 0.0


def test_a_full_network_recalls_by_age_what_is_expected() -> None:
    """Ages up to 60 % of the oldest; a few runs, bound from their spread."""
    units, rule = 600, at.Marginalist(4.1)
    generator, found = np.random.default_rng(11), []
    ages = np.arange(round(0.6 * palimpsest_capacity(rule.strength) * units))
    for _ in range(6):
        # after 5/ε² N patterns the rest is e⁻⁵ of the variance
        stored = round(5 * units / rule.strength**2)
        rows = at.patterns.random_signs(stored, units, generator)
        weights = rule.learn(np.zeros((units, units)), rows, rows, (None, None))
        np.fill_diagonal(weights, 0.0)
        newest = rows[::-1][ages].astype(float)
        states = newest.copy()
        for _ in range(8):
            for part in np.array_split(generator.permutation(units), 10):
                states[:, part] = np.sign(states @ weights[:, part] + 1e-9)
        found.append((states * newest).mean())
    expected = np.mean([palimpsest_overlap(age / units, rule.strength) for age in ages])
    # finite size, and stopping where nothing changes, move 1 - m by some per cent
    allowed = 4 * np.std(found, ddof=1) / math.sqrt(len(found)) + 0.1 * (1 - expected)
    assert abs(np.mean(found) - expected) < allowed, f"{np.mean(found)} against {expected}"


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="strength is"):
        palimpsest_capacity(0.0)
    with pytest.raises(ParameterError, match="age is"):
        palimpsest_overlap(-0.1, 4.0)
