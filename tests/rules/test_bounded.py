import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs
from attractors.seeding import stream

NOTHING = (None, None)


def test_every_step_stays_within_the_bounds():
    x, y = random_signs(300, 9, stream(0, "x")), random_signs(300, 7, stream(0, "y"))
    rule, bound = at.Bounded(0.5), 0.5 * np.sqrt(9)
    expected = np.zeros((7, 9))
    for a, b in zip(x, y, strict=True):
        expected = np.clip(expected + np.outer(b, a), -bound, bound)
    learned = rule.learn(rule.start((7, 9)), y, x, NOTHING)
    assert learned == pytest.approx(expected, abs=1e-12)
    assert np.abs(learned).max() == pytest.approx(bound)


def test_large_matrices_are_learned_block_by_block_with_the_same_result():
    x, rule = random_signs(5, 400, stream(0, "x")), at.Bounded(0.1)
    whole = rule.learn(rule.start((400, 400)), x, x, NOTHING)
    parts = rule.start((400, 400))
    for row in x:
        parts = rule.learn(parts, row[None], row[None], NOTHING)
    assert np.array_equal(whole, parts)
    assert np.array_equal(whole, whole.T)


def test_a_bound_below_one_step_scales_the_weights_and_the_factor():
    x, rule = random_signs(1, 16, stream(0, "x")), at.Bounded(0.1)
    weights = rule.learn(rule.start((16, 16)), x, x, NOTHING)
    assert np.abs(weights) == pytest.approx(np.full((16, 16), 0.4))
    assert (weights @ x[0] * rule.factor(16, 0.0)) == pytest.approx(x[0])


@pytest.mark.parametrize("bound", [0.0, -1.0, float("nan"), "1"])
def test_the_bound_must_be_above_zero(bound):
    with pytest.raises(ParameterError, match="Bounded: bound"):
        at.Bounded(bound)
