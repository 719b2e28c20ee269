"""Count tables: added, merged and subtracted exactly, compressed where they are large."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from attractors.errors import ParameterError, PatternError
from attractors.patterns import random_signs, random_sparse
from attractors.rules import counts as module
from attractors.rules.counts import Counts
from attractors.seeding import stream

LARGE = (3000, 2000)


def lesson(count: int, seed: int, shape: tuple[int, int] = (30, 20)) -> tuple[np.ndarray, ...]:
    rng = stream(seed, "counts")
    return random_sparse(count, shape[0], 5, rng), random_sparse(count, shape[1], 4, rng)


def by_hand(post: np.ndarray, pre: np.ndarray) -> np.ndarray:
    return (post > 0).astype(int).T @ (pre > 0).astype(int)


def test_a_table_counts_how_often_both_ends_were_active() -> None:
    post, pre = lesson(50, 0)
    table = Counts.of(post, pre)
    assert np.array_equal(table.pairs, by_hand(post, pre))
    assert np.array_equal(table.post, post.sum(axis=0))
    assert np.array_equal(table.pre, pre.sum(axis=0))
    assert (table.stored, table.shape) == (50, (30, 20))


def test_minus_one_counts_as_inactive() -> None:
    signs = random_signs(9, 12, stream(0, "signs"))
    table = Counts.of(signs, signs)
    assert np.array_equal(table.pairs, by_hand(signs, signs))
    assert np.array_equal(table.pairs.diagonal(), table.post)


@given(st.integers(0, 500), st.integers(1, 9), st.integers(1, 9))
def test_merging_equals_storing_both_and_subtracting_undoes_it(
    seed: int, first: int, second: int
) -> None:
    post, pre = lesson(first + second, seed)
    a, b = Counts.of(post[:first], pre[:first]), Counts.of(post[first:], pre[first:])
    assert (a + b).equals(Counts.of(post, pre))
    assert (b + a).equals(a + b)
    assert (a + b - b).equals(a)
    assert (a + Counts.empty(a.shape)).equals(a)


def test_large_sparse_tables_are_compressed_and_hold_the_same() -> None:
    post, pre = lesson(40, 1, LARGE)
    a, b = Counts.of(post[:25], pre[:25]), Counts.of(post[25:], pre[25:])
    both = Counts.empty(LARGE) + a + b
    assert sparse.issparse(both.pairs)
    assert both.nbytes < 60_000 < 4 * LARGE[0] * LARGE[1]
    assert np.array_equal(both.pairs.toarray(), by_hand(post, pre))
    assert (both - b).equals(a)
    assert (both - b).pairs.nnz == a.pairs.nnz, "zeros stay behind"
    assert Counts.of(sparse.csr_array(post), sparse.csr_array(pre)).equals(both)


def test_a_compressed_table_that_fills_up_becomes_a_full_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "SMALL", 0)
    post, pre = lesson(200, 2)
    table = Counts.empty((30, 20))
    for row in range(200):
        table += Counts.of(post[row : row + 1], pre[row : row + 1])
    assert isinstance(table.pairs, np.ndarray)
    assert table.equals(Counts.of(post, pre))
    assert np.array_equal(table.pairs, by_hand(post, pre))


def test_patterns_are_multiplied_in_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    post, pre = lesson(50, 3)
    whole = Counts.of(post, pre)
    monkeypatch.setattr(module, "BLOCK", 7 * 4 * 50)
    assert Counts.of(post, pre).equals(whole)


def test_what_was_never_stored_cannot_be_subtracted() -> None:
    post, pre = lesson(5, 4)
    table = Counts.of(post, pre)
    with pytest.raises(PatternError, match="never stored"):
        table - Counts.of(*lesson(1, 5))
    with pytest.raises(PatternError, match="never stored"):
        table - (table + table)


def test_equal_means_every_count() -> None:
    post, pre = lesson(5, 6)
    table = Counts.of(post, pre)
    assert not table.equals(Counts.of(*lesson(5, 7)))
    assert not table.equals(Counts(table.pairs, table.post + 1, table.pre, table.stored))
    assert not table.equals(Counts(table.pairs, table.post, table.pre, 6))
    assert not table.equals(Counts.of(pre, post))


def test_tables_of_other_sizes_and_of_too_many_pairs_are_refused() -> None:
    post, pre = lesson(1, 8)
    table = Counts.of(post, pre)
    with pytest.raises(ParameterError, match="30 x 20 and 20 x 30 units"):
        table + Counts.of(pre, post)
    full = Counts(table.pairs, table.post, table.pre, module.MOST)
    with pytest.raises(ParameterError, match="leave 32 bits"):
        full + table
