"""The linear memory's accuracy: published simulations, memories that are drawn, the limit."""

import math

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("pairs", "published"),
    [(422, 0.953), (844, 0.733), (1266, 0.463), (1688, 0.32), (2532, 0.155)],
)
def test_published_accuracies(pairs: int, published: float) -> None:
    found = at.theory.linear_memory_accuracy(128, pairs)
    assert abs(found - published) <= 0.07, f"{found} instead of {published}"


@pytest.mark.parametrize(("dimension", "pairs"), [(32, 30), (32, 90), (64, 150), (100, 900)])
def test_memories_that_are_drawn_name_as_many(dimension: int, pairs: int) -> None:
    rng = np.random.default_rng(pairs)
    seen = []
    for _ in range(max(8, 6000 // pairs)):
        keys, items = rng.normal(size=(2, pairs, dimension)) / math.sqrt(dimension)
        read = keys @ (keys.T @ items)
        seen.append(np.mean((read @ items.T).argmax(axis=1) == np.arange(pairs)))
    expected = at.theory.linear_memory_accuracy(dimension, pairs)
    error = np.std(seen, ddof=1) / math.sqrt(len(seen))
    assert abs(np.mean(seen) - expected) < 4 * error + 0.006, f"{np.mean(seen)} against {expected}"


def test_accuracy_falls_to_chance_and_one_pair_is_always_named() -> None:
    falling = [at.theory.linear_memory_accuracy(32, pairs) for pairs in (2, 20, 200, 2000, 20_000)]
    assert falling == sorted(falling, reverse=True)
    assert falling[0] > 0.99
    assert 1 / 20_000 < falling[-1] < 0.005
    assert at.theory.linear_memory_accuracy(32, 1) == 1.0


def test_the_transition_sharpens_at_the_square_of_the_dimension() -> None:
    halves = []
    for dimension in (512, 4096, 100_000):
        low, high = dimension, dimension**2
        while high > 1.001 * low:
            pairs = math.isqrt(low * high)
            named = at.theory.linear_memory_accuracy(dimension, pairs) > 0.5
            low, high = (pairs, high) if named else (low, pairs)
        halves.append(2 * low * math.log(low) / dimension**2)
    # the largest of n normal numbers lies below √(2 ln n): half are named beyond the limit
    assert halves[0] > halves[1] > halves[2] > 1.0
    assert halves[2] < 1.12


@pytest.mark.parametrize("arguments", [(1, 5), (10, 0), (2.5, 3)])
def test_values_out_of_range_are_refused(arguments) -> None:
    with pytest.raises(ParameterError, match="linear_memory_accuracy"):
        at.theory.linear_memory_accuracy(*arguments)
