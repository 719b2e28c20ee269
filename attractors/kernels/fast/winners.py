"""The k largest fields of each row, found without sorting or copying the row.

The row is cut into groups. The k-th largest of the groups' maxima is at most the k-th largest of
all, for k units have it or more; so only groups that reach it are looked at again.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from attractors.kernels.threads import in_threads

GROUP = 64


# without NaN the largest is the same in whatever order it is found, so it may be vectorised
@njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
def _maxima(values: NDArray[Any], width: int, maxima: NDArray[Any]) -> int:
    """Write the largest value of each group of ``width``; return the number of groups."""
    groups = -(-values.size // width)
    for group in range(groups):
        first = group * width
        largest = values[first]
        for i in range(min(width, values.size - first)):
            largest = values[first + i] if values[first + i] > largest else largest
        maxima[group] = largest
    return groups


@njit(cache=True, nogil=True)
def _kth_largest(values: NDArray[Any], k: int, spare: NDArray[Any]) -> Any:
    """Return the k-th largest of some values; those and as much room to spare are overwritten."""
    size, mixed = values.size, 1
    while True:
        # places that no regular order of the values falls in with
        mixed = (mixed * 1103515245 + 12345) & 0x7FFFFFFF
        pivot = values[mixed % size]
        above, below, equal = 0, size, 0
        for i in range(size):
            # written to both sides, kept on one: a branch would be guessed wrongly half the time
            value = values[i]
            spare[above] = value
            above += value > pivot
            spare[below - 1] = value
            below -= value < pivot
            equal += value == pivot
        if above < k <= above + equal:
            return pivot
        if k <= above:
            size, values, spare = above, spare[:above], values
        else:
            k -= above + equal
            size, values, spare = size - below, spare[below:size], values


@njit(cache=True, nogil=True)
def _bound(field: NDArray[Any], k: int, maxima: NDArray[Any], work: NDArray[Any]) -> Any:
    """Write the maxima of the groups; return a value that k units reach."""
    groups = _maxima(field, GROUP, maxima)
    # the maxima of several groups together bound it as well, and fewer are sorted out sooner
    joined = _maxima(maxima, max(groups // (8 * k), 1), work[0])
    if joined < k:
        # a number of the field's own type, for one of another would be converted for each unit
        work[0, 0] = -np.inf
        return work[0, 0]
    return _kth_largest(work[0, :joined], k, work[1])


@njit(cache=True, nogil=True)
def _collect(
    field: NDArray[Any], bound: Any, most: int, maxima: NDArray[Any], units: NDArray[np.int32]
) -> int:
    """Write the units above the bound, and the first ``most`` of those at it; return how many."""
    count, equal = 0, 0
    for group in range(maxima.size):
        if maxima[group] >= bound:
            for unit in range(group * GROUP, min((group + 1) * GROUP, field.size)):
                if field[unit] >= bound:
                    units[count] = unit
                    equal += field[unit] == bound
                    count += field[unit] > bound or equal <= most
    return count


@njit(cache=True, nogil=True)
def best(
    field: NDArray[Any],
    k: int,
    threshold: Any,
    maxima: NDArray[Any],
    work: NDArray[Any],
    units: NDArray[np.int32],
) -> tuple[int, bool]:
    """Write the k units of largest field in the order of their index.

    Parameters
    ----------
    field : (N,) float
        Field of every unit, without NaN.
    k : int
        Number of winners, 1 to N.
    threshold : float
        Units with a field up to it cannot win; NaN for none, as nothing is up to that.
    maxima : (ceil(N / GROUP),) float
        Room for the groups.
    work : (2, N + 1) float
        Room for values, twice.
    units : (N + 1,) int32
        Takes the winners.

    Returns
    -------
    count : int
        Number of winners.
    tied : bool
        Whether more units had the k-th largest field than there were places left for them.
    """
    bound = _bound(field, k, maxima, work)
    # one more of them than there are places shows that they are too many
    count = _collect(field, bound, k + 1, maxima, units)
    for i in range(count):
        work[0, i] = field[units[i]]
    cut = _kth_largest(work[0, :count], k, work[1])
    places = k
    for i in range(count):
        places -= field[units[i]] > cut
    won, equal = 0, 0
    for i in range(count):
        value = field[units[i]]
        equal += value == cut
        if not value <= threshold and (value > cut or (value == cut and equal <= places)):
            units[won] = units[i]
            won += 1
    return won, equal > places and not cut <= threshold


@njit(cache=True, nogil=True)
def _rows(
    field: NDArray[Any],
    k: int,
    threshold: Any,
    active: NDArray[np.bool_],
    tied: NDArray[np.bool_],
    start: int,
    stop: int,
) -> None:
    units = field.shape[1]
    maxima, work = np.empty(-(-units // GROUP), field.dtype), np.empty((2, units + 1), field.dtype)
    found = np.empty(units + 1, np.int32)
    for row in range(start, stop):
        count, tied[row] = best(field[row], k, threshold, maxima, work, found)
        for i in range(count):
            active[row, found[i]] = True


def k_winners(
    field: NDArray[Any], k: int, threshold: float | None = None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the k units of largest field in each row, of single or double precision."""
    active, tied = np.zeros(field.shape, np.bool_), np.empty(len(field), np.bool_)
    limit = field.dtype.type(np.nan if threshold is None else threshold)
    field = np.ascontiguousarray(field)
    in_threads(lambda start, stop: _rows(field, k, limit, active, tied, start, stop), len(field))
    return active, tied
