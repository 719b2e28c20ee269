import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.rules import RULES
from attractors.rules.wrapper import off_diagonal
from attractors.testing import check_rule

NESTED = [
    at.Pruned(at.Quantised(at.Storkey(), bits=4), fraction=0.5),
    at.Diluted(at.Clipped(at.Covariance()), fraction=0.1, reciprocal=False, seed=3),
    at.Clipped(at.Sequence(at.Quantised(at.Hebbian(), bits=6))),
    at.Sequence(at.Pruned(at.Willshaw(), fraction=0.0)),
    at.Diluted(at.Diluted(at.Hebbian(), fraction=0.2), fraction=0.1),
    at.Quantised(at.Marginalist(2.0), bits=8),
    at.Clipped(at.Bounded(1.0)),
]
WRAPPERS = [kind for kind in RULES.values() if hasattr(kind, "paired")]


@pytest.mark.parametrize("rule", NESTED, ids=str)
@pytest.mark.parametrize("seed", [0, 1])
def test_wrappers_go_around_each_other_and_keep_the_laws(rule, seed):
    check_rule(rule, seed)


@pytest.mark.parametrize("rule", NESTED, ids=str)
def test_json_brings_nested_rules_back(rule):
    dynamics = at.KWinners(3) if rule.values == "01" else at.Sign()
    net = at.AttractorNetwork("a", 30, dynamics, rule)
    edge = at.Association("a", "a", at.Sequence(rule, cyclic=True), delay=20.0)
    architecture = at.Architecture([net], [edge])
    again = at.Architecture.from_json(architecture.to_json())
    assert again == architecture
    assert again.nodes["a"].rule.values == rule.values


@pytest.mark.parametrize("kind", WRAPPERS)
def test_only_rules_that_learn_can_be_wrapped(kind):
    with pytest.raises(ParameterError, match=rf"{kind.__name__}: rule is .*; give an instance"):
        kind(rule=at.Hebbian)
    with pytest.raises(ParameterError, match="Fixed weights are given"):
        kind(rule=at.Fixed([[1.0]]))


def test_what_the_wrapped_rule_says_of_itself_is_passed_on():
    rule = at.Pruned(at.Willshaw())
    assert (rule.values, rule.signed, rule.symmetric, rule.order_free) == ("01", False, True, True)
    # forms that switch synapses on by themselves would do it without the wrapper
    assert not rule.clipped
    assert at.Pruned(at.Diluted()).random
    assert not at.Quantised(at.Diluted(reciprocal=False)).symmetric


def test_errors_come_from_the_wrapped_rule():
    rule = at.Pruned(at.Clipped(at.Covariance()))
    with pytest.raises(ParameterError, match="Covariance needs an activity"):
        rule.check((None, None))


def test_off_diagonal_leaves_out_a_unit_s_synapse_onto_itself():
    weights = np.arange(25).reshape(5, 5)
    kept = sorted(off_diagonal(weights).ravel().tolist())
    assert kept == [w for w in range(25) if w not in weights.diagonal()]
