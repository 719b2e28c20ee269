"""Validation of pattern arrays, in one place for the whole package."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.errors import ParameterError, PatternError

Values = Literal["01", "±1", "real"]

_ALLOWED: dict[str, tuple[int, int]] = {"01": (0, 1), "±1": (-1, 1)}
_WORDS = {"01": "0 and 1", "±1": "-1 and 1", "real": "finite numbers"}


def as_patterns(patterns: Any, units: int | None, values: Values, owner: str) -> NDArray[Any]:
    """Return patterns as a checked two-dimensional array.

    Parameters
    ----------
    patterns : (P, units) array_like or scipy.sparse matrix
        One pattern a row; numbers or booleans.
    units : int or None
        Width that is required; None allows any.
    values : {"01", "±1", "real"}
        Values that are allowed.
    owner : str
        What the patterns are meant for, as the error should name it, e.g. ``"network 'word'"``.

    Returns
    -------
    (P, units) int8, or float64 for ``"real"``
        C-contiguous; shares memory with the input where nothing had to be converted.

    Raises
    ------
    PatternError
        If the array is empty, ragged, not two-dimensional, not numeric, of another width, or
        has NaN or other values than those allowed.

    Examples
    --------
    >>> as_patterns([[True, False], [False, True]], 2, "01", "network 'word'")
    array([[1, 0],
           [0, 1]], dtype=int8)
    """
    if values not in _WORDS:
        allowed = ", ".join(map(repr, _WORDS))
        raise ParameterError(f"{owner}: values is {values!r}; allowed are {allowed}.")
    array = _as_numbers(patterns, owner)
    check_shape(array.shape, units, owner)
    if sparse.issparse(array):
        # the stored entries are checked first, so that the dense form can be one byte a unit
        check_values(array.data, (*_ALLOWED.get(values, ()), 0), values, owner)
        array = array.astype(_target(values)).toarray()
    check_values(array, _ALLOWED.get(values, ()), values, owner)
    return np.ascontiguousarray(array, dtype=_target(values))


def _target(values: Values) -> type[np.int8] | type[np.float64]:
    return np.float64 if values == "real" else np.int8


def _as_numbers(patterns: Any, owner: str) -> Any:
    """Return a CSR or plain array of booleans, integers or floats."""
    if sparse.issparse(patterns):
        if patterns.ndim != 2:
            return patterns
        array = patterns.tocsr(copy=True)
        array.sum_duplicates()
    else:
        try:
            array = np.asarray(patterns)
        except ValueError as error:
            raise PatternError(
                f"{owner}: the patterns form no array; give rows of equal length."
            ) from error
    if array.dtype.kind not in "biuf":
        raise PatternError(
            f"{owner}: patterns have the type {array.dtype}; give numbers or booleans."
        )
    return array


def check_shape(shape: tuple[int, ...], units: int | None, owner: str) -> None:
    """Raise PatternError unless a shape is (P, N) with N as required, and not empty."""
    wanted = f"(P, {'N' if units is None else units})"
    if len(shape) != 2:
        raise PatternError(
            f"{owner}: patterns have shape {shape}; give {wanted}, one pattern a row"
            f"{', e.g. pattern[None, :]' if len(shape) == 1 else ''}."
        )
    if 0 in shape:
        raise PatternError(f"{owner}: patterns are empty, shape {shape}; give at least one.")
    if units is not None and shape[1] != units:
        raise PatternError(
            f"{owner}: patterns have {shape[1]} units (shape {shape}); it needs {wanted}."
        )


def check_values(array: NDArray[Any], allowed: tuple[int, ...], values: Values, owner: str) -> None:
    """Raise PatternError if an array has other values than those allowed, naming the first."""
    if values == "real":
        wrong = ~np.isfinite(array)
    elif array.dtype.kind == "b" and 0 in allowed:
        return
    else:
        wrong = np.logical_and.reduce([array != value for value in allowed])
    if wrong.any():
        where = tuple(map(int, np.argwhere(wrong)[0]))
        place = f" at row {where[0]}, unit {where[1]}" if len(where) == 2 else ""
        raise PatternError(
            f"{owner}: patterns contain {array[where].item()!r}{place}; "
            f"allowed are {_WORDS[values]}."
        )
