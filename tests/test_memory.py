import numpy as np
import pytest

import attractors as at
from attractors.errors import PatternError
from attractors.patterns import flip, random_signs, random_sparse
from attractors.seeding import stream


def test_three_lines_recall_sparse_patterns_from_half_cues():
    patterns = random_sparse(100, 1000, 20, stream(0, "p"))
    cues = patterns.copy()
    for cue in cues:
        cue[np.flatnonzero(cue)[:10]] = 0
    memory = at.Memory(1000, at.KWinners(20))
    memory.store(patterns)
    assert np.array_equal(memory.recall(cues), patterns)


@pytest.mark.parametrize("order", ["synchronous", "asynchronous"])
def test_hopfield_net_repairs_flipped_bits(order):
    patterns = random_signs(10, 400, stream(0, "p"))
    memory = at.Memory(400, at.Sign(order=order))
    memory.store(patterns)
    recalled = memory.recall(flip(patterns, 0.1, stream(0, "f")))
    assert (recalled * patterns).mean() > 0.99


def test_one_pattern_in_gives_one_pattern_out():
    memory = at.Memory(6, at.KWinners(3))
    memory.store([1, 1, 1, 0, 0, 0])
    assert memory.recall([1, 1, 0, 0, 0, 0]).tolist() == [1, 1, 1, 0, 0, 0]


def test_unknown_bits_of_a_sign_cue_are_filled_in():
    patterns = random_signs(3, 100, stream(0, "p"))
    memory = at.Memory(100, at.Sign())
    memory.store(patterns)
    cues = patterns.copy()
    cues[:, :40] = 0
    assert np.array_equal(memory.recall(cues), patterns)


def test_storing_again_adds_patterns():
    patterns = random_sparse(20, 200, 5, stream(0, "p"))
    memory = at.Memory(200, at.KWinners(5))
    memory.store(patterns[:10])
    memory.store(patterns[10:])
    assert np.array_equal(memory.recall(patterns), patterns)
    assert np.array_equal(memory.patterns, patterns)


@pytest.mark.parametrize("cues", [np.zeros((2, 5)), np.full((2, 6), np.nan), np.zeros((0, 6))])
def test_cues_that_do_not_fit_are_refused(cues):
    memory = at.Memory(6, at.KWinners(2))
    memory.store([1, 1, 0, 0, 0, 0])
    with pytest.raises(PatternError, match="recall"):
        memory.recall(cues)


def test_graded_states_are_rounded_and_not_cut_off():
    memory = at.Memory(60, at.Rate())
    pattern = np.arange(60) < 20
    memory.store(pattern)
    assert np.array_equal(memory.recall(pattern), pattern)
