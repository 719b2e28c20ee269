"""Lists of active units hold what the states hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from attractors.kernels.fast.lists import active_units as fast
from attractors.kernels.plain.lists import active_units as plain

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=70)
KINDS = st.sampled_from([np.bool_, np.int8, np.int64, np.float32, np.float64])
STATES = st.one_of(
    KINDS.flatmap(lambda kind: arrays(kind, SHAPES, elements=st.sampled_from([0, 1]))),
    arrays(np.int8, SHAPES, elements=st.sampled_from([-1, 0, 1])),
    arrays(np.float64, SHAPES, elements=st.sampled_from([0.0, -0.0, 1.0, 1e-300, 0.5])),
)


@given(STATES)
def test_lists_equal_those_of_the_plain_twin(states: NDArray[Any]) -> None:
    ours, expected = fast(states), plain(states)
    assert ours[0].dtype == np.int64
    assert ours[1].dtype == np.int32
    for one, other in zip(ours, expected, strict=True):
        np.testing.assert_array_equal(one, other)
    again = np.zeros(states.shape, np.bool_)
    again[np.repeat(np.arange(len(states)), np.diff(ours[0])), ours[1]] = True
    np.testing.assert_array_equal(again, states != 0)
    assert ours[2] == np.isin(states, (0, 1)).all()


@pytest.mark.parametrize("kind", [np.int8, np.float32, np.float64])
def test_views_and_rows_of_every_density_are_read(kind: Any, rng: np.random.Generator) -> None:
    # full rows after empty ones make the lists outgrow their first room
    states = (rng.random((60, 333)) < np.linspace(0, 1, 60)[:, None]).astype(kind)
    for view in (states, states[::2, ::3], states.T, np.asfortranarray(states)):
        for one, other in zip(fast(view), plain(view), strict=True):
            np.testing.assert_array_equal(one, other)
