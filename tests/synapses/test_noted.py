"""Lessons that are noted: what was stored in portions is what all at once would make."""

from __future__ import annotations

import copy
import pickle
import threading
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import attractors as at
from attractors import room
from attractors.errors import MemoryLimitError
from attractors.patterns import random_sparse
from attractors.seeding import stream
from attractors.synapses import Sparse
from attractors.synapses import sparse as module
from attractors.synapses.lists import active_lists
from attractors.synapses.noted import OWN, Noted, most_synapses

NONE = (None, None)
PATTERNS = random_sparse(60, 500, 10, stream(0, "patterns"))


def learned(*portions: Any) -> Sparse:
    synapses = Sparse(at.Willshaw(), (500, 500), True, "memory")
    for portion in portions:
        synapses.learn(portion, portion, NONE)
    return synapses


def joins(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list that each making of synapses will append its number of patterns to."""
    made: list[int] = []
    join = module.kernels.join_rows

    def counted(post: Any, *arguments: Any) -> Any:
        made.append(len(post[0]) - 1)
        return join(post, *arguments)

    monkeypatch.setattr(module.kernels, "join_rows", counted)
    return made


@pytest.mark.parametrize("recurrent", [True, False])
def test_lessons_come_together_in_their_order(recurrent: bool) -> None:
    sources = random_sparse(60, 300, 4, stream(0, "sources"))
    post = active_lists(PATTERNS)
    pre = post if recurrent else active_lists(sources)
    noted = Noted()
    for start in (0, 20, 40):
        targets = active_lists(PATTERNS[start : start + 20])
        noted.add((targets, targets if recurrent else active_lists(sources[start : start + 20])))
    assert most_synapses((post, pre)) == 60 * 10 * (10 if recurrent else 4)
    assert noted.most == most_synapses((post, pre)) + 3 * OWN
    together = noted.together()
    assert (together[0] is together[1]) == recurrent
    for found, wanted in zip(together, (post, pre), strict=True):
        assert np.array_equal(found[0], wanted[0])
        assert np.array_equal(found[1], wanted[1])


def test_portions_are_made_into_synapses_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = joins(monkeypatch)
    synapses = learned(PATTERNS[:10], PATTERNS[10:40], PATTERNS[40:])
    assert made == []
    whole = learned(PATTERNS).toarray()
    assert np.array_equal(synapses.toarray(), whole)
    assert np.array_equal(synapses.toarray(), whole)
    assert made == [60, 60]


def test_what_is_noted_cannot_outgrow_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    made = joins(monkeypatch)
    synapses = learned()
    # 50 patterns of 100 pairs, each by itself, take (100 + OWN) 50 of the 250,000 places
    rounds = 100
    for _ in range(rounds):
        for row in range(50):
            synapses.learn(PATTERNS[row : row + 1], PATTERNS[row : row + 1], NONE)
    assert len(made) == rounds * 50 * (100 + OWN) // 500**2 > 1
    assert np.array_equal(synapses.toarray(), learned(PATTERNS[:50]).toarray())


def test_a_lesson_stays_as_it_was_when_its_arrays_change() -> None:
    lesson = csr_array(PATTERNS)
    # of these types lists are taken as they are, without a copy
    assert lesson.indices.dtype == np.int32
    synapses = learned(lesson)
    lesson.indices[:] = 0
    assert np.array_equal(synapses.toarray(), learned(PATTERNS).toarray())


def test_copies_take_what_is_noted_with_them() -> None:
    first, both = (learned(rows).toarray() for rows in (PATTERNS[:30], PATTERNS))
    for copied in (Sparse.snapshot, copy.deepcopy, lambda held: pickle.loads(pickle.dumps(held))):
        synapses = learned(PATTERNS[:30])
        twins = [copied(synapses) for _ in range(2)]
        for grown in (synapses, twins[0]):
            grown.learn(PATTERNS[30:], PATTERNS[30:], NONE)
            assert np.array_equal(grown.toarray(), both)
        assert np.array_equal(twins[1].toarray(), first)
    lesioned = learned(PATTERNS[:30])
    lesioned = lesioned.thinned(np.zeros(lesioned.count, np.bool_))
    lesioned.learn(PATTERNS[:30], PATTERNS[:30], NONE)
    assert np.array_equal(lesioned.toarray(), first)


def test_every_reader_sees_what_was_noted() -> None:
    whole = learned(PATTERNS)
    matrix, arrays = whole.toarray(), whole.arrays()
    assert learned(PATTERNS).count == matrix.sum()
    assert learned(PATTERNS).nbytes == 2 * 8 * 501 + 4 * matrix.sum()
    assert np.array_equal(learned(PATTERNS).fan_out, matrix.sum(axis=0))
    assert np.array_equal(learned(PATTERNS).column(3), matrix[:, 3])
    assert np.array_equal(learned(PATTERNS).field(PATTERNS), PATTERNS @ matrix.T)
    cues = active_lists(PATTERNS)
    for found, wanted in zip(
        learned(PATTERNS).winners(*cues, 10, 1), whole.winners(*cues, 10, 1), strict=True
    ):
        assert np.array_equal(found, wanted)
    for name, array in learned(PATTERNS).arrays().items():
        assert np.array_equal(array, arrays[name])
    replaced = learned(PATTERNS[:30])
    replaced.restore(arrays)
    assert np.array_equal(replaced.toarray(), matrix)


def test_readers_at_once_make_the_synapses_once(monkeypatch: pytest.MonkeyPatch) -> None:
    synapses, count = learned(PATTERNS), learned(PATTERNS).count
    made, meeting, found = joins(monkeypatch), threading.Barrier(4, timeout=10), []

    def read() -> None:
        meeting.wait()
        found.append(synapses.count)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == [count] * 4
    assert made == [60]


def test_a_lesson_that_does_not_fit_leaves_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    synapses = learned(PATTERNS[:20])
    # of 20 patterns 1,800 to 2,000 synapses, there twice while they are merged
    monkeypatch.setattr(room, "_available", lambda: 15_000)
    with pytest.raises(MemoryLimitError, match=r"would take 1\d,\d{3} bytes, 15,000 are free"):
        synapses.learn(PATTERNS[20:40], PATTERNS[20:40], NONE)
    assert np.array_equal(synapses.toarray(), learned(PATTERNS[:20]).toarray())


def test_synapses_that_could_not_be_made_are_made_when_they_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synapses = learned(PATTERNS[:30], PATTERNS[30:])

    def full(*arguments: Any) -> Any:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(module.kernels, "join_rows", full)
        with pytest.raises(MemoryError):
            synapses.toarray()
    assert np.array_equal(synapses.toarray(), learned(PATTERNS).toarray())
