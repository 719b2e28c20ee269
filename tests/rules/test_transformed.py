import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.patterns import random_signs, random_sparse
from attractors.rules import counts
from attractors.seeding import stream
from attractors.testing import check_counts

TRANSFORMS = [at.Clipped, at.Quantised, at.Pruned, at.Diluted]


@pytest.mark.parametrize(
    "rule",
    [
        at.Clipped(at.Hebbian()),
        at.Quantised(at.Covariance()),
        at.Pruned(at.Quantised(at.Covariance(), bits=6)),
        at.Pruned(at.BCPNN(), fraction=0.2),
        at.Quantised(at.Willshaw()),
        at.Clipped(at.Pruned(at.Willshaw())),
    ],
    ids=str,
)
@pytest.mark.parametrize("small", [counts.SMALL, 0], ids=["full", "compressed"])
def test_wrappers_of_counted_rules_are_views_of_the_same_table(rule, small, monkeypatch):
    monkeypatch.setattr(counts, "SMALL", small)
    check_counts(rule)
    dynamics = at.KWinners(6) if rule.values == "01" else at.Sign()
    draw = random_signs if rule.values == "±1" else lambda n, u, g: random_sparse(n, u, 6, g)
    architecture = at.Architecture([at.AttractorNetwork("a", 60, dynamics, rule)])
    factors = []
    for keep in ("weights", "counts"):
        circuit = at.Circuit(architecture, keep=keep)
        circuit.store(a=draw(9, 60, stream(0, "x")))
        factors.append(circuit.links[0].factor)
    assert factors[1] == pytest.approx(factors[0], rel=1e-6)


@pytest.mark.parametrize(
    "rule", [at.Diluted(), at.Clipped(at.Diluted()), at.Pruned(at.Storkey())], ids=str
)
def test_other_wrappers_are_no_view_of_counts(rule):
    with pytest.raises(UnsupportedError, match="does not rest on counts"):
        at.Circuit(at.Architecture([at.AttractorNetwork("a", 9, at.Sign(), rule)]), keep="counts")


@pytest.mark.parametrize("kind", TRANSFORMS)
def test_a_rule_without_weights_has_none_to_change(kind):
    with pytest.raises(ParameterError, match="KeyValue makes no weight matrix"):
        kind(rule=at.KeyValue())


def fields(rule, patterns, parts):
    """The field of a circuit's network in its stored patterns, and its factor."""
    dynamics = at.KWinners(int(patterns[0].sum())) if rule.values == "01" else at.Sign()
    net = at.AttractorNetwork("a", patterns.shape[1], dynamics, rule)
    circuit = at.Circuit(at.Architecture([net]))
    for part in parts:
        circuit.store(a=patterns[part])
    (link,) = circuit.links
    return link.synapses.field(patterns.astype(float)) * link.factor


@pytest.mark.parametrize("wrap", TRANSFORMS)
@pytest.mark.parametrize(
    "inner",
    [at.Hebbian(), at.Covariance(), at.Willshaw(), at.Storkey(), at.Marginalist(), at.Sequence()],
    ids=str,
)
def test_stored_patterns_are_parted_in_the_mean_as_by_the_wrapped_rule(wrap, inner):
    units, active = 400, 40
    draw = random_signs if inner.values == "±1" else lambda n, u, g: random_sparse(n, u, active, g)
    patterns = draw(25, units, stream(0, "x"))
    targets = patterns[1:] > 0 if inner.sequential else patterns > 0
    gaps = []
    for rule in (inner, wrap(inner)):
        field = fields(rule, patterns, [slice(None)])[: len(targets)]
        gaps.append(field[targets].mean() - field[~targets].mean())
    assert gaps[0] > 0.1
    assert gaps[1] == pytest.approx(gaps[0], rel=1e-5), (wrap, inner)


