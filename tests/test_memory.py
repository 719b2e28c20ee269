import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import PatternError, UnsupportedError
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


def engine_recall(memory, cues):
    """What the rate engine itself leaves behind, one trial at a time."""
    engine = at.RateEngine(stop_when_settled=True)
    finals = []
    for cue in cues:
        trial = at.Trial(510.0, [at.Cue("memory", cue, stop=10.0, mode="clamped")])
        run = at.simulate(memory.circuit, trial, engine, record="state")
        assert run.dataset["period"].values[0] == 1, "compared are fixed points"
        finals.append(run.get("state", "memory").values[0, -1])
    return np.array(finals)


@pytest.mark.parametrize(
    ("dynamics", "rule"),
    [
        (at.KWinners(10), at.Willshaw()),
        (at.KWinners(10, threshold=0.3), at.Willshaw()),
        (at.KWinners(10, threshold=None), at.Willshaw()),
        (at.KWinners(10), at.Covariance()),
        (at.Threshold(0.6), at.Willshaw()),
        (at.Sign(), at.Hebbian()),
    ],
    ids=str,
)
def test_settling_without_a_recording_ends_where_the_engine_ends(dynamics, rule):
    if dynamics.values == "±1":
        patterns = random_signs(10, 300, stream(0, "p"))
        cues = flip(patterns, 0.1, stream(0, "f"))
    else:
        patterns = random_sparse(60, 300, 10, stream(0, "p"))
        cues = at.patterns.erase(patterns, 0.4, stream(0, "f"))
        cues[0] = 0
    memory = at.Memory(300, dynamics, rule)
    memory.store(patterns)
    expected = engine_recall(memory, cues[:20])
    assert np.array_equal(memory.recall(cues[:20]), expected)
    for cue, state in zip(cues[:20], expected, strict=True):
        assert np.array_equal(memory.settle(cue), state)


def test_what_is_compiled_follows_what_the_circuit_learns():
    memory = at.Memory(6, at.KWinners(3))
    memory.store([1, 1, 1, 0, 0, 0])
    assert memory.settle(np.array([0, 0, 0, 1, 1, 0])).sum() == 0
    memory.circuit.store(memory=[[0, 0, 0, 1, 1, 1]])
    assert memory.settle(np.array([0, 0, 0, 1, 1, 0])).tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("cue", [np.zeros(5), np.full(6, np.nan), np.array(["a"] * 6)])
def test_a_single_cue_that_does_not_fit_is_refused(cue):
    memory = at.Memory(6, at.KWinners(2))
    memory.store([1, 1, 0, 0, 0, 0])
    with pytest.raises(PatternError, match="settle"):
        memory.settle(cue)


def test_a_graded_cue_settles_like_any_other():
    memory = at.Memory(6, at.KWinners(3))
    memory.store([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]])
    assert memory.settle(np.array([0.9, 0.4, 0, 0.5, 0, 0])).tolist() == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("dynamics", [at.Sign(temperature=0.1), at.Sign(order="asynchronous")])
def test_settling_by_state_alone_is_refused_where_chance_decides(dynamics):
    memory = at.Memory(6, dynamics)
    memory.store([1, 1, -1, -1, 1, -1])
    with pytest.raises(UnsupportedError, match="use recall"):
        memory.settle(np.ones(6))


def test_of_a_two_cycle_one_of_its_states_is_returned():
    swap = at.Fixed([[0.0, 1.0], [1.0, 0.0]])
    memory = at.Memory(2, at.Threshold(0.5), swap)
    assert memory.settle(np.array([1, 0])).tolist() in ([0, 1], [1, 0])
    assert sorted(memory.recall([1, 0]).tolist()) == [0, 1]


@pytest.mark.parametrize(
    "dynamics",
    [at.KWinners(5, temperature=5.0), at.KWinners(5, adaptation=at.Adaptation(5.0, 20.0))],
    ids=["hot", "adapting"],
)
def test_sparse_cues_are_refused_where_full_ones_take_the_engine(dynamics):
    memory = at.Memory(100, dynamics)
    patterns = random_sparse(3, 100, 5, stream(0, "p"))
    memory.store(patterns)
    with pytest.raises(UnsupportedError, match="toarray"):
        memory.recall(sparse.csr_array(patterns))


def test_sparse_cues_to_an_empty_memory_bring_silence():
    cues = sparse.csr_array(random_sparse(3, 100, 5, stream(0, "p")))
    assert at.Memory(100, at.KWinners(5)).recall(cues).nnz == 0


def test_what_is_compiled_follows_the_circuit_that_is_put_in_its_place():
    memory = at.Memory(100, at.KWinners(5))
    patterns = random_sparse(3, 100, 5, stream(0, "p"))
    memory.store(patterns)
    assert np.array_equal(memory.recall(patterns), patterns)
    memory.circuit = memory.circuit.lesioned("memory", 1.0)
    assert memory.recall(patterns).sum() == 0
