import numpy as np
import pytest
from scipy.stats import norm

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def learned(rule, x):
    held = rule.start((x.shape[1],) * 2, recurrent=True)
    return rule.matrix(rule.learn(held, x, x, (None, None)))


@pytest.mark.parametrize("fraction", [0.1, 0.5, 0.9])
def test_the_weakest_synapses_are_cut_and_the_others_stay(fraction):
    x = random_sparse(50, 80, 8, stream(0, "x"))
    plain, weights = (
        learned(at.Covariance(0.1), x),
        learned(at.Pruned(at.Covariance(0.1), fraction), x),
    )
    between = ~np.eye(80, dtype=bool)
    cut, kept = (np.abs(plain[between & (weights == 0)]), np.abs(plain[between & (weights != 0)]))
    assert cut.max() < kept.min()
    assert weights[between & (weights != 0)] == pytest.approx(plain[between & (weights != 0)])
    # weights that are equal to the last one kept are kept too
    assert len(cut) <= fraction * 80 * 79 < len(cut) + (kept <= kept.min() + 1e-9).sum()


def test_equal_weights_live_or_die_together():
    x = random_signs(1, 12, stream(0, "x"))
    assert np.array_equal(learned(at.Pruned(at.Hebbian(), 0.9), x), x.T @ x)


def test_nothing_is_cut_of_nothing():
    rule = at.Pruned(at.Hebbian(), 0.5)
    assert not rule.matrix(rule.start((5, 4))).any()
    x = random_signs(9, 12, stream(0, "x"))
    assert np.array_equal(learned(at.Pruned(at.Hebbian(), 0.0), x), x.astype(int).T @ x)


@pytest.mark.parametrize("fraction", [0.5, 0.8])
def test_strong_synapses_carry_most_of_the_signal(fraction, signal_to_noise):
    ratio = signal_to_noise(at.Pruned(fraction=fraction)) / signal_to_noise(at.Hebbian())
    # of normal weights: signal and noise both keep E[w²; |w| > c], so the ratio keeps its root;
    # 101 patterns make odd weights, of which all of the last kept size stay
    root = np.sqrt(101)
    sizes = np.arange(1, 101, 2)
    below = norm.cdf((sizes + 1) / root) - norm.cdf(-(sizes + 1) / root)
    c = sizes[np.flatnonzero(below > fraction)[0]] - 1
    c = c / root
    left = np.sqrt(1 - (norm.cdf(c) - norm.cdf(-c) - 2 * c * norm.pdf(c)))
    assert ratio == pytest.approx(left, rel=0.015), (ratio, left)


@pytest.mark.parametrize("fraction", [1.0, -0.1, "half"])
def test_not_all_synapses_can_be_cut(fraction):
    with pytest.raises(ParameterError, match="Pruned: fraction"):
        at.Pruned(fraction=fraction)
