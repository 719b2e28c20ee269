"""One bit a synapse holds what a full matrix holds, for every kind of state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.patterns import random_sparse
from attractors.seeding import stream
from attractors.synapses import Dense, form_for
from attractors.synapses.packed import Packed
from attractors.synapses.sparse import Sparse

# no multiples of a word on either side
POST, PRE = random_sparse(40, 150, 9, stream(0, "post")), random_sparse(40, 90, 7, stream(0, "pre"))
LEVELS = (None, None)


def made(form: type, recurrent: bool = False) -> Any:
    shape = (150, 150) if recurrent else (150, 90)
    synapses = form(at.Willshaw(), shape, recurrent)
    synapses.learn(POST, POST if recurrent else PRE, LEVELS)
    return synapses


@pytest.mark.parametrize("recurrent", [False, True])
@pytest.mark.parametrize("kind", [np.bool_, np.int8, np.float32, np.float64])
def test_binary_states_give_whole_numbers(recurrent: bool, kind: Any) -> None:
    full = made(Dense, recurrent)
    states = (stream(1, "s").random((5, full.shape[1])) < 0.4).astype(kind)
    field = made(Packed, recurrent).field(states)
    assert field.dtype == np.float32
    np.testing.assert_array_equal(field, states.astype(float) @ full.weights.T)


@pytest.mark.parametrize("kind", [np.int8, np.float64])
def test_signed_states_give_whole_numbers(kind: Any) -> None:
    states = stream(1, "s").integers(-1, 2, (5, 90)).astype(kind)
    field = made(Packed).field(states)
    np.testing.assert_array_equal(field, states.astype(float) @ made(Dense).weights.T)


@pytest.mark.parametrize(("kind", "error"), [(np.float32, 1e-5), (np.float64, 1e-13)])
def test_graded_states_are_multiplied(
    kind: Any, error: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # several blocks, the last of them smaller
    monkeypatch.setattr("attractors.synapses.packed.BLOCK", 150 * 40)
    states = stream(1, "s").normal(size=(5, 90)).astype(kind)
    field = made(Packed).field(states)
    assert field.dtype == made(Dense).field(states).dtype == kind
    np.testing.assert_allclose(field, states.astype(float) @ made(Dense).weights.T, atol=20 * error)


@pytest.mark.parametrize("least", [1, 2.5, 4, 100])
def test_winners_equal_those_of_the_full_matrix(least: float) -> None:
    cues = sparse.csr_array(PRE * (stream(2, "half").random(PRE.shape) < 0.5))
    asked = cues.indptr.astype(np.int64), cues.indices, 9, least
    for one, other in zip(made(Packed).winners(*asked), made(Dense).winners(*asked), strict=True):
        np.testing.assert_array_equal(one, other)


def test_exact_retrieval_completes_half_of_a_stored_pattern() -> None:
    synapses = Packed(at.Willshaw(), (150, 150), True)
    patterns = random_sparse(4, 150, 8, stream(3, "x"))
    synapses.learn(patterns, patterns, LEVELS)
    half = sparse.csr_array(patterns * (np.cumsum(patterns, axis=1) <= 4))
    ends, units = synapses.reached(half.indptr.astype(np.int64), half.indices)
    answer = sparse.csr_array((np.ones(len(units)), units, ends), patterns.shape).toarray()
    np.testing.assert_array_equal(answer, patterns)


def test_lessons_may_come_as_lists() -> None:
    full, listed = made(Packed), Packed(at.Willshaw(), (150, 90), False)
    listed.learn(sparse.csr_array(POST), sparse.csr_array(PRE), LEVELS)
    np.testing.assert_array_equal(full.bits, listed.bits)


def test_no_unit_reaches_itself() -> None:
    assert not made(Packed, recurrent=True).toarray().diagonal().any()


def test_blocks_make_up_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    synapses = made(Packed)
    keep = stream(4, "keep").random(synapses.count) < 0.5
    whole, thin = synapses.triples(), synapses.thinned(keep).bits
    monkeypatch.setattr("attractors.synapses.packed.BLOCK", 150 * 40)
    for one, other in zip(synapses.triples(), whole, strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(synapses.thinned(keep).bits, thin)


def test_a_mapped_file_is_read_and_copied_before_it_learns_on(tmp_path: Path) -> None:
    saved = made(Packed)
    np.save(tmp_path / "bits.npy", saved.arrays()["bits"])
    again = Packed(at.Willshaw(), (150, 90), False)
    again.restore({"bits": np.load(tmp_path / "bits.npy", mmap_mode="r")})
    states = (stream(1, "s").random((3, 90)) < 0.3).astype(np.int8)
    np.testing.assert_array_equal(again.field(states), saved.field(states))
    more = random_sparse(5, 150, 9, stream(5, "post")), random_sparse(5, 90, 7, stream(5, "pre"))
    for synapses in (again, saved):
        synapses.learn(*more, LEVELS)
    np.testing.assert_array_equal(again.bits, saved.bits)
    assert not np.array_equal(np.load(tmp_path / "bits.npy"), saved.bits)


def test_bits_are_chosen_while_all_of_them_are_little() -> None:
    assert form_for(at.Willshaw(), (40_000, 40_000))[0] is Packed
    assert form_for(at.Willshaw(), (50_000, 50_000))[0] is Sparse
    # k = 20 and 64 of 20,000 units: as many patterns switch on 2 % and 20 % of the synapses
    for k, form in ((20, Sparse), (64, Packed)):
        level = k / 20_000
        assert form_for(at.Willshaw(), (20_000, 20_000), activity=(level, level))[0] is form
    assert form_for(at.Willshaw(), (2000, 2000), activity=(0.001, 0.001))[0] is Packed
    assert form_for(at.Covariance(), (100, 100))[0] is Dense
    assert Packed.expected_bytes(at.Willshaw(), (65, 10)) == 10 * 2 * 8


def test_one_unit_alone_reaches_nothing() -> None:
    synapses = Packed(at.Willshaw(), (1, 1), True)
    synapses.learn(np.ones((2, 1), np.int8), np.ones((2, 1), np.int8), LEVELS)
    assert synapses.count == 0
    assert synapses.field(np.ones((1, 1))).tolist() == [[0.0]]


def test_lessons_one_by_one_and_at_once_leave_the_same() -> None:
    at_once, single = made(Packed, recurrent=True), Packed(at.Willshaw(), (150, 150), True)
    for row in POST:
        single.learn(row[None], row[None], LEVELS)
        assert single.fan_out.sum() == single.count == np.bitwise_count(single.bits).sum()
    np.testing.assert_array_equal(single.bits, at_once.bits)
