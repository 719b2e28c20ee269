"""One cue settled by itself, from its full state to the full state in which it rests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from attractors.kernels.plain.packed import packed_winners
from attractors.kernels.plain.rows import row_winners
from attractors.kernels.plain.settle_step import DECIMALS
from attractors.kernels.plain.table import table_field
from attractors.kernels.plain.winners import k_winners

Lists: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]
State = NDArray[np.float32]


class Centring(NamedTuple):
    r"""What is added to the sum of the rows of the active units, of which there are m.

    .. math:: h_j = \sum_i T_{ij} - m s_j - (t \sum_i c_i - b m) + o_j [j \text{ active}]

    Parameters
    ----------
    shift : (N,) float64
        s.
    own : (N,) or (0,) float64
        o; empty for nothing.
    pre : (N,) int64
        c.
    target, both : float
        t and b.
    """

    shift: NDArray[np.float64]
    own: NDArray[np.float64]
    pre: NDArray[np.int64]
    target: float
    both: float


def settle_packed(
    bits: NDArray[np.uint64], cue: NDArray[Any], k: int, least: int, steps: int
) -> State | None:
    """Settle a cue by counting bits.

    Parameters
    ----------
    bits : (N, ceil(N / 64)) uint64
        Synapses as in :func:`attractors.kernels.plain.packed.packed_winners`.
    cue : (N,) real
        State to begin with.
    k : int
        Number of winners, 1 to N.
    least : int
        Number of active units that must reach a winner, at least 1.
    steps : int
        Updates at most; they end at a state that is one of the last two.

    Returns
    -------
    (N,) float32 or None
        The state of 0 and 1; ``None`` if the cue has other values.
    """

    def winners(lists: Lists) -> NDArray[np.int32]:
        return packed_winners(bits, len(cue), *lists, k, least - 0.5)[1]

    return _settled(cue, steps, winners)


def settle_rows(
    rows: Lists, recent: Lists, cue: NDArray[Any], k: int, least: int, steps: int
) -> State | None:
    """Settle a cue by counting targets.

    Parameters
    ----------
    rows, recent : lists
        Synapses as in :func:`attractors.kernels.plain.rows.row_winners`; others as in
        :func:`settle_packed`.

    Returns
    -------
    (N,) float32 or None
        The state of 0 and 1; ``None`` if the cue has other values, and in the compiled twin also
        if it is too large to be counted in 16 bits.
    """

    def winners(lists: Lists) -> NDArray[np.int32]:
        return row_winners(rows, recent, len(cue), lists, k, least)[1]

    return _settled(cue, steps, winners)


def settle_table(
    table: NDArray[Any],
    centring: Centring,
    cue: NDArray[Any],
    factor: float,
    k: int,
    threshold: float | None,
    steps: int,
) -> State | None:
    """Settle a cue by adding up rows of small integers.

    Parameters
    ----------
    table : (N, N) int8 or int16
        One row a source unit.
    centring : Centring
        What is added to the sum of the rows.
    factor : float
        What that is multiplied by, before it is rounded to the decimals that count.
    threshold : float or None
        Only units with a rounded field above it can win. Others as in :func:`settle_packed`.

    Returns
    -------
    (N,) float32 or None
        The state of 0 and 1; ``None`` if the cue has other values, and in the compiled twin also
        if it is so large that a sum might not fit in 32 bits.
    """
    shift, own, pre, target, both = centring

    def winners(lists: Lists) -> NDArray[np.int32]:
        level = np.array([target * pre[lists[1]].sum() - both * len(lists[1])])
        raw = table_field(table, *lists, shift, level, own)
        active, _ = k_winners(np.round(raw * factor, DECIMALS), k, threshold)
        return np.flatnonzero(active[0]).astype(np.int32)

    return _settled(cue, steps, winners)


def _settled(
    cue: NDArray[Any], steps: int, winners: Callable[[Lists], NDArray[np.int32]]
) -> State | None:
    now = np.flatnonzero(cue).astype(np.int32)
    if not (cue[now] == 1).all():
        return None
    before = now
    for _ in range(steps):
        fresh = winners((np.array([0, len(now)]), now))
        rests = any(np.array_equal(fresh, state) for state in (now, before))
        before, now = now, fresh
        if rests:
            break
    state = np.zeros(len(cue), np.float32)
    state[now] = 1
    return state
