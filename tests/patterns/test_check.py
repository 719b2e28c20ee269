"""Every wrong array of patterns is refused in one clear message, every right one converted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse

from attractors.errors import ParameterError, PatternError
from attractors.patterns import Values, as_patterns

WRONG: list[tuple[Any, int | None, Values, str]] = [
    ([[0, 1, 2]], 3, "01", r"contain 2 at row 0, unit 2; allowed are 0 and 1"),
    ([[1, -1], [1, 0]], 2, "±1", r"contain 0 at row 1, unit 1; allowed are -1 and 1"),
    ([[0.5, 1]], 2, "01", r"contain 0\.5 at row 0, unit 0"),
    ([[256, 1]], 2, "01", r"contain 256"),
    ([[0, float("nan")]], 2, "01", r"contain nan at row 0, unit 1"),
    ([[0, float("nan")]], 2, "real", r"contain nan at row 0, unit 1; allowed are finite"),
    ([[0, float("inf")]], 2, "real", r"contain inf"),
    ([0, 1], 2, "01", r"shape \(2,\); give \(P, 2\), one pattern a row, e.g. pattern\[None, :\]"),
    (np.zeros((1, 2, 3)), None, "01", r"shape \(1, 2, 3\); give \(P, N\)"),
    ([[0, 1]], 3, "01", r"have 2 units \(shape \(1, 2\)\); it needs \(P, 3\)"),
    (np.zeros((0, 3)), 3, "01", r"are empty, shape \(0, 3\)"),
    (np.zeros((3, 0)), None, "01", r"are empty, shape \(3, 0\)"),
    ([], 3, "01", r"shape \(0,\)"),
    ([[0, 1], [1]], 2, "01", r"form no array"),
    ([["a", "b"]], 2, "01", r"have the type <U1; give numbers or booleans"),
    ([[None, 1]], 2, "01", r"have the type object"),
    ([[1j, 1]], 2, "01", r"have the type complex128"),
    (None, 2, "01", r"have the type object"),
    (sparse.csr_array([[0, 3]]), 2, "01", r"contain 3"),
    (sparse.csr_array([[0, 1]]), 2, "±1", r"contain 0 at row 0, unit 0"),
    (sparse.csr_array([[0.0, np.nan]]), 2, "real", r"contain nan"),
    (sparse.csr_array([[0, 1]]), 3, "01", r"have 2 units"),
]


@pytest.mark.parametrize(("patterns", "units", "values", "message"), WRONG)
def test_wrong_patterns_are_refused(
    patterns: Any, units: int | None, values: Values, message: str
) -> None:
    with pytest.raises(PatternError, match=message) as caught:
        as_patterns(patterns, units, values, "network 'word'")
    assert str(caught.value).startswith("network 'word': ")
    assert str(caught.value).count("\n") <= 1


@pytest.mark.parametrize("make", [np.array, sparse.csr_array, sparse.coo_matrix])
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32])
def test_zeros_and_ones_of_any_type_become_int8(make: Any, dtype: type) -> None:
    rows = np.array([[0, 1, 1], [1, 0, 0]])
    result = as_patterns(make(rows.astype(dtype)), 3, "01", "test")
    assert result.dtype == np.int8
    assert result.flags.c_contiguous
    np.testing.assert_array_equal(result, rows)


def test_signs_become_int8_and_reals_float64() -> None:
    assert as_patterns([[1.0, -1.0]], 2, "±1", "test").dtype == np.int8
    assert as_patterns([[1, 2]], 2, "real", "test").dtype == np.float64


def test_sparse_patterns_with_repeated_entries_are_added_first() -> None:
    # two stored ones in one place are the value 2
    twice = sparse.coo_array(([1, 1], ([0, 0], [1, 1])), shape=(1, 3))
    with pytest.raises(PatternError, match="contain 2"):
        as_patterns(twice, 3, "01", "test")
    assert twice.nnz == 2, "the input was changed"


def test_unknown_kind_of_values_is_an_error() -> None:
    with pytest.raises(ParameterError, match="values is 'binary'; allowed are '01'"):
        as_patterns([[0]], 1, "binary", "test")  # type: ignore[arg-type]
