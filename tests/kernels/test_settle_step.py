"""Compiled ends of an update give what their NumPy twins give, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attractors.kernels.fast import settle_signs as fast_signs
from attractors.kernels.fast import settle_step as fast
from attractors.kernels.plain import settle_signs as plain_signs
from attractors.kernels.plain import settle_step as plain

SIZES = st.sampled_from([1, 2, 63, 64, 65, 200])


@st.composite
def tasks(draw: st.DrawFn) -> tuple[NDArray[Any], float, tuple[NDArray[np.float32], ...]]:
    """A raw field (N,) of few values, a factor, the state and the one before."""
    units, kind = draw(SIZES), draw(st.sampled_from([np.float32, np.float64]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    # sums of tenths: equal ones differ in their last bits
    raw = (rng.integers(-3, 4, (3, units)) * 0.1).sum(axis=0) + rng.choice([0, 1e-9, 6e-10], units)
    states = rng.choice([-1, 0, 1], (2, units)).astype(np.float32)
    factor = draw(st.sampled_from([1.0, 0.1, 1 / 3, 0.0, 1e-9]))
    return raw.astype(kind), factor, tuple(states[[0, draw(st.integers(0, 1))]])


def both(name: str, raw: Any, *asked: Any, states: Any) -> tuple[bool, NDArray[np.float32]]:
    found = []
    for twin in (fast, plain):
        fresh = np.full_like(states[0], np.nan)
        found.append((getattr(twin, name)(*asked, raw, *states, fresh), fresh))
    (rests, fresh), (expected, state) = found
    assert rests is expected
    np.testing.assert_array_equal(fresh, state)
    return rests, fresh


@given(tasks())
def test_signs(task: Any) -> None:
    raw, factor, states = task
    _, fresh = both("next_signs", raw, factor, 1e-9, states=states)
    for ago in (0, 1):
        passed = (*states[:1], fresh) if ago else (fresh, states[1])
        # a field that is kept asks the present state: only what does not is sure to rest
        rests, again = both("next_signs", raw, factor, 1e-9, states=passed)
        assert rests == any(np.array_equal(again, state) for state in passed)


@given(tasks(), st.sampled_from([np.nan, 0.0, -0.2, 0.1]), st.data())
def test_winners(task: Any, threshold: float, data: st.DataObject) -> None:
    raw, factor, states = task
    k = data.draw(st.integers(1, len(raw)))
    _, fresh = both("next_winners", raw, factor, k, threshold, states=states)
    assert set(np.unique(fresh)) <= {0, 1}
    assert fresh.sum() <= k
    # the winners of a field do not depend on the state: what has won rests
    assert both("next_winners", raw, factor, k, threshold, states=(fresh, states[1]))[0]
    assert both("next_winners", raw, factor, k, threshold, states=(states[0], fresh))[0]


def test_rounding_is_that_of_numpy() -> None:
    rng = np.random.default_rng(0)
    # halves of the last decimal among them
    raw = np.concatenate([rng.normal(size=5000), rng.integers(-999, 999, 5000) * 5e-10, [1e12, 0]])
    field = np.empty_like(raw)
    fast.rounded(raw, 0.7, field)
    np.testing.assert_array_equal(field, np.round(raw * 0.7, plain.DECIMALS))


@given(SIZES, st.integers(0, 2**32), st.sampled_from([0, 1, 2, 3, 20]))
def test_signs_settle_as_their_twin(units: int, seed: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    # asymmetric, so that some cues end in a cycle of two and others do not rest
    weights = rng.integers(-3, 4, (units, units)).astype(np.float32)
    cue = rng.choice([-1, 0, 1], units).astype(np.float32)
    asked = weights, 0.1, 1e-9, cue, steps
    ours, expected = fast_signs.settle_signs(*asked), plain_signs.settle_signs(*asked)
    np.testing.assert_array_equal(ours, expected)
    assert not np.shares_memory(ours, cue)
