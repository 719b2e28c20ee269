"""BCPNN, Correlation and PresynapticCovariance: rules that are functions of frequencies."""

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, PatternError, UnsupportedError
from attractors.patterns import random_sparse
from attractors.rules.counts import Counts
from attractors.seeding import stream

LEVELS = (4 / 30, 5 / 20)
RULES = [at.BCPNN(), at.Correlation(), at.PresynapticCovariance()]


def pairs(count, seed=0):
    rng = stream(seed, "pairs")
    return random_sparse(count, 30, 4, rng), random_sparse(count, 20, 5, rng)


def frequencies(y, x, prior=1.0):
    """Return the smoothed frequencies, unit by unit, as the docstrings define them."""
    seen = len(y) + prior
    post = (y.sum(axis=0) + prior * LEVELS[0]) / seen
    pre = (x.sum(axis=0) + prior * LEVELS[1]) / seen
    both = (y.T.astype(float) @ x + prior * LEVELS[0] * LEVELS[1]) / seen
    return both, post[:, None], pre[None, :]


def weights(rule, y, x):
    return rule.matrix(rule.learn(rule.start((30, 20)), y, x, LEVELS))


def test_weights_are_those_of_the_formulas() -> None:
    y, x = pairs(40)
    both, post, pre = frequencies(y, x)
    spread = np.sqrt(post * (1 - post) * pre * (1 - pre))
    for rule, wanted in zip(
        RULES,
        [np.log(both / (post * pre)), (both - post * pre) / spread, both / pre - post],
        strict=True,
    ):
        assert weights(rule, y, x) == pytest.approx(wanted, abs=1e-12), type(rule).__name__


def test_bias_is_the_log_of_the_frequency_and_can_be_left_out() -> None:
    y, x = pairs(40)
    held = at.BCPNN().learn(at.BCPNN().start((30, 20)), y, x, LEVELS)
    assert at.BCPNN().bias(held) == pytest.approx(np.log(frequencies(y, x)[1][:, 0]), abs=1e-12)
    assert at.BCPNN(biased=False).bias(held) is None
    assert at.Correlation().bias(held) is None


def test_pairs_that_never_met_have_a_floor_that_falls_with_the_log_of_the_patterns() -> None:
    for count in (100, 1000):
        x = np.eye(10, dtype=np.int8)[np.arange(count) % 10]
        rule = at.BCPNN(activity=0.1)
        found = rule.matrix(rule.learn(rule.start((10, 10)), x, x, (None, None)))
        # each unit is active in a tenth of the patterns, so p_j = a and W = ln(n0 / (P + n0))
        assert found[0, 1] == pytest.approx(np.log(1 / (count + 1)), abs=1e-9)


def test_a_large_prior_turns_bcpnn_into_the_covariance_rule() -> None:
    y, x = pairs(40)
    prior = 1e6
    found = prior * LEVELS[0] * LEVELS[1] * weights(at.BCPNN(prior=prior), y, x)
    covariance = at.Covariance()
    wanted = covariance.learn(covariance.start((30, 20)), y, x, LEVELS)
    # what is left out is of second order in counts over the prior
    assert found == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_gain_one_parts_active_from_inactive_units_by_one_in_the_mean(rule: at.Rule) -> None:
    y, x = pairs(40)
    held = rule.learn(rule.start((30, 20)), y, x, LEVELS)
    field = rule.scale(held, 20, 0.25) * (x @ rule.matrix(held).T)
    assert field[y > 0].mean() - field[y == 0].mean() == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_what_counts_lead_to_is_what_is_learned(rule: at.Rule) -> None:
    y, x = pairs(40)
    held = rule.learn(rule.start((30, 20)), y[:10], x[:10], LEVELS)
    held = rule.learn(held, y[10:], x[10:], LEVELS)
    viewed = rule.from_counts(Counts.of(y, x), LEVELS)
    assert held.keys() == viewed.keys()
    for name in held:
        assert np.array_equal(held[name], viewed[name]), name


def test_nothing_stored_is_no_weight_and_no_field() -> None:
    rule = at.BCPNN()
    empty = rule.start((30, 20))
    assert not rule.matrix(empty).any()
    assert rule.bias(empty) is None
    assert rule.scale(empty, 20, 0.25) == 0.0
    with pytest.raises(UnsupportedError, match=r"depends on what is stored; use scale"):
        rule.factor(20, 0.25)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: type(rule).__name__)
def test_activity_and_prior_are_checked(rule: at.Rule) -> None:
    kind = type(rule)
    with pytest.raises(ParameterError, match=f"{kind.__name__}: prior"):
        kind(prior=0.0)
    with pytest.raises(ParameterError, match=rf"write {kind.__name__}\(activity="):
        rule.check((0.1, None))
    dense = random_sparse(5, 100, 30, stream(0, "dense"))
    with pytest.raises(PatternError, match=f"{kind.__name__}: target .* 0.3, the rule is set"):
        kind(activity=0.1).check_patterns(dense, dense, (None, None))


@pytest.mark.parametrize(("biased", "winner"), [(True, 1), (False, 0)])
def test_a_circuit_adds_the_bias_so_that_the_likelier_category_wins(
    biased: bool, winner: int
) -> None:
    """Input 0 met category 0 three times and 1 nine times, which met input 1 six times too."""
    met = [(0, 0)] * 3 + [(0, 1)] * 9 + [(1, 1)] * 6
    x, y = (np.eye(4, dtype=np.int8)[list(ends)] for ends in zip(*met, strict=True))
    networks = [
        at.AttractorNetwork("input", 4, at.KWinners(1)),
        at.AttractorNetwork("category", 4, at.KWinners(1, threshold=None)),
    ]
    edge = at.Association("input", "category", at.BCPNN(biased=biased))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    circuit.store(input=x, category=y)
    trials = at.Trial.batch(50.0, {"input": x[:1]}, stop=50.0, mode="clamped")
    final = at.simulate(circuit, trials, "rate", record=("state",)).get("state", "category").values
    assert final[0, -1].argmax() == winner
