import tracemalloc

import numpy as np
import pytest

import attractors as at
from attractors import room
from attractors.errors import MemoryLimitError, UnsupportedError
from attractors.patterns import random_signs
from attractors.seeding import stream
from attractors.synapses import Dual, separate
from attractors.testing import check_form

SEPARATIONS = [
    at.Softmax(0.5),
    at.Exponential(),
    at.Power(3),
    at.Power(2.5),
    at.Sparsemax(),
    at.Threshold(4.0),
    at.KWinners(3),
    at.KWinners(3, threshold=None),
    at.Linear(),
]
KINDS = [np.int8, np.float32, np.float64]


def real(count: int, units: int, key: str, kind: type = np.float64) -> np.ndarray:
    return (2 * stream(0, key).normal(size=(count, units))).astype(kind)


@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("separation", SEPARATIONS, ids=str)
def test_every_separation_keeps_the_laws(separation, normalise):
    if normalise and isinstance(separation, at.Threshold):
        separation = at.Threshold(0.5)
    check_form(Dual, at.KeyValue(separation, normalise))


@pytest.mark.parametrize("features", ["elu", "relu", "identity"])
def test_every_feature_map_keeps_the_laws(features):
    check_form(Dual, at.LinearAttention(features))


@pytest.mark.parametrize("n", [2, 3, 6, None])
def test_every_energy_keeps_the_laws(n):
    check_form(Dual, at.EnergyDifference(n))


