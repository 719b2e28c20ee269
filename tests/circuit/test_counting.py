"""Circuits that keep counts: rules swapped, circuits merged, patterns unlearned, all exactly."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import (
    ArchitectureError,
    ParameterError,
    PatternError,
    UnknownNameError,
    UnsupportedError,
)
from attractors.patterns import random_signs, random_sparse
from attractors.rules import RULES
from attractors.seeding import stream

COUNTED = [name for name, rule in RULES.items() if rule.counted]


def brain(rule: at.Rule, nested: bool = False) -> at.Architecture:
    dynamics = at.Sign() if rule.values == "±1" else at.KWinners(4)
    networks = [at.AttractorNetwork(name, units, dynamics, rule) for name, units in SIZES.items()]
    level = at.Architecture(networks, [at.Association("a", "b", rule)])
    return at.Architecture(parts={"in": level}) if nested else level


SIZES = {"a": 40, "b": 30}


def rows(rule: at.Rule, count: int, seed: int, name: str = "a") -> np.ndarray:
    rng = stream(seed, "rows", name)
    if rule.values == "±1":
        return random_signs(count, SIZES[name], rng)
    return random_sparse(count, SIZES[name], 4, rng)


def stored(rule: at.Rule, *lessons: tuple[np.ndarray, np.ndarray]) -> at.Circuit:
    circuit = at.Circuit(brain(rule), keep="counts")
    for a, b in lessons:
        circuit.store(a=a, b=b)
    return circuit


def pair(rule: at.Rule, seed: int) -> tuple[np.ndarray, np.ndarray]:
    return rows(rule, 5, seed), rows(rule, 5, seed, "b")


def full(patterns: np.ndarray) -> np.ndarray:
    return patterns.toarray() if sparse.issparse(patterns) else patterns


def equal(one: at.Circuit, two: at.Circuit) -> bool:
    """Whether two circuits hold the same, bit for bit, and act the same."""
    same = [str(one.architecture) == str(two.architecture)]
    for name in one.architecture.nodes:
        same.append(np.array_equal(*(full(circuit.patterns(name)) for circuit in (one, two))))
        same.append(one.activity(name) == two.activity(name))
    for first, second in zip(one.links, two.links, strict=True):
        same.append(first.factor == second.factor)
        same.append(np.array_equal(first.synapses.toarray(), second.synapses.toarray()))
        pairs = zip(
            first.synapses.arrays().values(), second.synapses.arrays().values(), strict=True
        )
        same += [np.array_equal(x, y) for x, y in pairs]
    return all(same)


@pytest.mark.parametrize("name", COUNTED)
def test_counts_act_as_the_weights_that_are_learned(name: str) -> None:
    rule = RULES[name]()
    a, b = pair(rule, 0)
    plain = at.Circuit(brain(rule))
    plain.store(a=a, b=b)
    for one, two in zip(plain.links, stored(rule, (a, b)).links, strict=True):
        found, wanted = two.synapses.toarray() * 1.0, one.synapses.toarray() * 1.0
        assert np.abs(found - wanted).max() <= 1e-12 * np.abs(wanted).max()
        assert two.factor == pytest.approx(one.factor, rel=1e-12)


@pytest.mark.parametrize("name", COUNTED)
def test_unlearning_leaves_no_bit_behind(name: str) -> None:
    rule = RULES[name]()
    first, second = pair(rule, 0), pair(rule, 1)
    circuit = stored(rule, second, first, second)
    circuit.unlearn(a=second[0], b=second[1])
    assert equal(circuit, stored(rule, second, first))
    circuit.unlearn(a=second[0][::-1], b=second[1][::-1])
    assert equal(circuit, stored(rule, first))
    circuit.unlearn(a=first[0], b=first[1])
    assert equal(circuit, stored(rule))


@pytest.mark.parametrize("name", COUNTED)
def test_merging_equals_storing_both(name: str) -> None:
    rule = RULES[name]()
    first, second = pair(rule, 0), pair(rule, 1)
    one, two = stored(rule, first, second), stored(rule, second)
    both = one.merged(two)
    assert equal(both, stored(rule, first, second, second))
    assert equal(one, stored(rule, first, second)), "merging changes the first"
    both.unlearn(a=second[0], b=second[1])
    both.unlearn(a=second[0], b=second[1])
    assert equal(both, stored(rule, first))


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("before", COUNTED)
def test_swapping_equals_learning_afresh(before: str, name: str) -> None:
    rule, old = RULES[name](), RULES[before]()
    if rule.values != old.values:
        with pytest.raises(ArchitectureError, match="patterns"):
            stored(old, pair(old, 0)).with_rules(a=rule)
        return
    lesson = pair(rule, 0)
    circuit = stored(old, lesson)
    swapped = circuit.with_rules({"a->b": rule}, a=rule, b=rule)
    assert equal(swapped, stored(rule, lesson))
    assert equal(circuit, stored(old, lesson)), "swapping changes the original"
    swapped.store(a=lesson[0], b=lesson[1])
    assert equal(swapped, stored(rule, lesson, lesson))


def test_nested_names_are_swapped_and_unlearned() -> None:
    circuit = at.Circuit(brain(at.Willshaw(), nested=True), keep="counts")
    a, b = pair(at.Willshaw(), 0)
    circuit.store({"in/a": a, "in/b": b})
    swapped = circuit.with_rules({"in/a->in/b": at.Covariance()})
    rules = {link.name: type(link.synapses.rule).__name__ for link in swapped.links}
    assert rules == {"in/a": "Willshaw", "in/b": "Willshaw", "in/a->in/b": "Covariance"}
    circuit.unlearn({"in/b": b, "in/a": a})
    assert all(link.synapses.count == 0 for link in circuit.links)


def test_sparse_and_full_patterns_are_the_same_to_it() -> None:
    a, b = pair(at.Willshaw(), 0)
    circuit = stored(at.Willshaw(), (sparse.csr_array(a), b))
    circuit.unlearn(a=a, b=sparse.csr_array(b))
    assert equal(circuit, stored(at.Willshaw()))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda a, b: {"a": a}, "row 0 of 'a' was stored 0 times"),
        (lambda a, b: {"a": a, "b": b[::-1]}, "row 0 of 'a' with 'b' was stored 0 times"),
        (lambda a, b: {"a": a[[0, 0]], "b": b[[0, 0]]}, "row 1 .*stored 1 times, 2 are to be"),
        (lambda a, b: {"a": a, "b": b[:2]}, "unlearn: rows are stored together"),
        (lambda a, b: {}, "unlearn: no patterns given"),
    ],
)
def test_what_was_not_stored_like_that_is_not_unlearned(asked, message: str) -> None:
    a, b = pair(at.Willshaw(), 0)
    circuit = stored(at.Willshaw(), (a, b))
    with pytest.raises(PatternError, match=message):
        circuit.unlearn(asked(a, b))
    assert equal(circuit, stored(at.Willshaw(), (a, b)))


def test_a_pattern_that_is_still_stored_with_another_is_not_forgotten() -> None:
    a, b = pair(at.Willshaw(), 0)
    circuit = stored(at.Willshaw(), (a, b))
    circuit.store(a=a[:1], b=b[1:2])
    circuit.unlearn(a=a, b=b)
    assert np.array_equal(circuit.patterns("a"), a[:1])
    assert np.array_equal(circuit.patterns("b"), b[1:2])
    assert circuit.store(a=a[:1])["a"].tolist() == [0]


def test_what_was_compiled_is_no_longer_current() -> None:
    a, b = pair(at.Willshaw(), 0)
    circuit = stored(at.Willshaw(), (a, b))
    before = circuit.lessons
    circuit.unlearn(a=a, b=b)
    assert circuit.lessons > before


def test_a_circuit_that_keeps_weights_refuses_by_name() -> None:
    a, b = pair(at.Willshaw(), 0)
    plain, counts = at.Circuit(brain(at.Willshaw())), stored(at.Willshaw())
    plain.store(a=a, b=b)
    for what, call in [
        ("unlearn", lambda: plain.unlearn(a=a, b=b)),
        ("with_rules", lambda: plain.with_rules(a=at.Covariance())),
        ("merged", lambda: plain.merged(counts)),
        ("merged", lambda: counts.merged(plain)),
    ]:
        with pytest.raises(UnsupportedError, match=rf"{what}: .*keep='counts'"):
            call()


def test_lesioned_synapses_refuse_by_name() -> None:
    cut = stored(at.Willshaw(), pair(at.Willshaw(), 0)).lesioned("a->b", 0.5)
    with pytest.raises(UnsupportedError, match="unlearn: 'a->b' was lesioned"):
        cut.unlearn(a=rows(at.Willshaw(), 5, 0))
    cut.store(a=rows(at.Willshaw(), 2, 3), b=rows(at.Willshaw(), 2, 3, "b"))


def test_rules_that_do_not_rest_on_counts_are_refused_when_the_circuit_is_made() -> None:
    storkey = at.AttractorNetwork("word", 40, at.Sign(), RULES["Storkey"]())
    with pytest.raises(UnsupportedError, match=r"'word': keep='counts'.*Storkey does not rest"):
        at.Circuit(at.Architecture([storkey]), keep="counts")


def test_fixed_weights_stay_as_they_are_and_are_not_swapped() -> None:
    edge = at.Association("a", "b", at.Fixed(np.ones((30, 40))))
    level = brain(at.Willshaw())
    circuit = at.Circuit(at.Architecture(level.networks, [edge]), keep="counts")
    a, b = pair(at.Willshaw(), 0)
    circuit.store(a=a, b=b)
    circuit.unlearn(a=a, b=b)
    assert circuit.contents.edges["a->b"].count == 30 * 40
    with pytest.raises(UnsupportedError, match="'a->b' has Fixed weights"):
        circuit.with_rules({"a->b": at.Willshaw()})
    with pytest.raises(ParameterError, match="'a' is to get Fixed"):
        circuit.with_rules(a=at.Fixed(np.ones((40, 40))))


def test_what_does_not_fit_is_refused_when_rules_are_swapped() -> None:
    circuit = stored(at.Willshaw(), pair(at.Willshaw(), 0))
    with pytest.raises(UnknownNameError, match="did you mean 'a->b'"):
        circuit.with_rules({"a>b": at.Covariance()})
    with pytest.raises(ArchitectureError, match="patterns"):
        circuit.with_rules(a=at.Hebbian())
    with pytest.raises(PatternError, match="with_rules: 'a': Covariance"):
        circuit.with_rules(a=at.Covariance(0.45))
    with pytest.raises(ParameterError, match="'a' is to get str"):
        circuit.with_rules(a="Covariance")  # type: ignore[arg-type]
    with pytest.raises(ArchitectureError, match="weights of both signs"):
        at.Circuit(brain(at.Willshaw()), keep="counts", dale=True).with_rules(a=at.Covariance())


def test_circuits_of_different_architectures_are_not_merged() -> None:
    with pytest.raises(ArchitectureError, match="different architectures"):
        stored(at.Willshaw()).merged(stored(at.Covariance()))


def test_keep_has_two_values() -> None:
    with pytest.raises(UnknownNameError, match="keep of Circuit 'count'; did you mean 'counts'"):
        at.Circuit(brain(at.Willshaw()), keep="count")  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_engines_run_what_is_seen_as_they_run_weights(engine: str) -> None:
    rule = at.Willshaw()
    a, b = pair(rule, 0)
    plain = at.Circuit(brain(rule))
    plain.store(a=a, b=b)
    trials = at.Trial.batch(100.0, {"a": a[:2]}, stop=50.0)
    runs = [at.simulate(c, trials, engine, seed=1) for c in (plain, stored(rule, (a, b)))]
    for name in ("match_a", "match_b", "synaptic_events", "bytes_read"):
        assert np.array_equal(runs[0].dataset[name], runs[1].dataset[name]), name
