"""Corruption of patterns: the damaged cues that a memory is asked to repair.

Every function takes patterns of shape (P, N), returns new ones of type int8, and changes an
exact number of units of each: the fraction times the number of units it refers to, rounded to
the nearest (a half to the even number). Dense patterns (±1, or 0/1 with about half the units
active) are usually flipped or masked. In a sparse code a flipped fraction of all units would
drown the few active ones, so there the fraction refers to the active units: :func:`erase`,
:func:`add`, and :func:`move`, which does both and keeps the activity. What comes back is a full
array, except that :func:`erase` keeps sparse patterns sparse.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import checks
from attractors.errors import ParameterError, PatternError
from attractors.patterns.check import as_patterns
from attractors.patterns.drawing import drop_entries
from attractors.patterns.lists import as_sparse_patterns
from attractors.patterns.random import check_generator, choose, random_sparse


def flip(
    patterns: Any,
    fraction: float,
    generator: np.random.Generator,
    values: Literal["01", "±1"] | None = None,
) -> NDArray[np.int8]:
    """Return the patterns with a fraction of all units flipped, 0 to 1 or -1 to +1 and back.

    Parameters
    ----------
    patterns : (P, N) array_like
        All 0/1 or all ±1.
    fraction : float
        Of the N units, 0 to 1.
    generator : numpy.random.Generator
    values : {"01", "±1"}, optional
        Which of both they are; needed only for patterns that consist of ones.

    Returns
    -------
    (P, N) int8

    Raises
    ------
    PatternError
        If the patterns are neither 0/1 nor ±1, or nothing but ones.
    ParameterError
        If the fraction is not 0 to 1 or the generator is none.

    Examples
    --------
    >>> flip([[1, -1, 1, -1]], 1.0, np.random.default_rng(0))
    array([[-1,  1, -1,  1]], dtype=int8)
    """
    array = as_patterns(patterns, None, values or _infer(patterns), "flip")
    chosen = _any_units(array, fraction, generator, "flip")
    flipped = -array if (array == -1).any() or values == "±1" else 1 - array
    return np.where(chosen, flipped, array)


def erase(
    patterns: Any, fraction: float, generator: np.random.Generator
) -> NDArray[np.int8] | sparse.csr_array:
    """Return the 0/1 patterns with a fraction of the active units of each made inactive.

    Parameters
    ----------
    patterns : (P, N) array_like or scipy.sparse matrix
        0/1; ±1 patterns have no inactive state, :func:`mask` those.
    fraction : float
        Of the active units of a pattern, 0 to 1.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8, or csr_array of int8 if the patterns are sparse
        Of sparse patterns, other units are lost than of full ones by the same generator: it
        draws a number for each active unit, not for each unit.

    Raises
    ------
    PatternError
        If the patterns are not 0/1.
    ParameterError
        If the fraction is not 0 to 1 or the generator is none.

    Examples
    --------
    >>> erase([[1, 1, 0, 0]], 0.5, np.random.default_rng(0)).sum()
    np.int64(1)
    """
    generator = check_generator("erase", generator)
    if sparse.issparse(patterns):
        rows = as_sparse_patterns(patterns, None, "erase")
        return drop_entries(rows, _share(np.diff(rows.indptr), fraction, "erase"), generator)
    array = as_patterns(patterns, None, "01", "erase")
    lost = choose(array == 1, _of_active(array, fraction, "erase"), generator)
    return np.where(lost, np.int8(0), array)


def add(patterns: Any, fraction: float, generator: np.random.Generator) -> NDArray[np.int8]:
    """Return the 0/1 patterns with inactive units made active, counted in active ones.

    A pattern with k active units gets ``fraction * k`` wrong ones in addition.

    Parameters
    ----------
    patterns : (P, N) array_like
        0/1.
    fraction : float
        Added units per active unit, at least 0; may exceed 1 while there are inactive units.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8

    Raises
    ------
    PatternError
        If the patterns are not 0/1 or have too few inactive units.
    ParameterError
        If the fraction is negative or the generator is none.

    Examples
    --------
    >>> add([[1, 1, 0, 0, 0]], 1.5, np.random.default_rng(0)).sum()
    np.int64(5)
    """
    array = as_patterns(patterns, None, "01", "add")
    counts = _of_active(array, fraction, "add", most=np.inf)
    gained = choose(_room(array, counts, "add"), counts, check_generator("add", generator))
    return np.where(gained, np.int8(1), array)


def move(patterns: Any, fraction: float, generator: np.random.Generator) -> NDArray[np.int8]:
    """Return the 0/1 patterns with a fraction of the active units moved to inactive places.

    As many units are erased as are added, among those inactive before, so the number of active
    units stays. The overlap that remains is 1 - fraction.

    Parameters
    ----------
    patterns : (P, N) array_like
        0/1.
    fraction : float
        Of the active units of a pattern, 0 to 1.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8

    Raises
    ------
    PatternError
        If the patterns are not 0/1 or have too few inactive units.
    ParameterError
        If the fraction is not 0 to 1 or the generator is none.

    Examples
    --------
    >>> move([[1, 1, 0, 0]], 1.0, np.random.default_rng(0))
    array([[0, 0, 1, 1]], dtype=int8)
    """
    array = as_patterns(patterns, None, "01", "move")
    counts = _of_active(array, fraction, "move")
    room = _room(array, counts, "move")
    lost = choose(array == 1, counts, check_generator("move", generator))
    return np.where(lost | choose(room, counts, generator), 1 - array, array)


def mask(patterns: Any, fraction: float, generator: np.random.Generator) -> NDArray[np.int8]:
    """Return the patterns with a fraction of all units set to 0, whatever their value.

    In ±1 patterns 0 says "unknown"; in 0/1 patterns it cannot be told from inactive.

    Parameters
    ----------
    patterns : (P, N) array_like
        0/1 or ±1; zeros of an earlier mask may be among them.
    fraction : float
        Of the N units, 0 to 1.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8

    Raises
    ------
    PatternError
        If the patterns have values other than -1, 0, 1.
    ParameterError
        If the fraction is not 0 to 1 or the generator is none.

    Examples
    --------
    >>> mask([[1, -1, 1, -1]], 1.0, np.random.default_rng(0))
    array([[0, 0, 0, 0]], dtype=int8)
    """
    array = _ternary(patterns, "mask")
    return np.where(_any_units(array, fraction, generator, "mask"), np.int8(0), array)


def mask_units(patterns: Any, units: Any) -> NDArray[np.int8]:
    """Return the patterns with the given units set to 0 in all of them.

    Parameters
    ----------
    patterns : (P, N) array_like
        0/1 or ±1; zeros of an earlier mask may be among them.
    units : (M,) int or (N,) bool array_like
        Indices of the units, or which units.

    Returns
    -------
    (P, N) int8

    Raises
    ------
    PatternError
        If the patterns have values other than -1, 0, 1.
    ParameterError
        If the units do not exist.

    Examples
    --------
    >>> mask_units([[1, -1, 1, -1]], [0, 1])
    array([[ 0,  0,  1, -1]], dtype=int8)
    """
    array = _ternary(patterns, "mask_units").copy()
    count = array.shape[1]
    chosen = np.asarray(units)
    which = chosen.dtype == bool and chosen.shape == (count,)
    inside = chosen.dtype.kind in "iu" and ((chosen >= 0) & (chosen < count)).all()
    if not (which or inside):
        raise ParameterError(
            f"mask_units: units is {units!r}; give indices from 0 to {count - 1}, "
            f"or {count} booleans."
        )
    array[:, chosen] = 0
    return array


def _infer(patterns: Any) -> Literal["01", "±1"]:
    array = _ternary(patterns, "flip")
    negative, zero = bool((array == -1).any()), bool((array == 0).any())
    if negative == zero:
        what = "-1 and 0" if negative else "nothing but 1"
        cure = "mask after flipping" if negative else "say values='01' or values='±1'"
        raise PatternError(f"flip: patterns contain {what}, neither 0/1 nor ±1; {cure}.")
    return "±1" if negative else "01"


def _ternary(patterns: Any, owner: str) -> NDArray[np.int8]:
    """Return patterns of -1, 0 and 1."""
    array = as_patterns(patterns, None, "real", owner)
    wrong = ~np.isin(array, (-1, 0, 1))
    if wrong.any():
        raise PatternError(
            f"{owner}: patterns contain {array[wrong][0].item()!r}; allowed are 0/1 and ±1."
        )
    return array.astype(np.int8)


def _any_units(
    array: NDArray[np.int8], fraction: float, generator: np.random.Generator, owner: str
) -> NDArray[np.bool_]:
    """Return which units of each pattern to change, the same number in all."""
    count, units = array.shape
    changed = round(_fraction(fraction, owner) * units)
    generator = check_generator(owner, generator)
    if changed == 0:
        return np.zeros(array.shape, dtype=bool)
    return random_sparse(count, units, changed, generator).astype(bool)


def _of_active(
    array: NDArray[np.int8], fraction: float, owner: str, most: float = 1.0
) -> NDArray[np.intp]:
    """Return the number of units that the fraction means in each pattern."""
    return _share(np.count_nonzero(array, axis=1), fraction, owner, most)


def _share(
    active: NDArray[np.integer], fraction: float, owner: str, most: float = 1.0
) -> NDArray[np.intp]:
    counts: NDArray[np.intp] = np.rint(_fraction(fraction, owner, most) * active).astype(np.intp)
    return counts


def _room(array: NDArray[np.int8], counts: NDArray[np.intp], owner: str) -> NDArray[np.bool_]:
    """Return the inactive units, of which there must be enough."""
    inactive: NDArray[np.bool_] = array == 0
    short = np.flatnonzero(inactive.sum(axis=1) < counts)
    if short.size:
        row = int(short[0])
        raise PatternError(
            f"{owner}: pattern {row} has {int(inactive[row].sum())} inactive units, "
            f"{int(counts[row])} are needed; lower the fraction."
        )
    return inactive


def _fraction(fraction: float, owner: str, most: float = 1.0) -> float:
    value = checks.real(owner, "fraction", fraction, low=0.0)
    if value > most:
        raise ParameterError(f"{owner}: fraction is {value:g}; it must be 0 to {most:g}.")
    return value
