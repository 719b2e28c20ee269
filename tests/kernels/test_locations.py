import numpy as np
import pytest

from attractors.kernels import packed
from attractors.kernels.fast import locations as fast
from attractors.kernels.plain import locations as plain
from attractors.patterns import random_signs
from attractors.seeding import stream


@pytest.mark.parametrize("kind", [np.int16, np.int32])
@pytest.mark.parametrize("units", [7, 64, 100, 256])
@pytest.mark.parametrize("threads", [1, 2])
def test_both_twins_write_and_read_the_same(units, kind, threads, monkeypatch):
    monkeypatch.setattr("attractors.kernels.threads.workers", lambda: threads)
    monkeypatch.setattr(fast, "LEAST", 100)
    rng = stream(0, "locations", units)
    addresses = packed(random_signs(1500, units, rng) > 0)
    words, cues = random_signs(20, 33, rng), packed(random_signs(20, units, rng) > 0)
    radius = units // 2 - 1
    written = []
    for kernel in (fast, plain):
        counters = np.zeros((1500, 33), kind)
        hits = kernel.write_within(addresses, cues, radius, words, counters)
        written.append((hits, counters))
    for one, other in zip(*written, strict=True):
        assert np.array_equal(one, other)
    read = [k.read_within(addresses, cues, radius, written[0][1]) for k in (fast, plain)]
    for one, other in zip(*read, strict=True):
        assert np.array_equal(one, other)
    assert 0 < written[0][0].min() < written[0][0].max() < 1500


def test_the_radius_itself_is_within():
    addresses = packed(np.ones((1, 70), bool))
    for distance, hit in ((3, 1), (4, 0)):
        cue = np.ones((1, 70), bool)
        cue[0, 66 : 66 + distance] = False
        counters = np.zeros((1, 1), np.int16)
        hits = fast.write_within(addresses, packed(cue), 3, np.ones((1, 1), np.int8), counters)
        assert (hits.tolist(), counters.tolist()) == ([hit], [[hit]])
