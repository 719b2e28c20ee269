from math import comb, pi, sqrt

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def test_only_the_sign_is_left():
    x = random_signs(8, 20, stream(0, "x"))
    rule = at.Clipped(at.Hebbian())
    weights = rule.matrix(rule.learn(rule.start((20, 20)), x, x, (None, None)))
    assert np.array_equal(weights, np.sign(x.astype(int).T @ x))


def test_sums_that_differ_from_zero_by_rounding_alone_have_no_sign():
    # 0.81 - 9 × 0.09 = 0: one coincidence, and nine pairs with one active end
    post = np.zeros((10, 10), np.int8)
    pre = np.zeros((10, 10), np.int8)
    post[0, 0] = pre[0, 0] = 1
    post[1:, 0] = 1
    pre[1:, 1] = 1
    rule = at.Clipped(at.Covariance(0.1))
    plain = at.Covariance(0.1).learn(np.zeros((10, 10)), post, pre, (None, None))[0, 0]
    assert abs(plain) < 1e-12
    held = rule.start((10, 10))
    assert rule.matrix(rule.learn(held, post, pre, (None, None)))[0, 0] == 0.0


def test_unsigned_weights_become_on_or_off():
    x = random_sparse(9, 30, 4, stream(0, "x"))
    rule = at.Clipped(at.Willshaw())
    weights = rule.matrix(rule.learn(rule.start((30, 30)), x, x, (4 / 30, 4 / 30)))
    assert np.array_equal(weights, (x.astype(int).T @ x) > 0)
    assert not rule.signed


@pytest.mark.parametrize("count", [1, 3, 11, 31])
def test_gain_one_makes_up_for_what_the_sign_loses(count):
    units = 900
    x = random_signs(count, units, stream(0, "x"))
    rule = at.Clipped(at.Hebbian())
    held = rule.learn(rule.start((units, units)), x, x, (None, None))
    # of an odd number of products the sign agrees with each in the mean by this much
    left = comb(count - 1, (count - 1) // 2) / 2 ** (count - 1)
    # a mean over N² synapses of variance 1, and shared patterns: 1/N
    assert rule.scale(held, units, 0.5) * units == pytest.approx(1 / left, rel=8 / units * count)


def test_the_signal_to_noise_ratio_falls_to_the_root_of_two_over_pi(signal_to_noise):
    ratio = signal_to_noise(at.Clipped()) / signal_to_noise(at.Hebbian())
    # the standard deviation of 101,000 fields is known to 0.2 %
    assert ratio == pytest.approx(sqrt(2 / pi), rel=0.01), ratio


def test_capacity_falls_with_the_signal(half_load):
    clipped = half_load(at.Clipped(), 500, np.linspace(0.1, 0.16, 5), 3)
    plain = half_load(at.Hebbian(), 500, np.linspace(0.14, 0.22, 5), 3)
    # critical loads: 0.102 (van Hemmen 1987) and 0.138; of so small a network in proportion
    assert clipped / plain == pytest.approx(0.1018 / 0.1379, abs=0.05), (clipped, plain)
