import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_signs
from attractors.seeding import stream
from attractors.synapses import Dense


def by_the_paper(patterns):
    """Return the weights, written as the sums over single units of the paper."""
    units = patterns.shape[1]
    weights = np.zeros((units, units))
    for x in patterns.astype(float):
        field = np.zeros_like(weights)
        for i in range(units):
            for j in range(units):
                others = [k for k in range(units) if k not in (i, j)]
                field[i, j] = weights[i, others] @ x[others]
        weights += (np.outer(x, x) - x[:, None] * field.T - field * x[None]) / units
        np.fill_diagonal(weights, 0.0)
    return weights


def test_weights_are_those_of_the_paper_pattern_by_pattern():
    patterns = random_signs(6, 9, stream(0, "patterns"))
    rule = at.Storkey()
    learned = rule.learn(rule.start((9, 9), recurrent=True), patterns, patterns, (None, None))
    assert rule.factor(9, 0.0) * rule.matrix(learned) == pytest.approx(
        by_the_paper(patterns), abs=1e-12
    )


def test_patterns_may_come_one_by_one():
    patterns, rule = random_signs(12, 30, stream(0, "patterns")), at.Storkey()
    at_once = rule.learn(rule.start((30, 30), recurrent=True), patterns, patterns, (None, None))
    held = rule.start((30, 30), recurrent=True)
    for row in patterns:
        held = rule.learn(held, row[None], row[None], (None, None))
    assert rule.matrix(held) == pytest.approx(rule.matrix(at_once), abs=1e-12)


def between(post, pre):
    """Return raw weights between two networks, written as sums over single units."""
    weights = np.zeros((post.shape[1], pre.shape[1]))
    for y, x in zip(post.astype(float), pre.astype(float), strict=True):
        target, source = np.zeros_like(weights), np.zeros_like(weights)
        for j, i in np.ndindex(weights.shape):
            target[j, i] = sum(weights[j, k] * x[k] for k in range(len(x)) if k != i) / len(x)
            source[j, i] = sum(weights[k, i] * y[k] for k in range(len(y)) if k != j) / len(y)
        weights += np.outer(y, x) - target * x - y[:, None] * source
    return weights


def joined(post, pre):
    """Return the weights that an association of two networks learns."""
    networks = [
        at.AttractorNetwork(name, patterns.shape[1], at.Sign())
        for name, patterns in (("a", pre), ("b", post))
    ]
    edge = at.Association("a", "b", at.Storkey())
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    circuit.store(a=pre, b=post)
    return circuit.links[0].synapses.toarray()


def test_two_networks_do_not_become_one_where_their_patterns_are_equal():
    x = random_signs(5, 8, stream(0, "x"))
    y = x.copy()
    y[0, 0] *= -1
    for post in (x, y):
        assert joined(post, x) == pytest.approx(between(post, x), abs=1e-12)
    assert joined(x, x).diagonal().all()


def test_self_coupling_keeps_and_uses_the_diagonal():
    x = random_signs(5, 8, stream(0, "x"))
    network = at.AttractorNetwork("a", 8, at.Sign(), at.Storkey(), self_coupling=True)
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(a=x)
    assert circuit.links[0].synapses.toarray() == pytest.approx(between(x, x), abs=1e-12)


def test_weights_are_held_and_saved_once_and_learn_on_when_thinned():
    synapses = Dense(at.Storkey(), (20, 20), True)
    first, second = random_signs(3, 20, stream(0, "x")), random_signs(1, 20, stream(0, "y"))
    synapses.learn(first, first, (None, None))
    assert sum(array.size > 1 for array in synapses.arrays().values()) == 1
    assert synapses.nbytes <= 8 * 20 * 20 + 1
    cut = synapses.thinned(np.zeros(synapses.count, np.bool_))
    cut.learn(second, second, (None, None))
    assert cut.toarray() == pytest.approx(second.T * second - np.eye(20))
    assert synapses.count > 0
