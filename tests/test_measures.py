import numpy as np
import pytest
from scipy import stats

from attractors import measures
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def test_overlap_is_one_for_the_pattern_itself_and_small_for_others():
    patterns = random_sparse(5, 1000, 20, stream(0, "p"))
    overlaps = measures.overlap(patterns, patterns, 0.02)
    assert np.allclose(np.diag(overlaps), 1.0)
    assert np.abs(overlaps - np.eye(5)).max() < 0.2


def test_overlap_of_signs_is_the_normalised_product():
    patterns = random_signs(2, 100, stream(0, "p"))
    expected = patterns @ patterns.T / 100
    assert np.allclose(measures.overlap(patterns, patterns, 0.0), expected)


def test_overlap_is_nearly_blind_to_extra_active_units_where_match_is_not():
    pattern = np.zeros((1, 1000))
    pattern[0, :20] = 1
    crowded = pattern.copy()
    crowded[0, 20:60] = 1
    assert measures.overlap(crowded, pattern, 0.02)[0, 0] > 0.95
    assert measures.match(crowded, pattern)[0, 0] < 0.6


def test_match_is_the_pearson_correlation():
    states = stream(0, "s").random((3, 4, 50))
    patterns = random_sparse(2, 50, 5, stream(0, "p"))
    expected = [[[np.corrcoef(s, p)[0, 1] for p in patterns] for s in row] for row in states]
    assert np.allclose(measures.match(states, patterns), expected, atol=1e-6)


def test_match_of_silence_is_zero():
    patterns = random_sparse(2, 50, 5, stream(0, "p"))
    assert (measures.match(np.zeros((1, 50)), patterns) == 0).all()
    assert (measures.match(np.full((1, 50), 0.37), patterns) == 0).all()


@pytest.mark.parametrize(
    ("matches", "winner", "margin"),
    [
        ([0.9, 0.2], 0, 0.7),
        ([0.5, 0.6], 1, 0.1),
        ([0.49, 0.1], -1, 0.01),
        ([0.0, 0.0], -1, 0.5),
        ([0.7], 0, 0.7),
        ([], -1, 0.5),
    ],
)
def test_winner_needs_a_match_of_one_half_and_margin_says_how_clear_it_is(matches, winner, margin):
    assert measures.winner(np.array(matches)) == winner
    assert measures.margin(np.array(matches)) == pytest.approx(margin)


def test_interval_covers_the_true_rate_as_often_as_it_says():
    rate, trials = 0.9, 60
    draws = stream(0, "d").binomial(trials, rate, 2000)
    covered = np.mean([low <= rate <= high for low, high in map(_interval, draws)])
    # Wilson's coverage at n = 60, p = 0.9, by summing the binomial
    counts = np.arange(trials + 1)
    inside = [low <= rate <= high for low, high in map(_interval, counts)]
    exact = stats.binom.pmf(counts, trials, rate)[inside].sum()
    assert abs(covered - exact) < 4 * np.sqrt(exact * (1 - exact) / 2000)
    assert 0.92 < exact < 0.98


def _interval(successes):
    return measures.interval(int(successes), 60)


def test_match_of_graded_states_that_hardly_differ_is_still_a_correlation():
    rng = np.random.default_rng(0)
    states = 0.5 + 1e-7 * rng.normal(size=(4, 500))
    patterns = (rng.random((3, 500)) < 0.02).astype(np.int8)
    expected = np.corrcoef(states, patterns)[:4, 4:]
    assert np.abs(measures.match(states, patterns) - expected).max() < 1e-4
