"""Compiled loops that settle one cue end where their NumPy twins end, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attractors.kernels.fast import rows as fast_rows
from attractors.kernels.fast import settle as fast
from attractors.kernels.plain import settle as plain
from attractors.kernels.plain.packing import packed

# around the ends of words and of the stretches in which active units are looked for
SIZES = st.sampled_from([1, 2, 31, 32, 33, 63, 64, 65, 100])
KINDS = (bool, np.int8, np.int64, np.float16, np.float32, np.float64, ">f8")


@st.composite
def tasks(draw: st.DrawFn) -> tuple[NDArray[np.bool_], NDArray[Any], int, int, int]:
    """Synapses (N, N), a cue (N,), winners, inputs that one needs, and steps; ties abound."""
    units = draw(SIZES)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    synapses = rng.random((units, units)) < draw(st.sampled_from([0.0, 0.05, 0.3, 1.0]))
    cue = rng.random(units) < draw(st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    k = draw(st.integers(1, units))
    least, steps = draw(st.integers(1, units + 2)), draw(st.sampled_from([0, 1, 2, 3, 20]))
    return synapses, cue.astype(draw(st.sampled_from(KINDS))), k, least, steps


def rows_of(synapses: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    pre, post = synapses.nonzero()
    ends = np.searchsorted(pre, np.arange(len(synapses) + 1))
    return ends.astype(np.int64), post.astype(np.int32)


def equal(ours: Any, expected: Any) -> None:
    assert ours.dtype == expected.dtype
    np.testing.assert_array_equal(ours, expected)


@given(tasks())
def test_bits(task: Any) -> None:
    synapses, *asked = task
    equal(*(twin.settle_packed(packed(synapses), *asked) for twin in (fast, plain)))


@given(tasks(), st.integers(0, 2**32))
def test_rows_in_two_parts(task: Any, seed: int) -> None:
    synapses, *asked = task
    main = np.random.default_rng(seed).random(synapses.shape) < 0.5
    parts = rows_of(synapses & main), rows_of(synapses & ~main)
    found = fast.settle_rows(*parts, *asked)
    equal(found, plain.settle_rows(*parts, *asked))
    # both count the same, whatever the form
    equal(found, fast.settle_packed(packed(synapses), *asked))


@given(tasks(), st.integers(0, 2**32), st.sampled_from([np.int8, np.int16]), st.booleans())
@settings(deadline=None)
def test_tables_of_centred_sums(task: Any, seed: int, kind: Any, own: bool) -> None:
    _, cue, k, _, steps = task
    units, rng = len(cue), np.random.default_rng(seed)
    table = rng.integers(-3, 4, (units, units)).astype(kind)
    # parts of ten in each sum: their order shows in the last bits, which rounding takes off
    shift, more = rng.integers(0, 9, units) / 10, rng.integers(0, 9, units) / 10
    centring = plain.Centring(shift, more[: units * own], rng.integers(0, 9, units), 0.1, 0.3)
    for threshold in (None, 0.0, -0.5, 0.7):
        asked = table, centring, cue, 0.1, k, threshold, steps
        equal(fast.settle_table(*asked), plain.settle_table(*asked))


@pytest.mark.parametrize("cue", [[0.5, 1.0, 0.0], [2, 0, 0], [-1, 1, 1], [np.inf, 0, 0]])
def test_cues_besides_0_and_1_are_left_to_others(cue: list[float]) -> None:
    bits, state = packed(np.ones((3, 3), bool)), np.array(cue)
    rows, table = rows_of(np.ones((3, 3), bool)), np.ones((3, 3), np.int8)
    centring = plain.Centring(np.zeros(3), np.zeros(0), np.zeros(3, np.int64), 0.0, 0.0)
    for twin in (fast, plain):
        assert twin.settle_packed(bits, state, 1, 1, 5) is None
        assert twin.settle_rows(rows, rows, state, 1, 1, 5) is None
        assert twin.settle_table(table, centring, state, 1.0, 1, 0.0, 5) is None


def test_a_two_cycle_ends_at_one_of_its_states() -> None:
    swap = packed(np.array([[False, True], [True, False]]))
    cue = np.array([1, 0])
    states = [fast.settle_packed(swap, cue, 1, 1, steps) for steps in (0, 1, 2, 3, 50)]
    # the second update leads back to the cue, and a third is not made
    assert [state.tolist() for state in states] == [[1, 0], [0, 1], [1, 0], [1, 0], [1, 0]]


def test_the_table_of_counts_is_left_at_zero() -> None:
    synapses = np.random.default_rng(0).random((100, 100)) < 0.3
    cue = np.arange(100) < 40
    nothing = np.zeros(101, np.int64), np.empty(0, np.int32)
    fast.settle_rows(rows_of(synapses), nothing, cue, 7, 1, 20)
    table, counts, _ = fast_rows.workspace(100)
    assert not table.any()
    assert not counts.any()


def test_what_16_or_32_bits_cannot_count_is_left_to_others(monkeypatch: Any) -> None:
    monkeypatch.setattr(fast, "MOST", 2)
    rows, cue = rows_of(np.ones((4, 4), bool)), np.ones(4, np.int8)
    assert fast.settle_rows(rows, rows, cue, 1, 1, 5) is None
    units = (1 << 31) // np.iinfo(np.int16).max + 1
    # no table so large is needed to see that it is left alone
    table, centring = np.empty((0, 0), np.int16), (None,) * 5
    assert fast.settle_table(table, centring, np.ones(units, bool), 1.0, 1, 0.0, 5) is None