def test_weights_that_were_forgotten_do_not_count():
    # of 2,000 patterns all but about 100 are gone: the newest are still brought to gain 1
    patterns = random_signs(2000, 400, stream(0, "x"))
    field = fields(at.Quantised(at.Marginalist(), bits=6), patterns, [slice(None)])[-1:]
    newest = patterns[-1:] > 0
    parted = field[newest].mean() - field[~newest].mean()
    # noise of 400 fields, each of variance 1/N Σ exp(-ε²t/N) = 1/ε² and of two means
    assert abs(parted - 2.0) < 4 * np.sqrt(4 / 400) / 4.1, parted


@pytest.mark.parametrize("inner", [at.Hebbian(), at.Covariance()], ids=str)
@pytest.mark.parametrize("wrap", TRANSFORMS)
def test_storing_twice_equals_storing_at_once_to_the_last_bit(wrap, inner):
    draw = random_signs if inner.values == "±1" else lambda n, u, g: random_sparse(n, u, 10, g)
    patterns = draw(40, 100, stream(0, "x"))
    once = fields(wrap(inner), patterns, [slice(None)])
    apart = fields(wrap(inner), patterns, [slice(25, None), slice(25)])
    assert np.array_equal(once, apart)


def test_the_bias_of_the_wrapped_rule_shrinks_with_its_signal():
    patterns = random_sparse(30, 200, 20, stream(0, "x"))
    inner = Biased()
    rule = at.Clipped(inner)
    held = rule.learn(rule.start((200, 200)), patterns, patterns, (0.1, 0.1))
    field = (rule.matrix(held) @ patterns[0] + rule.bias(held)) * rule.scale(held, 200, 0.1)
    plain = inner.matrix(inner.learn(inner.start((200, 200)), patterns, patterns, (0.1, 0.1)))
    expected = (plain @ patterns[0] + inner.bias(plain)) * inner.scale(plain, 200, 0.1)
    # in units of gain 1 the bias is the same part of the field
    scaled = rule.bias(held) * rule.scale(held, 200, 0.1)
    assert scaled == pytest.approx(inner.bias(plain) * inner.scale(plain, 200, 0.1), rel=0.1)
    assert field.shape == expected.shape


class Biased(at.Rule):
    """The covariance rule with a bias on every unit."""

    values = "01"
    dtype = np.float64
    _inner = at.Covariance(0.1)

    def learn(self, weights, post, pre, activity):
        return self._inner.learn(weights, post, pre, activity)

    def factor(self, units, activity):
        return self._inner.factor(units, activity)

    def bias(self, held):
        return np.linspace(-5.0, 5.0, len(held))


def test_what_is_held_survives_saving_by_name():
    rule = at.Pruned(at.Quantised(at.Storkey(), bits=4), fraction=0.5)
    patterns = random_signs(5, 20, stream(0, "x"))
    held = rule.learn(rule.start((20, 20)), patterns, patterns, (None, None))
    assert set(held) == set(rule.start((20, 20)))
    again = {name: np.array(array) for name, array in held.items()}
    assert np.array_equal(rule.matrix(again), rule.matrix(held))
    # one table of coincidences serves all wrappers
    assert sum(name.endswith("pairs") for name in held) == 1


@pytest.mark.parametrize("keep", ["weights", "counts"])
def test_two_networks_do_not_become_one_where_their_patterns_are_equal(keep):
    # seven sums of ±1 do not fit 3 levels a side: the diagonal, the largest, sets the step
    x, rule = random_signs(7, 30, stream(0, "x")), at.Quantised(at.Hebbian(), bits=3)
    networks = [at.AttractorNetwork(name, 30, at.Sign()) for name in "ab"]
    edge = at.Association("a", "b", rule)
    circuit = at.Circuit(at.Architecture(networks, [edge]), keep=keep)
    circuit.store(a=x, b=x)
    (link,) = circuit.links
    step = 7 / 3
    assert np.array_equal(link.synapses.toarray(), np.rint(x.T.astype(int) @ x / step))
    field = link.synapses.field(x.astype(float)) * link.factor
    plain = x @ (x.T.astype(int) @ x) / 30
    gaps = [each[x > 0].mean() - each[x < 0].mean() for each in (field, plain)]
    assert gaps[0] == pytest.approx(gaps[1])
