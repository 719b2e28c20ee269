"""Compiled kernels for rows of targets give what their NumPy twins give."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attractors.kernels import threads
from attractors.kernels.fast import joining
from attractors.kernels.fast import rows as fast
from attractors.kernels.plain import rows as plain
from attractors.kernels.winners import k_winners

Lists = tuple[NDArray[np.int64], NDArray[np.int32]]


def lists(active: NDArray[np.bool_]) -> Lists:
    rows, units = np.nonzero(active)
    ends = np.searchsorted(rows, np.arange(len(active) + 1))
    return ends.astype(np.int64), units.astype(np.int32)


def full(rows: Lists, units: int) -> NDArray[np.bool_]:
    matrix = np.zeros((len(rows[0]) - 1, units), bool)
    matrix[np.repeat(np.arange(len(matrix)), np.diff(rows[0])), rows[1]] = True
    return matrix


def equal(ours: Any, expected: Any) -> None:
    for one, other in zip(ours, expected, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


@st.composite
def patterns(draw: st.DrawFn, count: int, units: int) -> NDArray[np.bool_]:
    """Rows (count, units) from silent to full, some of them equal."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    density = draw(st.sampled_from([0.0, 0.02, 0.1, 0.5, 1.0]))
    rows = rng.random((count, units)) < density
    return rows[rng.integers(0, count, count)] if draw(st.booleans()) else rows


@st.composite
def lessons(draw: st.DrawFn) -> tuple[Lists, Lists, int, int, bool]:
    recurrent, count = draw(st.booleans()), draw(st.integers(1, 20))
    n_pre = draw(st.integers(1, 80))
    n_post = n_pre if recurrent else draw(st.integers(1, 600))
    pre = lists(draw(patterns(count, n_pre)))
    post = pre if recurrent else lists(draw(patterns(count, n_post)))
    return post, pre, n_post, n_pre, recurrent


def join(kernels: Any, lesson: tuple[Lists, Lists, int, int, bool]) -> Lists:
    post, pre, n_post, n_pre, recurrent = lesson
    members = kernels.transpose_lists(pre, n_pre)
    most = kernels.most_targets(post, members, n_post)
    rows: Lists = kernels.join_rows(post, members, n_post, recurrent, most)
    return rows


@given(lessons())
@settings(deadline=None)
def test_rows_join_what_was_active_together(lesson: tuple[Lists, Lists, int, int, bool]) -> None:
    post, pre, n_post, n_pre, recurrent = lesson
    rows = join(fast, lesson)
    equal(rows, join(plain, lesson))
    wanted = full(pre, n_pre).T.astype(int) @ full(post, n_post).astype(int) > 0
    if recurrent:
        np.fill_diagonal(wanted, False)
    assert np.array_equal(full(rows, n_post), wanted)
    members = plain.transpose_lists(pre, n_pre)
    equal(fast.transpose_lists(pre, n_pre), members)
    counts = [kernel.count_targets(post, members, n_post, recurrent) for kernel in (fast, plain)]
    equal(counts, 2 * [wanted.sum(axis=1)])
    most = [kernel.most_targets(post, members, n_post) for kernel in (fast, plain)]
    equal(most[:1], most[1:])
    assert (most[0] >= counts[0]).all()


