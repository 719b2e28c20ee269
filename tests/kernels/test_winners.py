"""Winner selection equals a stable sort, whatever the ties, the threshold and the batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from attractors.errors import ParameterError
from attractors.kernels import k_winners
from attractors.kernels.fast import winners as fast
from attractors.kernels.plain import winners as plain

SHAPES = array_shapes(min_dims=2, max_dims=2, max_side=12)
# few distinct values make ties; any values include infinities, subnormals and both zeros
FEW = arrays(np.float64, SHAPES, elements=st.sampled_from([-1.0, -0.0, 0.0, 0.5, 2.0]))
ANY = arrays(np.float64, SHAPES, elements=st.floats(allow_nan=False))
WHOLE = arrays(np.int64, SHAPES, elements=st.integers(-3, 3))


def by_stable_sort(
    field: NDArray[Any], k: int, threshold: float | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    active = np.zeros(field.shape, dtype=bool)
    tied = np.zeros(len(field), dtype=bool)
    for row, values in enumerate(field):
        order = sorted(range(len(values)), key=lambda unit: (-values[unit], unit))
        candidates = [unit for unit in order if threshold is None or values[unit] > threshold]
        active[row, candidates[:k]] = True
        tied[row] = len(candidates) > k and values[candidates[k]] == values[candidates[k - 1]]
    return active, tied


@given(st.one_of(FEW, ANY, WHOLE), st.data(), st.sampled_from([None, 0.0, 0.5, -1.0]))
def test_equals_a_stable_sort(
    field: NDArray[Any], data: st.DataObject, threshold: float | None
) -> None:
    k = data.draw(st.integers(1, field.shape[1]))
    active, tied = k_winners(field, k, threshold)
    expected_active, expected_tied = by_stable_sort(field, k, threshold)
    np.testing.assert_array_equal(active, expected_active)
    np.testing.assert_array_equal(tied, expected_tied)


def test_large_fields_equal_a_stable_sort(rng: np.random.Generator) -> None:
    # wide rows take other paths through NumPy's selection than short ones
    field = np.concatenate([rng.standard_normal((20, 3000)), rng.integers(0, 9, (20, 3000))])
    for threshold in (None, 7.0):
        for ours, expected in zip(
            k_winners(field, 60, threshold), by_stable_sort(field, 60, threshold), strict=True
        ):
            np.testing.assert_array_equal(ours, expected)


def test_zero_field_is_silent_above_a_threshold_of_zero() -> None:
    active, tied = k_winners(np.zeros((2, 5)), 2, 0.0)
    assert not active.any()
    assert not tied.any()


def test_zero_field_without_threshold_takes_the_first_units_and_says_tied() -> None:
    active, tied = k_winners(np.zeros((1, 5)), 2)
    assert active.tolist() == [[True, True, False, False, False]]
    assert tied.all()


def test_the_field_is_left_as_it_was(rng: np.random.Generator) -> None:
    field = rng.integers(0, 3, (4, 6)).astype(float)
    before = field.copy()
    k_winners(field, 2, 0.0)
    np.testing.assert_array_equal(field, before)


@pytest.mark.parametrize("k", [0, -1, 6])
def test_impossible_number_of_winners_is_an_error(k: int) -> None:
    with pytest.raises(ParameterError, match=rf"k is {k}; it must be 1 to 5"):
        k_winners(np.zeros((1, 5)), k)


# --- the compiled twin -----------------------------------------------------------------------

ROUGH = st.sampled_from(["real", "few", "vetoed", "rising", "equal"])


def drawn(kind: str, shape: tuple[int, int], rng: np.random.Generator) -> NDArray[Any]:
    if kind == "few":
        # both zeros among them, which are equal
        return rng.integers(-2, 3, shape) * -0.5
    if kind == "vetoed":
        return np.where(rng.random(shape) < 0.6, -np.inf, rng.integers(0, 40, shape))
    field = rng.standard_normal(shape)
    return {"rising": np.sort(field), "equal": np.zeros(shape)}.get(kind, field)


@given(
    ROUGH,
    st.sampled_from([1, 2, 63, 64, 65, 128, 500, 3000]),
    st.integers(0, 3),
    st.data(),
    st.sampled_from([None, 0.0, 0.1, -1.0, np.inf, -np.inf]),
)
def test_compiled_and_plain_agree_bit_for_bit(
    kind: str, units: int, batch: int, data: st.DataObject, threshold: float | None
) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    precision = data.draw(st.sampled_from([np.float32, np.float64]))
    field = drawn(kind, (batch, units), rng).astype(precision)
    k = data.draw(st.one_of(st.integers(1, units), st.integers(1, max(units // 64, 1))))
    for ours, expected in zip(
        fast.k_winners(field, k, threshold), plain.k_winners(field, k, threshold), strict=True
    ):
        assert ours.dtype == expected.dtype
        np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize("precision", [np.float32, np.float64])
@pytest.mark.parametrize("k", [20, 2000])
def test_a_million_units_give_the_same_winners(
    precision: Any, k: int, rng: np.random.Generator
) -> None:
    field = rng.standard_normal((2, 1_000_000)).astype(precision)
    field[1] = field[1].round(2)  # hundreds of ties at every value
    for ours, expected in zip(
        k_winners(field, k, 0.0), plain.k_winners(field, k, 0.0), strict=True
    ):
        np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize("units", [1000, 100_000])
def test_the_threshold_is_taken_at_the_precision_of_the_field(units: int) -> None:
    # just below a field of single precision, which a threshold of double would let pass
    field = np.zeros((1, units), np.float32)
    field[0, 7] = 0.1
    assert not k_winners(field, 1, 0.1)[0].any()
    assert not k_winners(field, 1, np.float64(0.1))[0].any()
    assert k_winners(field.astype(np.float64), 1, 0.1)[0].sum() == 1


def test_columns_of_a_larger_array_are_read(rng: np.random.Generator) -> None:
    wide = rng.standard_normal((3, 200_000))
    field = wide[:, ::2]
    np.testing.assert_array_equal(k_winners(field, 9)[0], plain.k_winners(field, 9)[0])
