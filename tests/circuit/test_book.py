"""The book of stored patterns: each once, in order, found again however it was held."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from attractors.circuit import book as module
from attractors.circuit.book import PatternBook
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream

ROWS = st.lists(st.lists(st.sampled_from([0, 1]), min_size=6, max_size=6), min_size=1, max_size=9)


def dense(patterns: Any) -> NDArray[Any]:
    return patterns.toarray() if sparse.issparse(patterns) else patterns


@given(st.lists(st.tuples(ROWS, st.booleans()), min_size=1, max_size=4))
@settings(deadline=None)
def test_every_distinct_row_has_one_place(lessons: list[tuple[list[list[int]], bool]]) -> None:
    book, seen, entered = PatternBook(6), {}, False
    for rows, sparsely in lessons:
        patterns = np.array(rows, np.int8)
        known = len(seen)
        places = book.add(sparse.csr_array(patterns) if sparsely else patterns)
        assert places.tolist() == [seen.setdefault(tuple(row), len(seen)) for row in rows]
        entered |= sparsely and len(seen) > known
    assert len(book) == len(seen)
    assert dense(book.patterns).tolist() == [list(row) for row in seen]
    # what came in sparsely is held so, and all else with it
    assert sparse.issparse(book.patterns) == entered


@pytest.mark.parametrize(
    "patterns",
    [random_signs(40, 30, stream(0, "signs")), stream(0, "real").normal(size=(40, 30))],
    ids=["±1", "real"],
)
def test_full_patterns_of_other_values_are_told_apart(patterns: NDArray[Any]) -> None:
    book = PatternBook(30)
    assert book.add(patterns).tolist() == list(range(40))
    assert book.add(patterns[::-1]).tolist() == list(range(39, -1, -1))
    assert np.array_equal(book.patterns, patterns)
    assert book.patterns.dtype == patterns.dtype


@pytest.mark.parametrize("sparsely", [False, True])
def test_patterns_of_one_key_are_told_apart(
    sparsely: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    patterns: Any = random_sparse(20, 30, 4, stream(0, "patterns"))
    patterns = sparse.csr_array(patterns) if sparsely else patterns
    draws = []

    class Ones:
        def integers(self, low: int, high: int, units: int, kind: type) -> NDArray[np.uint64]:
            return np.ones(units, np.uint64)

    def first_all_alike(seed: int, *key: str) -> Any:
        draws.append(seed)
        return Ones() if seed == 0 else stream(seed, *key)

    # with equal numbers for all units, all patterns of four active units have one key
    monkeypatch.setattr(module, "stream", first_all_alike)
    book = PatternBook(30)
    assert book.add(patterns[:1]).tolist() == [0]
    assert book.add(patterns).tolist() == list(range(20))
    assert draws == [0, 1]
    assert np.array_equal(dense(book.patterns), dense(patterns))


def test_what_is_changed_later_is_not_changed_in_the_book() -> None:
    patterns = random_sparse(5, 30, 4, stream(0, "patterns"), sparse=True)
    book, kept = PatternBook(30), patterns.toarray()
    book.add(patterns)
    patterns.indices[:] = 0
    assert np.array_equal(dense(book.patterns), kept)


def test_many_rows_are_looked_at_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 60)
    for sparsely in (False, True):
        patterns: Any = random_sparse(50, 30, 4, stream(0, "patterns"), sparse=sparsely)
        book = PatternBook(30)
        assert book.add(patterns).tolist() == list(range(50))
        assert book.add(patterns).tolist() == list(range(50))
