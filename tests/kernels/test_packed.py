"""Compiled kernels for single bits give what their NumPy twins give, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attractors.kernels.fast import packed as fast
from attractors.kernels.fast.words import write_set
from attractors.kernels.plain import packed as plain
from attractors.kernels.plain.packing import packed, unpacked
from attractors.kernels.winners import k_winners

# around the ends of words and of the octets that counts are spread from
SIZES = st.sampled_from([1, 2, 7, 8, 63, 64, 65, 127, 128, 200])
DENSITIES = st.sampled_from([0.0, 0.03, 0.5, 0.97, 1.0])


def lists(active: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    rows, units = active.nonzero()
    ends = np.searchsorted(rows, np.arange(len(active) + 1))
    return ends.astype(np.int64), units.astype(np.int32)


@st.composite
def memories(draw: st.DrawFn) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Synapses (n_pre, n_post) and cues (B, n_pre), from silent rows to full ones."""
    pre, post, batch = draw(SIZES), draw(SIZES), draw(st.integers(0, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    synapses = rng.random((pre, post)) < draw(DENSITIES)
    cues = rng.random((batch, pre)) < np.array([draw(DENSITIES) for _ in range(batch)])[:, None]
    return synapses, cues.reshape(batch, pre)


def equal(ours: Any, expected: Any) -> None:
    for one, other in zip(ours, expected, strict=True):
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


@given(memories())
def test_packing_and_back_changes_nothing(memory: Any) -> None:
    synapses, _ = memory
    bits = packed(synapses)
    assert bits.shape == (len(synapses), -(-synapses.shape[1] // 64))
    np.testing.assert_array_equal(unpacked(bits, synapses.shape[1]), synapses)
    assert np.bitwise_count(bits).sum() == synapses.sum()


@given(memories())
def test_field_counts_the_active_inputs(memory: Any) -> None:
    synapses, cues = memory
    asked = packed(synapses), synapses.shape[1], *lists(cues)
    field = fast.packed_field(*asked)
    equal([field], [plain.packed_field(*asked)])
    np.testing.assert_array_equal(field, cues.astype(float) @ synapses)


# below eight, whole eights, sixteens with and without them, and every plane up to the highest
@pytest.mark.parametrize(
    "active", [0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 40, 63, 64, 127, 128, 255, 256, 5000]
)
def test_every_number_of_active_units_is_counted(active: int, rng: np.random.Generator) -> None:
    # the counts reach every plane up to the highest: some units are reached by all
    synapses = rng.random((active, 70)) < 0.5
    synapses[:, [0, 63, 69]] = True
    asked = packed(synapses), 70, *lists(np.ones((1, active), np.bool_))
    np.testing.assert_array_equal(fast.packed_field(*asked)[0], synapses.sum(axis=0))


@given(
    memories(),
    st.integers(1, 200),
    st.sampled_from([None, -2.0, 0.0, 0.5, 3.0, 60.0, 1e30, np.inf]),
)
def test_winners_are_those_of_the_field(memory: Any, k: int, threshold: float | None) -> None:
    synapses, cues = memory
    k = min(k, synapses.shape[1])
    asked = packed(synapses), synapses.shape[1], *lists(cues)
    winners = fast.packed_winners(*asked, k, threshold)
    equal(winners, plain.packed_winners(*asked, k, threshold))
    active, tied = k_winners(cues.astype(float) @ synapses, k, threshold)
    equal(winners, (*lists(active), tied))


def test_ties_are_broken_by_index_and_reported() -> None:
    synapses = np.zeros((1, 130), np.bool_)
    synapses[0, [3, 64, 128, 129]] = True
    cue = lists(np.ones((1, 1), np.bool_))
    _, winners, tied = fast.packed_winners(packed(synapses), 130, *cue, 3, 0.0)
    assert (winners.tolist(), tied.tolist()) == ([3, 64, 128], [True])
    # nothing is left out here, and below the threshold there is nothing to leave out
    assert not fast.packed_winners(packed(synapses), 130, *cue, 4, 0.0)[2].any()
    assert not fast.packed_winners(packed(synapses), 130, *cue, 3, 1.0)[2].any()


@given(memories(), st.booleans())
def test_and_keeps_what_every_active_unit_reaches(memory: Any, own: bool) -> None:
    synapses, cues = memory
    own &= synapses.shape[1] >= synapses.shape[0]
    asked = packed(synapses), synapses.shape[1], *lists(cues), own
    answer = fast.packed_and(*asked)
    equal(answer, plain.packed_and(*asked))
    expected = (cues @ ~synapses == 0) & cues.any(axis=1, keepdims=True)
    if own:
        expected[:, : len(synapses)] |= cues
    equal(answer, lists(expected))


@pytest.mark.parametrize("own", [False, True])
def test_long_answers_find_room(own: bool, rng: np.random.Generator) -> None:
    # units by cues: more in all than any one cue can be answered with
    synapses, cues = rng.random((130, 130)) < 0.9, rng.random((50, 130)) < 0.02
    answer = fast.packed_and(packed(synapses), 130, *lists(cues), own)
    assert answer[0][-1] > 10 * 130
    equal(answer, plain.packed_and(packed(synapses), 130, *lists(cues), own))


def test_positions_are_written_for_which_there_is_room() -> None:
    active = np.zeros((1, 300), np.bool_)
    active[0, [0, 1, 63, 64, 200, 299]] = True
    for room in (6, 7, 20):
        found = np.full(room, -1, np.int32)
        assert write_set(packed(active)[0], found, 0) == 6
        assert found[:6].tolist() == [0, 1, 63, 64, 200, 299]
        assert (found[7:] == -1).all()


@given(memories(), st.data())
def test_learning_switches_on_every_coincidence(memory: Any, data: st.DataObject) -> None:
    synapses, pre = memory
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    post = rng.random((len(pre), synapses.shape[1])) < 0.2
    ours, expected = packed(synapses), packed(synapses)
    fast.packed_learn(ours, *lists(post), *lists(pre))
    plain.packed_learn(expected, *lists(post), *lists(pre))
    equal([ours], [expected])
    np.testing.assert_array_equal(unpacked(ours, post.shape[1]), synapses | (pre.T @ post))


def test_threads_do_not_disturb_each_other(monkeypatch: Any, rng: np.random.Generator) -> None:
    from attractors.kernels import threads

    synapses, cues = rng.random((600, 200)) < 0.1, rng.random((301, 600)) < 0.05
    post = rng.random((301, 200)) < 0.1
    results = []
    for number in (1, 4):
        monkeypatch.setattr(threads, "workers", lambda number=number: number)
        bits = packed(synapses)
        fast.packed_learn(bits, *lists(post), *lists(cues))
        asked = bits, 200, *lists(cues)
        winners = fast.packed_winners(*asked, 20, 0.0)
        results.append([bits, fast.packed_field(*asked), *winners, *fast.packed_and(*asked)])
    equal(*results)
