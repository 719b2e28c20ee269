import warnings

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import flip, random_signs, random_sparse
from attractors.rules import ConvergenceWarning
from attractors.seeding import stream

NONE = (None, None)


def trained(rule, post, pre=None, held=None):
    """Return what is held after a lesson of pairs, or of a recurrent memory."""
    recurrent, pre = pre is None, post if pre is None else pre
    return rule.learn(
        held or rule.start((post.shape[1], pre.shape[1]), recurrent=recurrent), post, pre, NONE
    )


def gamma(rule, held):
    """Return the stabilities, from the weights and the formula of the docstring."""
    pre, post, bias = held["pre"].astype(float), held["post"], rule.bias(held)
    weights = rule.matrix(held)
    field = pre @ weights.T
    if bias is not None:
        field += bias - 0.5 / rule.scale(held, 0, 0.0)
    spread = 1.0 if (pre < 0).any() else pre.std()
    return np.where(post > 0, 1, -1) * field / np.linalg.norm(weights, axis=1) / spread


def test_as_many_patterns_as_units_are_fixed_points_where_hebb_keeps_none() -> None:
    patterns = random_signs(200, 200, stream(0, "patterns"))
    kept = {}
    for rule in (at.Perceptron(), at.Hebbian()):
        memory = at.Memory(200, at.Sign(), rule)
        memory.store(patterns)
        kept[type(rule)] = (memory.recall(patterns, steps=1) == patterns).all(axis=1).mean()
    assert kept == {at.Perceptron: 1.0, at.Hebbian: 0.0}


def test_sparse_patterns_are_fixed_points_beyond_twice_the_number_of_units() -> None:
    """At a tenth active the bound is 3.9 patterns a unit; two for balanced ones."""
    patterns = random_sparse(220, 100, 10, stream(0, "patterns"))
    memory = at.Memory(100, at.KWinners(10), at.Perceptron())
    memory.store(patterns)
    assert (memory.recall(patterns, steps=1) == patterns).all()
    threshold = at.Memory(100, at.Threshold(), at.Perceptron())
    threshold.store(patterns)
    assert (threshold.recall(patterns, steps=1) == patterns).all()


def test_above_the_bound_training_fails_loudly_and_keeps_the_best() -> None:
    """Three patterns a unit are more than two: no weights hold them all."""
    patterns, stable = random_signs(150, 50, stream(0, "patterns")), {}
    for epochs in (2, 40):
        rule = at.Perceptron(epochs=epochs)
        with pytest.warns(ConvergenceWarning, match=f"not stable after {epochs} epochs") as caught:
            held = trained(rule, patterns)
        stable[epochs] = int((rule.stability(held) > 0).sum())
        assert f" {7500 - stable[epochs]} of 7500 fields" in str(caught[0].message)
    assert stable[2] < stable[40] < 7500


@pytest.mark.parametrize("margin", [0.0, 0.5, 1.0])
def test_every_field_exceeds_the_margin(margin: float) -> None:
    rule = at.Perceptron(margin=margin)
    signs = random_signs(30, 100, stream(0, "signs"))
    sparse = random_sparse(30, 80, 8, stream(0, "sparse"))
    for post, pre in [(signs, signs), (sparse, sparse), (signs, sparse), (sparse, signs)]:
        held = trained(rule, post, pre)
        assert gamma(rule, held).min() > margin
        assert rule.stability(held) == pytest.approx(gamma(rule, held), abs=1e-9)


def test_gardners_bound_lies_between_what_is_found_and_what_is_not() -> None:
    """At κ = 1 the bound is 0.52 patterns a unit; ± 0.17 leaves room for 100 units."""
    for load, found in [(0.35, True), (0.7, False)]:
        patterns = random_signs(round(100 * load), 100, stream(0, "patterns"))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            trained(at.Perceptron(margin=1.0, epochs=100), patterns)
        assert (not caught) == found, f"load {load}: {[str(w.message) for w in caught]}"


def test_a_later_lesson_forgets_nothing() -> None:
    patterns, rule = random_signs(120, 150, stream(0, "patterns")), at.Perceptron()
    held = trained(rule, patterns[:60])
    held = trained(rule, patterns[60:], held=held)
    assert (rule.stability(held) > 0).all()
    assert len(held["post"]) == 120
    again = trained(rule, patterns[:5], held=held)
    assert len(again["post"]) == 120
    assert np.array_equal(rule.matrix(again), rule.matrix(held))


def test_a_memory_uses_no_self_coupling_and_rows_have_length_one() -> None:
    rule = at.Perceptron()
    weights = rule.matrix(trained(rule, random_signs(40, 60, stream(0, "patterns"))))
    assert not weights.diagonal().any()
    assert np.linalg.norm(weights, axis=1) == pytest.approx(np.ones(60))


def test_gain_one_parts_active_from_inactive_units_in_the_mean() -> None:
    rule, sparse = at.Perceptron(), random_sparse(60, 80, 8, stream(0, "sparse"))
    held = trained(rule, sparse)
    scale = rule.scale(held, 80, 0.1)
    raw = sparse @ rule.matrix(held).T
    assert scale * (raw[sparse > 0].mean() - raw[sparse == 0].mean()) == pytest.approx(1.0)
    field = scale * (raw + rule.bias(held))
    assert field[sparse > 0].min() > 0.5 > field[sparse == 0].max()


def test_a_margin_widens_the_basins() -> None:
    patterns = random_signs(60, 200, stream(0, "patterns"))
    cues = flip(patterns, 0.2, stream(0, "flips"))
    exact = {}
    for margin in (0.0, 1.0):
        memory = at.Memory(200, at.Sign(), at.Perceptron(margin=margin))
        memory.store(patterns)
        exact[margin] = (memory.recall(cues) == patterns).all(axis=1).mean()
    # 60 cues: the standard error of the difference is at most 0.09
    assert exact[1.0] - exact[0.0] > 0.2, exact


def test_with_self_coupling_each_unit_leans_on_its_own_value() -> None:
    """Three patterns a unit are more than others can hold, and none too many for oneself."""
    patterns = random_signs(150, 50, stream(0, "patterns"))
    dynamics, rule = at.Sign(), at.Perceptron()
    network = at.AttractorNetwork("a", 50, dynamics, rule, self_coupling=True)
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(a=patterns)
    weights = circuit.links[0].synapses.toarray()
    assert np.array_equal(np.sign(patterns @ weights.T), patterns)
    others = weights - np.diag(weights.diagonal())
    assert weights.diagonal().min() > 2 * np.abs(others).max()


def test_two_networks_with_the_same_patterns_are_trained_as_others() -> None:
    rule, patterns = at.Perceptron(), random_signs(9, 20, stream(0, "patterns"))
    weights = rule.matrix(trained(rule, patterns, patterns))
    assert weights.diagonal().all()
    moved = rule.matrix(trained(rule, patterns[:, ::-1], patterns))
    assert np.array_equal(moved, weights[::-1])


@pytest.mark.parametrize("arguments", [{"margin": -0.1}, {"margin": "1"}, {"epochs": 0}])
def test_margin_and_epochs_are_checked(arguments) -> None:
    with pytest.raises(ParameterError, match="Perceptron"):
        at.Perceptron(**arguments)
