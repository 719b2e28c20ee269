import numpy as np
import pytest

from attractors.patterns import random_signs, random_sparse
from attractors.rules.contrast import contrast
from attractors.rules.counts import Counts
from attractors.seeding import stream


def measured(weights, post, pre):
    """The same by the fields of all patterns."""
    field = pre @ weights.T
    difference = 1 - post.min()
    return (field[post > 0].mean() - field[post <= 0].mean()) / difference


@pytest.mark.parametrize("signs", [(True, True), (False, False), (True, False), (False, True)])
def test_counts_give_what_the_fields_of_all_patterns_give(signs, rng):
    draws = [
        (lambda n, u, g: random_signs(n, u, g))
        if sign
        else (lambda n, u, g: random_sparse(n, u, 7, g))
        for sign in signs
    ]
    post, pre = (
        draw(9, units, stream(0, str(units))).astype(np.int8)
        for draw, units in zip(draws, (30, 20), strict=True)
    )
    weights = rng.normal(0.3, 1.0, (30, 20))
    low = (-1 if signs[0] else 0, -1 if signs[1] else 0)
    found = contrast(weights, Counts.of(post, pre), *low, recurrent=False)
    assert found == pytest.approx(measured(weights, post, pre))


def test_the_diagonal_of_a_recurrent_matrix_counts_for_nothing(rng):
    patterns = random_signs(9, 30, stream(0, "x"))
    weights, counts = rng.normal(size=(30, 30)), Counts.of(patterns, patterns)
    heavy = weights + 100 * np.eye(30)
    found = [contrast(each, counts, -1, -1, recurrent=True) for each in (weights, heavy)]
    assert found[0] == pytest.approx(found[1])
    assert np.array_equal(heavy - weights, 100 * np.eye(30))


@pytest.mark.parametrize("active", [0, 1])
def test_patterns_that_part_nothing_have_none(active):
    patterns = np.full((3, 5), active, np.int8)
    assert contrast(np.ones((5, 5)), Counts.of(patterns, patterns), 0, 0, recurrent=False) == 0.0