def test_rows_are_the_same_however_they_are_put_in_order() -> None:
    # few pairs are inserted one by one, more are sorted, many are marked and swept
    rng, ways = np.random.default_rng(0), []
    for count in (2, 20, 200):
        post, pre = (
            lists(rng.random((count, units)) < share) for units, share in ((1200, 0.005), (3, 1.0))
        )
        lesson = post, pre, 1200, 3, False
        equal(join(fast, lesson), join(plain, lesson))
        ways.append((len(post[1]) > joining.FEW, len(post[1]) > 1200 // joining.SWEEP))
    assert ways == [(False, False), (True, False), (True, True)]


def test_rows_shared_out_among_threads_fit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)
    monkeypatch.setattr(fast, "ENTRIES", 1)
    rng = np.random.default_rng(0)
    # every pattern comes three times, so that all blocks of rows leave gaps to be closed
    active = np.repeat(rng.random((30, 1000)) < 0.02, 3, axis=0)
    known = lists(rng.random((1000, 1000)) < 0.01)
    lesson = lists(active), lists(active), 1000, 1000, True
    rows = join(fast, lesson)
    equal(rows, join(plain, lesson))
    fresh = plain.subtract_rows(rows, known)
    equal(fast.subtract_rows(rows, known), fresh)
    grown = [np.concatenate([known[1], fresh[1]]) for _ in range(2)]
    equal(
        (fast.merge_rows(known[0], grown[0], fresh), grown[0]),
        (plain.merge_rows(known[0], grown[1], fresh), grown[1]),
    )


@given(lessons(), st.data())
@settings(deadline=None)
def test_rows_less_known_ones_and_merged_with_them(
    lesson: tuple[Lists, Lists, int, int, bool], data: st.DataObject
) -> None:
    n_post, n_pre = lesson[2:4]
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    known = lists(rng.random((n_pre, n_post)) < 0.1)
    fresh = fast.subtract_rows(join(fast, lesson), known)
    equal(fresh, plain.subtract_rows(join(plain, lesson), known))
    rows = full(join(plain, lesson), n_post)
    assert np.array_equal(full(fresh, n_post), rows & ~full(known, n_post))
    for kernels in (fast, plain):
        merged = np.concatenate([known[1], np.empty(len(fresh[1]), np.int32)])
        ends = kernels.merge_rows(known[0], merged, fresh)
        equal((ends, merged), lists(rows | full(known, n_post)))


@given(st.data())
@settings(deadline=None)
def test_winners_are_those_of_the_counts(data: st.DataObject) -> None:
    n_pre, n_post = data.draw(st.integers(1, 40)), data.draw(st.sampled_from([1, 7, 200, 70000]))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    # numbers that agree in their lowest 15 bits share a place of the table of counts
    columns = np.unique(rng.integers(0, n_post, 60) % max(n_post - 65536, 200) % n_post)
    columns = np.union1d(columns, columns[columns + 65536 < n_post] + 65536)
    synapses = np.zeros((n_pre, n_post), bool)
    synapses[:, columns] = rng.random((n_pre, len(columns))) < data.draw(st.floats(0, 1))
    part = rng.random(synapses.shape) < data.draw(st.sampled_from([0.0, 0.2]))
    rows, recent = lists(synapses & ~part), lists(synapses & part)
    cues = rng.random((data.draw(st.integers(0, 5)), n_pre)) < rng.random()
    k, least = data.draw(st.integers(1, min(n_post, 12))), data.draw(st.integers(1, 6))
    found = fast.row_winners(rows, recent, n_post, lists(cues), k, least)
    equal(found, plain.row_winners(rows, recent, n_post, lists(cues), k, least))
    active, tied = k_winners(cues.astype(float) @ synapses, k, least - 0.5)
    equal(found, (*lists(active), tied))


def test_counts_that_would_overflow_a_place_are_counted_in_full() -> None:
    # 70,000 units of a cue reach three targets; a place of the table counts to 65,535
    rows = np.arange(0, 3 * 70000 + 1, 3), np.tile(np.array([1, 4, 5], np.int32), 70000)
    cues = np.array([0, 70000]), np.arange(70000, dtype=np.int32)
    nothing = np.zeros(70001, np.int64), np.empty(0, np.int32)
    found = fast.row_winners(rows, nothing, 6, cues, 2, 1)
    equal(found, (np.array([0, 2]), np.array([1, 4], np.int32), np.array([True])))


@given(st.data())
@settings(deadline=None)
def test_fields_add_up(data: st.DataObject) -> None:
    n_pre, n_post, batch = (data.draw(st.integers(1, most)) for most in (40, 200, 5))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    synapses = rng.random((n_pre, n_post)) < 0.3
    # whole numbers, that must come out exactly
    states = rng.integers(-3, 4, (batch, n_pre))
    for kind in (np.float32, np.float64):
        fields = np.ones((2, batch, n_post), kind)
        for kernels, field in zip((fast, plain), fields, strict=True):
            values = states[states != 0].astype(kind)
            kernels.add_rows(lists(synapses), lists(states != 0), values, field)
        assert np.array_equal(fields[0], 1 + states @ synapses)
        assert np.array_equal(fields[0], fields[1])


def test_kernels_read_arrays_that_must_not_be_written() -> None:
    rng = np.random.default_rng(0)
    rows, cues = lists(rng.random((30, 50)) < 0.3), lists(rng.random((4, 30)) < 0.2)
    nothing = np.zeros(31, np.int64), np.empty(0, np.int32)
    wanted = plain.row_winners(rows, nothing, 50, cues, 5, 1)
    for array in (*rows, *cues):
        array.setflags(write=False)
    equal(fast.row_winners(rows, nothing, 50, cues, 5, 1), wanted)
