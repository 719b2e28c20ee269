"""Compiled kernels for tables of small integers give what their NumPy twins give, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attractors.kernels import threads
from attractors.kernels.fast import table as fast
from attractors.kernels.plain import table as plain
from attractors.kernels.plain.lists import active_units

KINDS = st.sampled_from([np.int8, np.int16])
SIZES = st.sampled_from([1, 2, 7, 8, 9, 33, 100])


def lists(active: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return active_units(active)[:2]


@st.composite
def asked(draw: st.DrawFn) -> tuple[Any, ...]:
    """A table, active units of a batch and centring, for one network or two."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    pre, batch, recurrent = draw(SIZES), draw(st.integers(0, 4)), draw(st.booleans())
    post = pre if recurrent else draw(SIZES)
    table = rng.integers(-128, 128, (pre, post)).astype(draw(KINDS))
    density = np.array([draw(st.sampled_from([0.0, 0.1, 1.0])) for _ in range(batch)])
    cues = rng.random((batch, pre)) < density.reshape(batch, 1)
    own = rng.random(post) if recurrent else np.zeros(0)
    return table, *lists(cues), rng.random(post), rng.random(batch), own


def equal(ours: Any, expected: Any) -> None:
    for one, other in zip(ours, expected, strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@given(asked())
def test_fields_agree(case: Any) -> None:
    equal([fast.table_field(*case)], [plain.table_field(*case)])


@given(asked(), st.integers(1, 100), st.sampled_from([-1e9, 0.0, 50.0, 1e9]))
def test_winners_agree(case: Any, k: int, threshold: float) -> None:
    k = min(k, case[0].shape[1])
    equal(fast.table_winners(*case, k, threshold), plain.table_winners(*case, k, threshold))


def test_a_field_is_the_centred_sum(rng: np.random.Generator) -> None:
    table, cue = rng.integers(-9, 9, (20, 20)).astype(np.int8), rng.random(20) < 0.5
    shift, own = rng.random(20), rng.random(20)
    field = fast.table_field(table, *lists(cue[None]), shift, np.array([2.0]), own)
    expected = cue.astype(float) @ table - cue.sum() * shift - 2.0 + own * cue
    np.testing.assert_allclose(field[0], expected, atol=1e-12)


@given(asked(), st.data())
def test_counting_agrees_and_taking_away_brings_everything_back(
    case: Any, data: st.DataObject
) -> None:
    table, rng = case[0], np.random.default_rng(data.draw(st.integers(0, 2**32)))
    own = table.shape[0] == table.shape[1]
    pre = lists(rng.random((6, table.shape[0])) < 0.4)
    post = lists(rng.random((6, table.shape[1])) < 0.4)
    ours, expected = table.copy(), table.copy()
    places = [
        twin.table_add(counts, *post, *pre, 1, own)
        for twin, counts in ((fast, ours), (plain, expected))
    ]
    assert places[0] == places[1]
    equal([ours], [expected])
    fast.table_add(ours, *post, *pre, -1, own)
    equal([ours], [table])


@pytest.mark.parametrize(("kind", "last"), [(np.int8, 127), (np.int16, 32767)])
def test_the_first_count_to_leave_its_range_is_named(kind: Any, last: int) -> None:
    table = np.zeros((3, 4), kind)
    table[1, 2], table[2, 0] = last, last
    everything = lists(np.ones((1, 4), np.bool_)), lists(np.ones((1, 3), np.bool_))
    assert fast.table_add(table.copy(), *everything[0], *everything[1], 1, False) == 1 * 4 + 2
    one = lists(np.array([[True, False, False, False]])), lists(np.array([[False, True, True]]))
    assert fast.table_add(table.copy(), *one[0], *one[1], 1, False) == 2 * 4
    table[1, 2], table[2, 0] = last - 1, last - 1
    assert fast.table_add(table, *everything[0], *everything[1], 1, False) == -1
    assert table.max() == last


def test_threads_do_not_disturb_each_other(monkeypatch: Any, rng: np.random.Generator) -> None:
    post, pre = lists(rng.random((50, 300)) < 0.1), lists(rng.random((50, 700)) < 0.1)
    cues, ends = lists(rng.random((301, 700)) < 0.05), np.zeros(0)
    results = []
    for number in (1, 4):
        monkeypatch.setattr(threads, "workers", lambda number=number: number)
        table = np.zeros((700, 300), np.int8)
        fast.table_add(table, *post, *pre, 1, False)
        case = table, *cues, np.full(300, 0.3), np.zeros(301), ends
        results.append([table, fast.table_field(*case), *fast.table_winners(*case, 20, 0.0)])
    equal(*results)
