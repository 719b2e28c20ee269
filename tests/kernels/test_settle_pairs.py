"""Keys and values settle one cue compiled as their NumPy twins do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from attractors.kernels.fast import settle_pairs as fast
from attractors.kernels.plain import settle_pairs as plain

UNITS, KEYS = 130, 20
# sums of some tens of numbers in another order
CLOSE = 1e-13


def signs(rng: np.random.Generator, *shape: int) -> Any:
    return rng.choice([-1.0, 1.0], shape)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("sharp", [0.01, 0.3, 5.0])
@pytest.mark.parametrize("count", [1, 2, KEYS])
def test_the_answer_is_the_same(count: int, sharp: float, shared: bool) -> None:
    rng = np.random.default_rng(count)
    keys, values, state = signs(rng, count, UNITS), signs(rng, count, UNITS), signs(rng, UNITS)
    asked = keys, values, sharp, shared, state.astype(np.float32)
    np.testing.assert_allclose(fast.answer(*asked), plain.answer(*asked), rtol=CLOSE, atol=CLOSE)


@pytest.mark.parametrize("steps", [0, 1, 2, 50])
@pytest.mark.parametrize("sharp", [0.05, 0.2])
def test_signs_settle_alike(sharp: float, steps: int) -> None:
    rng = np.random.default_rng(steps)
    keys = signs(rng, KEYS, UNITS)
    for cue in (signs(rng, UNITS), keys[0] * np.where(np.arange(UNITS) % 5, 1, -1)):
        asked = keys, keys, sharp, True, 1.0, 1e-9, cue.astype(np.float32), steps
        found = fast.settle_pair_signs(*asked)
        np.testing.assert_array_equal(found, plain.settle_pair_signs(*asked))
        assert found is not asked[-2]
    if steps == 50:
        np.testing.assert_array_equal(found, keys[0])


@pytest.mark.parametrize("steps", [0, 1, 2, 50])
def test_winners_settle_alike(steps: int) -> None:
    rng, k = np.random.default_rng(steps), 6
    keys = np.zeros((KEYS, UNITS))
    for row in keys:
        row[rng.choice(UNITS, k, replace=False)] = 1
    for cue in (keys[0] * (np.cumsum(keys[0]) <= k // 2), rng.random(UNITS)):
        asked = keys, keys, 2.0, True, 1.0, k, 0.0, cue.astype(np.float32), steps
        found = fast.settle_pair_winners(*asked)
        np.testing.assert_array_equal(found, plain.settle_pair_winners(*asked))
    cue = keys[0] * (np.cumsum(keys[0]) <= k // 2)
    found = fast.settle_pair_winners(keys, keys, 2.0, True, 1.0, k, 0.0, cue.astype(np.float32), 50)
    np.testing.assert_array_equal(found, keys[0])
