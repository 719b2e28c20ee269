import numpy as np
import pytest

import attractors as at
from attractors.errors import PatternError
from attractors.patterns import random_bernoulli, random_sparse
from attractors.seeding import stream


def test_willshaw_refuses_dense_patterns_and_names_the_first() -> None:
    sparse, dense = (
        random_sparse(3, 20, 10, stream(0, "x")),
        random_sparse(3, 20, 11, stream(0, "y")),
    )
    rule = at.Willshaw()
    rule.check_patterns(sparse, sparse, (0.5, 0.5))
    with pytest.raises(PatternError, match=r"source pattern 2 has 11 of 20 units.*Covariance\(\)"):
        rule.check_patterns(sparse, np.concatenate([sparse[:2], dense[:1]]), (0.5, 0.5))
    with pytest.raises(PatternError, match="target pattern 0 has 11 of 20 units"):
        rule.check_patterns(dense, sparse, (0.5, 0.5))


def test_willshaw_still_diverts_from_all_units_of_a_target() -> None:
    sparse = random_sparse(3, 20, 4, stream(0, "x"))
    at.Willshaw().check_patterns(np.ones((3, 30), np.int8), sparse, (0.2, 0.2))
    with pytest.raises(PatternError, match="source pattern 0 has 30 of 30"):
        at.Willshaw().check_patterns(sparse, np.ones((3, 30), np.int8), (0.2, 0.2))


@pytest.mark.parametrize("rule", [at.Covariance(0.1)], ids=str)
@pytest.mark.parametrize(
    ("activity", "fits"), [(0.04, False), (0.06, True), (0.19, True), (0.22, False)]
)
def test_activity_may_differ_by_a_factor_of_two(rule: at.Rule, activity: float, fits: bool) -> None:
    patterns = random_sparse(5, 1000, round(1000 * activity), stream(0, "x"))
    if fits:
        rule.check_patterns(patterns, patterns, (None, None))
    else:
        name = type(rule).__name__
        message = (
            rf"{name}: target .* {activity:g}, the rule is set to 0\.1; write {name}\(activity="
        )
        with pytest.raises(PatternError, match=message):
            rule.check_patterns(patterns, patterns, (None, None))


def test_a_circuit_stores_nothing_of_what_its_rule_refuses() -> None:
    network = at.AttractorNetwork("word", 100, at.Threshold(), at.Covariance(0.05))
    circuit = at.Circuit(at.Architecture([network]))
    with pytest.raises(PatternError, match="network 'word': Covariance: target patterns have"):
        circuit.store(word=random_bernoulli(4, 100, 0.4, stream(0, "x")))
    assert len(circuit.patterns("word")) == 0
