"""Random ensembles have the shape, the values and the activity that they state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.patterns import random_bernoulli, random_signs, random_sparse
from attractors.patterns.random import choose

# a mean of n independent draws leaves 4.5 standard errors once in 150,000 seeds
SIGMAS = 4.5


def test_signs_are_balanced_and_independent(rng: np.random.Generator) -> None:
    patterns = random_signs(200, 500, rng)
    assert patterns.dtype == np.int8
    assert set(np.unique(patterns)) == {-1, 1}
    # the mean of 1e5 signs has standard error 1/sqrt(1e5)
    assert abs(patterns.mean()) < SIGMAS / np.sqrt(patterns.size), patterns.mean()
    overlaps = (patterns.astype(float) @ patterns.T / 500)[np.triu_indices(200, 1)]
    # overlaps of different pairs are uncorrelated, each of variance 1/500
    assert abs(overlaps.mean()) < SIGMAS / np.sqrt(500 * overlaps.size), overlaps.mean()
    assert overlaps.var() == pytest.approx(1 / 500, rel=0.1)


def test_sparse_patterns_have_exactly_k_and_use_every_unit_alike(rng: np.random.Generator) -> None:
    count, units, active = 5000, 40, 4
    patterns = random_sparse(count, units, active, rng)
    assert patterns.dtype == np.int8
    assert set(np.unique(patterns)) == {0, 1}
    assert (patterns.sum(axis=1) == active).all()
    usage, a = patterns.mean(axis=0), active / units
    error = np.sqrt(a * (1 - a) / count)
    assert np.abs(usage - a).max() < SIGMAS * error, usage


def test_bernoulli_patterns_have_the_activity_and_its_spread(rng: np.random.Generator) -> None:
    count, units, a = 2000, 100, 0.1
    patterns = random_bernoulli(count, units, a, rng)
    assert patterns.dtype == np.int8
    sizes = patterns.sum(axis=1)
    variance = units * a * (1 - a)
    assert abs(sizes.mean() - units * a) < SIGMAS * np.sqrt(variance / count), sizes.mean()
    # the variance of a nearly normal sample has relative standard error sqrt(2/n) = 0.032
    assert sizes.var() == pytest.approx(variance, rel=SIGMAS * np.sqrt(2 / count))


def test_all_units_can_be_active(rng: np.random.Generator) -> None:
    assert random_sparse(2, 3, 3, rng).all()


@pytest.mark.parametrize(
    "draw",
    [
        lambda g: random_signs(3, 20, g),
        lambda g: random_sparse(3, 20, 4, g),
        lambda g: random_bernoulli(3, 20, 0.3, g),
    ],
)
def test_the_generator_alone_decides(draw: Callable[[np.random.Generator], Any]) -> None:
    first, again, other = (draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g: random_signs(0, 5, g), "count is 0"),
        (lambda g: random_signs(2, 2.5, g), "units is 2.5"),
        (lambda g: random_signs(2, 5, 3), "generator is 3; pass a numpy Generator"),
        (lambda g: random_sparse(2, 5, 6, g), "active is 6; there are only 5 units"),
        (lambda g: random_sparse(2, 5, 0, g), "active is 0"),
        (lambda g: random_bernoulli(2, 5, 0.0, g), "activity is 0.0"),
        (lambda g: random_bernoulli(2, 5, 2, g), "activity is 2; it is a fraction"),
        (lambda g: random_bernoulli(2, 5, float("nan"), g), "activity is nan"),
    ],
)
def test_impossible_numbers_are_refused(
    call: Callable[[np.random.Generator], Any], message: str, rng: np.random.Generator
) -> None:
    with pytest.raises(ParameterError, match=message):
        call(rng)


def test_choice_takes_the_exact_number_of_eligible_units(rng: np.random.Generator) -> None:
    eligible = rng.random((50, 30)) < 0.5
    counts = rng.integers(0, eligible.sum(axis=1) + 1)
    chosen = choose(eligible, counts, rng)
    np.testing.assert_array_equal(chosen.sum(axis=1), counts)
    assert not (chosen & ~eligible).any()
