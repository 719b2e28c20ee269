import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream

NONE = (None, None)


def learned(rule, post, pre, held=None):
    held = held or rule.start((post.shape[1], pre.shape[1]))
    return rule.learn(held, post, pre, NONE)


def test_weights_follow_ojas_rule_with_the_target_as_output() -> None:
    """Written unit by unit; each unit's first wins count as in a plain mean."""
    draws = {
        "01": lambda n, rng: random_sparse(30, n, 4, rng),
        "±1": lambda n, rng: random_signs(30, n, rng),
    }
    for ends in [("01", "01"), ("±1", "±1"), ("01", "±1"), ("±1", "01")]:
        y, x = (draws[e](n, stream(0, e, n)) for e, n in zip(ends, (12, 20), strict=True))
        expected, wins = np.zeros((12, 20)), np.zeros(12)
        for target, source in zip(y.astype(float), x, strict=True):
            for j in np.flatnonzero(target):
                wins[j] += 1
                rate = max(0.2, 1 / wins[j])
                expected[j] += rate * target[j] * (source - target[j] * expected[j])
        rule = at.Competitive(rate=0.2)
        assert rule.matrix(learned(rule, y, x)) == pytest.approx(expected, abs=1e-12)


def test_lessons_may_come_one_by_one_and_their_order_matters() -> None:
    y, x = random_sparse(20, 8, 2, stream(0, "y")), random_sparse(20, 30, 5, stream(0, "x"))
    rule = at.Competitive(rate=0.5)
    once, held = rule.matrix(learned(rule, y, x)), None
    for row in range(20):
        held = learned(rule, y[row : row + 1], x[row : row + 1], held)
    assert np.array_equal(rule.matrix(held), once)
    assert not np.allclose(rule.matrix(learned(rule, y[::-1], x[::-1])), once)


def test_a_unit_holds_the_mean_of_what_it_won_until_the_rate_takes_over() -> None:
    x = random_sparse(10, 40, 8, stream(0, "x"))
    y = np.ones((10, 1), np.int8)
    rule = at.Competitive(rate=0.1)
    assert rule.matrix(learned(rule, y, x))[0] == pytest.approx(x.mean(axis=0))
    forgetful = at.Competitive(rate=1.0)
    assert np.array_equal(forgetful.matrix(learned(forgetful, y, x))[0], x[-1])


def test_weights_stay_within_the_values_of_the_source() -> None:
    y = random_sparse(200, 10, 3, stream(0, "y"))
    rule = at.Competitive(rate=0.3)
    weights = rule.matrix(learned(rule, y, random_sparse(200, 30, 5, stream(0, "x"))))
    assert weights.min() >= 0.0
    assert weights.max() <= 1.0
    signed = rule.matrix(learned(rule, y, random_signs(200, 30, stream(0, "x"))))
    assert np.abs(signed).max() <= 1.0


def test_categories_are_recalled_from_members_that_were_never_stored() -> None:
    """Four families; a fifth of a unit's inputs are its own, so chance is a quarter."""
    families = at.patterns.sparse_families(4, 25, 200, 20, 0.5, stream(0, "families"))
    label = np.eye(4, dtype=np.int8)[families.family]
    networks = [
        at.AttractorNetwork("input", 200, at.KWinners(20)),
        at.AttractorNetwork("category", 4, at.KWinners(1)),
    ]
    edges = [at.Association("input", "category", at.Competitive(rate=0.05))]
    circuit = at.Circuit(at.Architecture(networks, edges))
    taught = np.arange(100) % 25 < 15
    circuit.store(input=families.patterns[taught], category=label[taught])
    trials = at.Trial.batch(50.0, {"input": families.patterns[~taught]}, stop=50.0, mode="clamped")
    final = at.simulate(circuit, trials, "rate", record=("state",)).get("state", "category")
    correct = (final.values[:, -1] == label[~taught]).all(axis=1).mean()
    assert correct == 1.0, f"{correct:.2f} of 40 new members are put into their family"


@pytest.mark.parametrize("rate", [0.0, -1.0, 1.5, float("nan"), "fast"])
def test_the_rate_is_checked(rate) -> None:
    with pytest.raises(ParameterError, match="Competitive: rate"):
        at.Competitive(rate=rate)
