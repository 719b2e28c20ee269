import sys

import numpy as np
import pytest

import attractors as at
from attractors.errors import MissingExtraError
from attractors.patterns import flip, random_signs
from attractors.seeding import stream
from attractors.synapses import Dual, neighbours

UNITS = 64


def memory(count, rule):
    keys = stream(0, "keys").normal(size=(count, UNITS)).astype(np.float32)
    synapses = Dual(rule, (UNITS, UNITS), False)
    synapses.learn(keys, keys, (None, None))
    noise = stream(0, "noise").normal(size=keys[:50].shape)
    cues = keys[:50] + 0.3 * noise.astype(np.float32)
    return synapses, keys, cues


def test_without_faiss_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "faiss", None)
    synapses, _, cues = memory(20, at.KeyValue(neighbours=3))
    with pytest.raises(MissingExtraError, match=r"pip install 'attractor-networks\[index\]'"):
        synapses.field(cues)


class Exact:
    """An index that compares all keys, in the place of one of faiss."""

    def __init__(self, keys):
        self._keys = keys[:0]

    @property
    def ntotal(self):
        return len(self._keys)

    def add(self, keys):
        self._keys = np.concatenate([self._keys, keys])

    def search(self, cues, count):
        similar = cues @ self._keys.T
        found = np.argsort(-similar, axis=1)[:, :count]
        return np.take_along_axis(similar, found, axis=1), found


def test_what_is_cut_or_brought_back_is_found_by_its_own_keys(monkeypatch):
    monkeypatch.setattr(neighbours, "_trained", Exact)
    synapses, keys, cues = memory(40, at.KeyValue(at.Softmax(0.5), neighbours=1))
    before = synapses.field(cues)
    assert np.array_equal(before, np.take(keys, np.argmax(cues @ keys.T, axis=1), axis=0))
    # all that leads to the first ten keys is cut, so that others are the nearest
    keep = np.ones(synapses.count, np.bool_)
    keep[: 10 * UNITS] = False
    thinned = synapses.thinned(keep)
    wanted = 10 + np.argmax(cues[:10] @ keys[10:].T, axis=1)
    assert np.array_equal(thinned.field(cues[:10]), keys[wanted])
    # what either learns from now on is its own
    loud = 9 * keys[:5]
    thinned.learn(loud, loud, (None, None))
    assert np.array_equal(synapses.field(cues), before)
    assert np.array_equal(thinned.field(cues[:5]), loud)
    other, _, _ = memory(40, at.KeyValue(at.Softmax(0.5), neighbours=1))
    other.field(cues)
    other.restore({**synapses.arrays(), "keys": keys[::-1].copy(), "values": keys})
    wanted = len(keys) - 1 - np.argmax(cues @ keys.T, axis=1)
    assert np.array_equal(other.field(cues), keys[wanted])


class TestWithAnIndex:
    @pytest.fixture(autouse=True)
    def faiss(self):
        return pytest.importorskip("faiss", reason="faiss, the index of the extra, is missing")

    @pytest.mark.parametrize(
        "separation", [at.Softmax(0.5), at.Exponential(), at.Power(4), at.Sparsemax()], ids=str
    )
    def test_few_keys_are_all_compared(self, separation):
        synapses, keys, cues = memory(500, at.KeyValue(separation, neighbours=7))
        similar = cues.astype(float) @ keys.T.astype(float)
        nearest = np.argsort(-similar, axis=1)[:, :7]
        for cue, field, found in zip(cues, synapses.field(cues), nearest, strict=True):
            alone = Dual(at.KeyValue(separation), (UNITS, UNITS), False)
            alone.learn(keys[found], keys[found], (None, None))
            assert field == pytest.approx(alone.field(cue[None])[0], rel=1e-4, abs=1e-4)

    def test_more_neighbours_than_keys_are_all_keys(self):
        few, _, cues = memory(5, at.KeyValue(at.Softmax(0.5), neighbours=9))
        every, _, _ = memory(5, at.KeyValue(at.Softmax(0.5)))
        assert few.field(cues) == pytest.approx(every.field(cues), rel=1e-5)

    def test_noisy_copies_of_many_keys_are_found(self):
        synapses, _, cues = memory(20_000, at.KeyValue(at.Softmax(2.0), neighbours=8))
        exact, _, _ = memory(20_000, at.KeyValue(at.Softmax(2.0)))
        found, wanted = synapses.field(cues), exact.field(cues)
        same = (np.abs(found - wanted).max(axis=1) < 1e-3).mean()
        # fifty cues: one may miss its cell
        assert same >= 0.98, f"{same:.2f} of the answers are those of all keys"

    def test_what_is_stored_later_is_found_too(self):
        synapses, _, cues = memory(12_000, at.KeyValue(at.Softmax(2.0), neighbours=8))
        synapses.field(cues)
        later = 3 * stream(0, "later").normal(size=(40, UNITS)).astype(np.float32)
        synapses.learn(later, later, (None, None))
        assert np.abs(synapses.field(later) - later).max(axis=1).mean() < 1e-3

    def test_the_index_is_placed_anew_when_most_keys_are_new(self, monkeypatch):
        trained, original = [], neighbours._trained
        monkeypatch.setattr(
            neighbours, "_trained", lambda keys: (trained.append(len(keys)), original(keys))[1]
        )
        synapses, keys, cues = memory(100, at.KeyValue(neighbours=3))
        for _ in range(6):
            synapses.field(cues)
            synapses.learn(keys, keys, (None, None))
        assert trained == [100, 500]

    def test_signs_recall_through_the_index(self, rng):
        patterns = random_signs(300, 64, rng)
        recalled = at.Memory(64, at.Sign(), at.KeyValue(at.Softmax(1.0), neighbours=4))
        recalled.store(patterns)
        cues = flip(patterns[:20], 0.1, rng)
        assert np.array_equal(recalled.recall(cues), patterns[:20])
