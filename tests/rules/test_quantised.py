import numpy as np
import pytest
from scipy.stats import norm

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def learned(rule, x, level=None):
    held = rule.start((x.shape[1],) * 2, recurrent=True)
    return rule.matrix(rule.learn(held, x, x, (level, level)))


@pytest.mark.parametrize("bits", [2, 3, 4, 8])
def test_weights_are_the_nearest_of_the_levels(bits):
    x, rule = random_sparse(40, 60, 6, stream(0, "x")), at.Quantised(at.Covariance(0.1), bits)
    plain = learned(at.Covariance(0.1), x)
    np.fill_diagonal(plain, 0.0)
    levels = learned(rule, x)
    np.fill_diagonal(levels, 0.0)
    top = 2 ** (bits - 1) - 1
    assert np.abs(levels).max() == top == rule.top
    assert np.array_equal(levels, np.rint(levels))
    step = np.abs(plain).max() / top
    assert np.abs(levels * step - plain).max() <= step / 2 + 1e-9


def test_whole_weights_that_fit_stay_as_they_are():
    x = random_signs(7, 30, stream(0, "x"))
    # sums of seven ±1 fit into the levels from -7 to 7
    assert np.array_equal(learned(at.Quantised(at.Hebbian(), 4), x), x.astype(int).T @ x)


def test_a_unit_s_weight_onto_itself_does_not_set_the_step():
    x = random_signs(40, 300, stream(0, "x"))
    weights = learned(at.Quantised(at.Hebbian(), 5), x)
    others = weights - np.diag(weights.diagonal())
    assert np.abs(others).max() == 15
    assert (weights.diagonal() == 15).all()


def test_unsigned_weights_use_all_levels_above_zero():
    x = random_sparse(30, 40, 8, stream(0, "x"))
    rule = at.Quantised(at.Willshaw(), 1)
    assert np.array_equal(learned(rule, x, 0.2), (x.astype(int).T @ x) > 0)
    assert rule.top == 1


@pytest.mark.parametrize("bits", [3, 4, 6])
def test_the_signal_to_noise_ratio_is_that_of_rounding_normal_weights(bits, signal_to_noise):
    ratio = signal_to_noise(at.Quantised(bits=bits)) / signal_to_noise(at.Hebbian())
    x = random_signs(101, 1000, stream(0, "patterns"))
    plain = x.T.astype(float) @ x
    np.fill_diagonal(plain, 0.0)
    step = np.abs(plain).max() / (2 ** (bits - 1) - 1) / np.sqrt(101)
    # what is left of it is the correlation of rounded and plain weights
    weights = np.linspace(-6, 6, 200_001)
    density, rounded = norm.pdf(weights), np.rint(weights / step)
    left = (density * rounded * weights).sum() / np.sqrt(
        (density * rounded**2).sum() * (density * weights**2).sum()
    )
    assert ratio == pytest.approx(left, rel=0.01), (ratio, left)


@pytest.mark.parametrize(
    ("bits", "message"), [(1, "at least 2"), (17, "at most 16"), (2.5, "whole")]
)
def test_bits_are_few_and_whole(bits, message):
    with pytest.raises(ParameterError, match=message):
        at.Quantised(at.Hebbian(), bits)