@pytest.mark.parametrize("few", [0, 1 << 20], ids=["in blocks", "at once"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("separation", SEPARATIONS, ids=str)
def test_the_field_is_the_separated_similarity_times_the_values(separation, kind, few, monkeypatch):
    monkeypatch.setattr("attractors.synapses.retrieval.FEW", few)
    # blocks of 64 keys, so that there are many, and the last is smaller
    monkeypatch.setattr("attractors.synapses.folding.BLOCK", 1)
    monkeypatch.setattr("attractors.synapses.folding.CUES", 4)
    monkeypatch.setattr("attractors.synapses.retrieval.WHOLE", 700)
    keys, values = real(300, 17, "keys", kind), real(300, 9, "values", kind)
    cues = real(10, 17, "cues")
    synapses = Dual(at.KeyValue(separation), (9, 17), False)
    for part in (slice(100), slice(100, 300)):
        synapses.learn(values[part], keys[part], (None, None))
    wanted = separate(separation, cues @ keys.T.astype(float)) @ values.astype(float)
    assert synapses.field(cues) == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    single = separate(separation, cues.astype(np.float32) @ keys.T.astype(np.float32)) @ values
    # the sharpest of these separations multiplies an error of 2^-24 by some hundreds
    close = pytest.approx(single.astype(float), rel=1e-3, abs=1e-3 * np.abs(wanted).max())
    assert synapses.field(cues.astype(np.float32)) == close


@pytest.mark.parametrize("cues", [np.float32, np.float64])
@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_is_answered_in_the_precision_of_all_that_it_meets(kind, cues, monkeypatch):
    # a batch goes another way than a few cues, in single precision alone
    keys, values = real(5000, 24, "keys", kind), real(5000, 10, "values", kind)
    batch = 0.5 * real(35, 24, "cues", cues)
    synapses = Dual(at.KeyValue(at.Softmax(0.1)), (10, 24), False)
    synapses.learn(values, keys, (None, None))
    monkeypatch.setattr("attractors.kernels.threads.workers", lambda: 2)
    monkeypatch.setattr("attractors.synapses.folding.SHARE", 100_000)
    together = synapses.field(batch)
    single = kind == np.float32 and cues == np.float32
    assert together.dtype == (np.float32 if single else np.float64)
    wanted = separate(at.Softmax(0.1), batch.astype(float) @ keys.T.astype(float)) @ values
    # similarities are below 100 and weighed by 0.1: at 2^-24 each that is 10^-6 of a weight
    error = 1e-5 if single else 1e-13
    assert together == pytest.approx(wanted, rel=error, abs=error * float(np.abs(values).max()))


@pytest.mark.parametrize("separation", SEPARATIONS[:3], ids=str)
def test_threads_share_out_the_keys(separation, monkeypatch):
    keys, cues = real(5000, 16, "keys"), real(3, 16, "cues")
    synapses = Dual(at.KeyValue(separation), (16, 16), False)
    synapses.learn(keys, keys, (None, None))
    monkeypatch.setattr("attractors.synapses.retrieval.FEW", 0)
    alone = synapses.field(cues)
    monkeypatch.setattr("attractors.kernels.threads.workers", lambda: 2)
    monkeypatch.setattr("attractors.synapses.folding.SHARE", 1000)
    assert synapses.field(cues) == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize("separation", SEPARATIONS, ids=str)
def test_similarities_are_never_held_at_once(separation, monkeypatch):
    monkeypatch.setattr("attractors.synapses.folding.BLOCK", 1 << 14)
    monkeypatch.setattr("attractors.synapses.retrieval.WHOLE", 1 << 17)
    keys, cues = real(20_000, 4, "keys"), real(256, 4, "cues")
    synapses = Dual(at.KeyValue(separation), (4, 4), False)
    synapses.learn(keys, keys, (None, None))
    synapses.field(cues[:2])
    tracemalloc.start()
    synapses.field(cues)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = len(keys) * len(cues) * 8
    assert peak < whole / 3, f"{peak:,} bytes at most, all similarities take {whole:,}"


def test_keys_that_are_the_values_are_held_once():
    patterns = random_signs(40, 30, stream(0, "patterns"))
    synapses = Dual(at.KeyValue(), (30, 30), True)
    synapses.learn(patterns, patterns, (None, None))
    assert synapses.nbytes == 40 * 30
    assert synapses.count == 2 * 40 * 30
    before = synapses.field(patterns)
    # another lesson may bring values of its own
    synapses.learn(-patterns[:1], patterns[:1], (None, None))
    assert synapses.nbytes == 2 * 41 * 30
    assert np.abs(synapses.field(patterns) - before)[0].max() > 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_stay_in_the_type_they_came_in(kind):
    synapses = Dual(at.KeyValue(), (9, 17), False)
    synapses.learn(real(5, 9, "v", kind), real(5, 17, "k", kind), (None, None))
    assert {a.dtype for n, a in synapses.arrays().items() if n in ("keys", "values")} == {
        np.dtype(kind)
    }


def test_maps_are_read_in_place_and_copied_when_more_is_stored(tmp_path):
    synapses = Dual(at.KeyValue(), (9, 17), False)
    synapses.learn(real(20, 9, "v"), real(20, 17, "k"), (None, None))
    for name, array in synapses.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    maps = {n: np.load(tmp_path / f"{n}.npy", mmap_mode="r") for n in synapses.arrays()}
    mapped = Dual(at.KeyValue(), (9, 17), False)
    mapped.restore(maps)
    cues = real(4, 17, "cues")
    assert np.shares_memory(mapped.arrays()["keys"], maps["keys"])
    assert np.array_equal(mapped.field(cues), synapses.field(cues))
    for one in (mapped, synapses):
        one.learn(real(3, 9, "more v"), real(3, 17, "more k"), (None, None))
    assert np.array_equal(mapped.field(cues), synapses.field(cues))
    assert np.array_equal(np.load(tmp_path / "keys.npy"), maps["keys"])


def test_nothing_stored_is_silence():
    synapses = Dual(at.KeyValue(at.Sparsemax()), (9, 17), False)
    assert not synapses.field(np.ones((2, 17))).any()
    assert synapses.count == 0


def test_weights_exist_for_the_identity_alone():
    patterns = random_signs(5, 20, stream(0, "patterns"))
    linear, softmax = (Dual(at.KeyValue(f), (20, 20), True) for f in (at.Linear(), at.Softmax()))
    for synapses in (linear, softmax):
        synapses.learn(patterns, patterns, (None, None))
    wanted = patterns.T.astype(int) @ patterns - 5 * np.eye(20)
    assert np.array_equal(linear.toarray(), wanted)
    assert np.array_equal(linear.column(3), wanted[:, 3])
    with pytest.raises(UnsupportedError, match="no weight from unit to unit"):
        softmax.triples()


def test_work_is_counted_on_both_sides_of_the_keys():
    keys = np.zeros((6, 10), np.int8)
    keys[:, :4] = 1
    synapses = Dual(at.KeyValue(), (7, 10), False)
    synapses.learn(np.ones((6, 7), np.int8), keys, (None, None))
    assert synapses.fan_out.tolist() == [6] * 4 + [0] * 6
    assert synapses.density == (24 + 42) / (60 + 42)
    states = np.array([[1, 1, 0, 0, 1, 0, 0, 0, 0, 0], np.zeros(10)])
    # two active units reach six keys each, and 42 numbers of the values are added up
    assert synapses.events(states).tolist() == [12 + 42, 42]


def test_cut_synapses_are_those_of_keys_then_of_values():
    synapses = Dual(at.KeyValue(at.Linear()), (2, 3), False)
    synapses.learn(np.array([[1, 2]], np.int8), np.array([[3, 0, 4]], np.int8), (None, None))
    thinned = synapses.thinned(np.array([False, True, True, False]))
    assert thinned.toarray().tolist() == [[0, 0, 4], [0, 0, 0]]
    assert synapses.toarray().tolist() == [[3, 0, 4], [6, 0, 8]]


def test_what_would_not_fit_is_refused_before_it_is_stored(monkeypatch):
    synapses = Dual(at.KeyValue(), (9, 17), False, "memory")
    synapses.learn(real(20, 9, "v"), real(20, 17, "k"), (None, None))
    monkeypatch.setattr(room, "_available", lambda: 100)
    with pytest.raises(MemoryLimitError, match="synapses of 'memory' would take"):
        synapses.learn(real(20, 9, "v"), real(20, 17, "k"), (None, None))
    assert len(synapses.arrays()["keys"]) == 20


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        (at.Willshaw(), "Willshaw"),
        (at.Sequence(at.Willshaw()), "Willshaw"),
        (at.Sequence(at.Sequence(at.Storkey())), "Storkey"),
        (at.Sequence(at.Clipped(at.Hebbian())), "Clipped"),
    ],
    ids=str,
)
def test_a_rule_that_makes_no_outer_products_is_refused(rule, named):
    dynamics = at.KWinners(2) if rule.values == "01" else at.Sign()
    with pytest.raises(UnsupportedError, match=rf"synapses='dual' cannot hold .* {named} makes"):
        at.Architecture([at.AttractorNetwork("a", 20, dynamics, rule, synapses="dual")])


def test_wrappers_around_sums_of_outer_products_are_held():
    check_form(Dual, at.Sequence(at.Sequence(at.Hebbian())))


@pytest.mark.parametrize("units", [40, 400])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_what_reads_until_the_next_lesson_answers_the_same(units: int, kind: type) -> None:
    # of 400 units the keys are too many to be held in another type
    patterns = random_signs(400, units, stream(0, "p"))
    for rule in (at.KeyValue(at.Softmax(0.5)), at.KeyValue(at.Linear()), at.Hebbian()):
        synapses = Dual(rule, (units, units), recurrent=True)
        states = patterns[:5].astype(kind)
        np.testing.assert_array_equal(synapses.reader()(states), synapses.field(states))
        synapses.learn(patterns, patterns, (None, None))
        answers, expected = synapses.reader()(states), synapses.field(states)
        assert answers.dtype == expected.dtype
        np.testing.assert_array_equal(answers, expected)
