"""Integers hold what a full matrix holds, and refuse what they cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.patterns import random_signs, random_sparse
from attractors.rules import Bounded, Clipped, Quantised
from attractors.seeding import stream
from attractors.synapses import Dense, synapses_for
from attractors.synapses.integers import Int8, Int16, Integers

UNITS = 80
LEVELS = (0.1, 0.1)
FORMS = (Int8, Int16)
RULES = [at.Covariance(), at.Hebbian(), at.Willshaw(), Clipped(at.Hebbian()), Quantised(bits=4)]
NAMES = [repr(rule).split("(")[0] for rule in RULES]


def patterns(rule: at.Rule, count: int = 12, key: str = "x") -> Any:
    rng = stream(0, key)
    return (
        random_sparse(count, UNITS, 8, rng)
        if rule.values == "01"
        else random_signs(count, UNITS, rng)
    )


def made(form: type, rule: at.Rule, recurrent: bool = True) -> Any:
    synapses = form(rule, (UNITS, UNITS), recurrent, "a")
    x = patterns(rule)
    synapses.learn(x, x if recurrent else patterns(rule, key="y"), LEVELS)
    return synapses


def states(kind: str) -> Any:
    rng = stream(3, kind)
    drawn = {
        "few": (rng.random((6, UNITS)) < 0.1).astype(np.int8),
        "many": (rng.random((400, UNITS)) < 0.5).astype(np.float64),
        "signs": random_signs(6, UNITS, rng),
        "many signs": random_signs(400, UNITS, rng).astype(np.float32),
        "graded": rng.normal(size=(6, UNITS)),
    }
    return drawn[kind]


@pytest.mark.parametrize("kind", ["few", "many", "signs", "many signs", "graded"])
@pytest.mark.parametrize("recurrent", [False, True])
@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_kind_of_state_gets_the_field_of_the_full_matrix(
    rule: at.Rule, recurrent: bool, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # several blocks, the last of them smaller
    monkeypatch.setattr("attractors.synapses.integer_table.BLOCK", UNITS * 30)
    s = states(kind)
    full = made(Dense, rule, recurrent).weights.astype(float)
    for form in FORMS:
        field = made(form, rule, recurrent).field(s)
        expected = s.astype(float) @ full.T
        if kind != "graded" and rule.whole:
            np.testing.assert_array_equal(field, expected)
        else:
            # sums of 80 doubles of about 10
            np.testing.assert_allclose(field, expected, atol=1e-11)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_winners_are_those_of_the_field(rule: at.Rule) -> None:
    synapses = made(Int16, rule)
    cues = sparse.csr_array(states("few"))
    asked = cues.indptr.astype(np.int64), cues.indices, 8, 0.25
    ours, expected = synapses.winners(*asked), super(Integers, synapses).winners(*asked)
    for one, other in zip(ours, expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("active", [0.02, 0.9], ids=["one by one", "multiplied"])
def test_coincidences_are_counted_however_many_there_are(active: float) -> None:
    x = (stream(4, "x").random((60, UNITS)) < active).astype(np.int8)
    synapses = Int16(at.Covariance(), (UNITS, UNITS), True)
    synapses.learn(x[:20], x[:20], (0.5, 0.5))
    synapses.learn(sparse.csr_array(x[20:]), sparse.csr_array(x[20:]), (0.5, 0.5))
    pairs = x.T.astype(int) @ x
    np.fill_diagonal(pairs, 0)
    np.testing.assert_array_equal(synapses.table.values, pairs)


@pytest.mark.parametrize("active", [0.1, 0.9], ids=["one by one", "multiplied"])
def test_a_count_that_does_not_fit_changes_nothing(active: float) -> None:
    x = (stream(4, "x").random((1, UNITS)) < active).astype(np.int8)
    x[0, [3, 5]] = 1
    synapses = Int8(at.Covariance(), (UNITS, UNITS), True, "a")
    synapses.learn(np.repeat(x, 127, axis=0), np.repeat(x, 127, axis=0), LEVELS)
    before = {name: array.copy() for name, array in synapses.arrays().items()}
    lone = np.zeros((1, UNITS), np.int8)
    lone[0, [3, 5]] = 1
    for more in (x, lone):
        with pytest.raises(ParameterError, match=r"'a': int8 holds -128 to 127.*128.*'int16'"):
            synapses.learn(more, more, LEVELS)
    for name, array in synapses.arrays().items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)
    # the synapse of a unit onto itself is not held, so its count does not matter
    alone = np.zeros((1, UNITS), np.int8)
    alone[0, 3] = 1
    synapses.learn(alone, alone, LEVELS)


@pytest.mark.parametrize("rule", [at.Hebbian(), Quantised(bits=9)], ids=["sum", "transformed"])
def test_a_weight_that_does_not_fit_changes_nothing(rule: at.Rule) -> None:
    x = random_signs(1, UNITS, stream(5, "x"))
    synapses = Int8(rule, (UNITS, UNITS), True, "a")
    synapses.learn(np.repeat(x, 100, axis=0), np.repeat(x, 100, axis=0), (None, None))
    before = {name: array.copy() for name, array in synapses.arrays().items()}
    with pytest.raises(ParameterError, match=r"from unit \d+ to unit \d+ would come to -?\d+"):
        synapses.learn(np.repeat(x, 40, axis=0), np.repeat(x, 40, axis=0), (None, None))
    for name, array in synapses.arrays().items():
        np.testing.assert_array_equal(array, before[name], err_msg=name)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_mapped_file_is_read_and_copied_before_it_learns_on(
    rule: at.Rule, tmp_path: Path
) -> None:
    saved, again = made(Int8, rule), Int8(rule, (UNITS, UNITS), True, "a")
    for name, array in saved.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {n: np.load(tmp_path / f"{n}.npy", mmap_mode="r") for n in saved.arrays()}
    again.restore(mapped)
    assert again.scale(UNITS, 0.1) == saved.scale(UNITS, 0.1)
    more = patterns(rule, key="more")
    for synapses in (again, saved):
        synapses.learn(more, more, LEVELS)
    for name, array in saved.arrays().items():
        np.testing.assert_array_equal(again.arrays()[name], array, err_msg=name)
    np.testing.assert_array_equal(again.field(states("few")), saved.field(states("few")))


def test_integers_take_a_fraction_of_the_bytes_of_the_full_matrix() -> None:
    full = made(Dense, at.Covariance()).nbytes
    assert made(Int8, at.Covariance()).nbytes < full / 8 + 32 * UNITS
    assert made(Int16, at.Covariance()).nbytes < full / 4 + 32 * UNITS
    assert Int16.expected_bytes(at.Covariance(), (7, 9)) == 2 * 7 * 9


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rule", [*RULES, at.Diluted(Quantised())], ids=[*NAMES, "Diluted"])
def test_the_bytes_looked_for_are_those_that_are_taken(rule: at.Rule, form: type[Integers]) -> None:
    shape = (500, 400)
    expected = form.expected_bytes(rule, shape)
    # what is kept for each unit, and not for each synapse, is left out
    assert expected <= form(rule, shape, False).nbytes <= expected + 16 * sum(shape)


def test_a_rule_with_real_weights_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="Bounded makes weights that are no whole numbers"):
        synapses_for(Bounded(), (UNITS, UNITS), True, forced="int8")


def test_a_memory_recalls_from_integers() -> None:
    x = random_sparse(20, 400, 10, stream(6, "x"))
    network = at.AttractorNetwork("a", 400, at.KWinners(10), at.Covariance(), synapses="int8")
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(a=x)
    half = x * (np.cumsum(x, axis=1) <= 5)
    trials = at.Trial.batch(100.0, {"a": half}, stop=10.0)
    recording = at.simulate(circuit, trials)
    assert (recording.get("match", "a").values[:, -1].argmax(axis=-1) == np.arange(20)).all()
