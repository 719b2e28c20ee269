import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def learned(rule, post, pre, activity=(None, None)):
    start = np.zeros((post.shape[1], pre.shape[1]), rule.dtype)
    return rule.learn(start, post, pre, activity)


def test_hebbian_weights_are_sums_of_products():
    x, y = random_signs(7, 12, stream(0, "x")), random_signs(7, 9, stream(0, "y"))
    expected = sum(np.outer(b, a) for a, b in zip(x.astype(int), y.astype(int), strict=True))
    assert np.array_equal(learned(at.Hebbian(), y, x), expected)


def test_willshaw_weights_are_on_where_a_pair_met():
    x, y = random_sparse(7, 12, 3, stream(0, "x")), random_sparse(7, 9, 2, stream(0, "y"))
    expected = np.max([np.outer(b, a) for a, b in zip(x, y, strict=True)], axis=0)
    assert np.array_equal(learned(at.Willshaw(), y, x), expected)


def test_covariance_weights_are_sums_of_centred_products():
    x, y = random_sparse(7, 12, 3, stream(0, "x")), random_sparse(7, 9, 2, stream(0, "y"))
    expected = sum(np.outer(b - 2 / 9, a - 0.25) for a, b in zip(x, y, strict=True))
    assert np.allclose(learned(at.Covariance(), y, x, (2 / 9, 0.25)), expected)


@pytest.mark.parametrize("activity", [0, 1, 1.5, -0.1, float("nan")])
def test_covariance_needs_an_activity_between_zero_and_one(activity):
    with pytest.raises(ParameterError, match="Covariance"):
        at.Covariance(activity=activity)


@pytest.mark.parametrize("weights", [[1.0, 2.0], [[np.nan]], np.ones((2, 2, 2))])
def test_fixed_weights_must_be_a_finite_matrix(weights):
    with pytest.raises(ParameterError, match="finite"):
        at.Fixed(weights)


def test_fixed_weights_are_copied_and_locked():
    matrix = np.ones((2, 2))
    rule = at.Fixed(matrix)
    matrix[0, 0] = 5
    assert rule.weights[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        rule.weights[0, 0] = 2


def test_fixed_is_signed_only_with_negative_weights():
    assert at.Fixed([[-1.0]]).signed
    assert not at.Fixed([[1.0]]).signed
