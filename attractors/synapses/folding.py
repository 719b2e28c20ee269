"""Sums over all keys, taken block by block and in threads that each have a share of the keys.

Similarities are laid out (keys, cues): products with a block of keys are then fastest, and what
is done to each cue runs along memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from attractors import kernels

Numbers = NDArray[Any]
# from similarities (keys, cues) to the weights of the values, and what they add to each cue
Answers = Callable[[Numbers], tuple[Numbers, Numbers | float]]

# similarities that one thread works on at a time: they stay in its cache
BLOCK = 1 << 18
# cues that are worth going through all keys for
CUES = 1024
# cues whose products with keys are best taken without a library, and numbers in a key at most
SEVERAL, LONG = 16, 1024
# multiplications that are worth handing to another thread
SHARE = 5_000_000


class Pairs(NamedTuple):
    """Keys (P, n_pre), values (P, n_post) and what similarities are multiplied by."""

    keys: Numbers
    values: Numbers
    scale: float = 1.0

    def precision(self, cues: Numbers) -> np.dtype[Any]:
        """Return the type to multiply in: double, unless cues, keys and values have less.

        Whole numbers of one byte are exact in single precision.
        """
        kind = np.result_type(cues, self.keys, self.values, np.float32)
        return np.dtype(np.float32 if kind == np.float32 else np.float64)

    def weighing(self, cues: Numbers) -> np.dtype[Any]:
        """Return the type to add up weights in that are no whole numbers.

        Units onto which the same weights fall tie, in whatever order these are added. That
        happens to patterns, and in single precision rounding would choose between them.
        """
        patterns = self.keys.dtype.itemsize == self.values.dtype.itemsize == 1
        return np.dtype(np.float64) if patterns else self.precision(cues)


class _Best(NamedTuple):
    """Exponential sums over some keys: Σ e^(β(h - top)), plain and with the values."""

    top: Numbers
    total: Numbers
    summed: Numbers


Part = TypeVar("Part")


def exponential_sums(cues: Numbers, pairs: Pairs, beta: float) -> tuple[Numbers, Numbers]:
    r"""Return :math:`\sum_μ e^{β(h_μ - h_{max})} v^μ` and :math:`\sum_μ e^{β(h_μ - h_{max})}`.

    Parameters
    ----------
    cues : (B, n_pre)
        Source states; h is their product with the keys.
    pairs : Pairs
        Its scale is not used.
    beta : float
        β.

    Returns
    -------
    summed : (B, n_post)
        With the values.
    total : (B,)
        Of the weights alone.
    """
    kind = pairs.weighing(cues)
    summed = np.empty((len(cues), pairs.values.shape[1]), kind)
    total = np.empty(len(cues))
    for rows in blocks(0, len(cues), CUES):
        some = cues[rows].astype(kind, copy=False)
        best_of = _at_hand if _fit(some, pairs) else _best_of

        def part(start: int, stop: int, some: Numbers = some, best_of: Any = best_of) -> _Best:
            return best_of(some, pairs, beta, start, stop)  # type: ignore[no-any-return]

        parts = _shared(part, pairs, len(some))
        top = np.max([part.top for part in parts], axis=0)
        shrunk = [np.exp(kind.type(beta) * (part.top - top)) for part in parts]
        total[rows] = sum(part.total * by for part, by in zip(parts, shrunk, strict=True))
        summed[rows] = sum(
            part.summed * by[:, None] for part, by in zip(parts, shrunk, strict=True)
        )
    return summed, total


def added(answers: Answers, cues: Numbers, pairs: Pairs) -> tuple[Numbers, Numbers]:
    """Return Σ answer · value (B, n_post) and what the answers add to each cue (B,).

    Parameters
    ----------
    answers : callable
        Works key by key, so that blocks of keys may be answered apart.
    cues : (B, n_pre)
        Source states.
    pairs : Pairs
        Keys, values and the scale of similarities.
    """
    kind = pairs.precision(cues)
    width = pairs.values.shape[1]
    found = []
    for rows in blocks(0, len(cues), CUES):
        turned = cues[rows].T.astype(kind, order="C")

        def part(start: int, stop: int, turned: Numbers = turned) -> tuple[Numbers, Numbers]:
            summed, own = np.zeros((len(turned.T), width)), np.zeros(len(turned.T))
            for block, similar in _similarities(turned, pairs.keys, start, stop):
                weights, more = answers(similar * kind.type(pairs.scale))
                summed += weights.T @ pairs.values[block].astype(weights.dtype, copy=False)
                own += more
            return summed, own

        parts = _shared(part, pairs, len(turned.T))
        found.append((sum(p[0] for p in parts), sum(p[1] for p in parts)))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def blocks(start: int, stop: int, size: int) -> Iterator[slice]:
    """Cut a range into slices of equal size, at most ``size`` each."""
    pieces = -(-(stop - start) // max(size, 1))
    edges = [start + (stop - start) * piece // max(pieces, 1) for piece in range(pieces + 1)]
    yield from (slice(low, high) for low, high in pairwise(edges))


def _fit(cues: Numbers, pairs: Pairs) -> bool:
    """Tell whether a kernel may read keys and values where they lie, and is worth it."""
    stored = (pairs.keys, pairs.values)
    return (
        len(cues) >= SEVERAL
        and max(array.shape[1] for array in stored) <= LONG
        and all(array.dtype == np.float32 for array in (cues, *stored))
        and all(array.flags.c_contiguous for array in stored)
    )


def _at_hand(cues: Numbers, pairs: Pairs, beta: float, start: int, stop: int) -> _Best:
    keys, values = pairs.keys[start:stop], pairs.values[start:stop]
    return _Best(*kernels.attention_sums(cues, keys, values, beta))


def _best_of(some: Numbers, pairs: Pairs, beta: float, start: int, stop: int) -> _Best:
    turned, cues = np.ascontiguousarray(some.T), len(some)
    top, total = np.full(cues, -np.inf, turned.dtype), np.zeros(cues)
    summed = np.zeros((cues, pairs.values.shape[1]), turned.dtype)
    for block, similar in _similarities(turned, pairs.keys, start, stop):
        # whole numbers are subtracted before they are multiplied, as in `separate`
        shrunk = kernels.exponentials(similar, beta, top, total)
        summed *= shrunk[:, None]
        summed += similar.T @ pairs.values[block].astype(similar.dtype, copy=False)
    return _Best(top, total, summed)


def _similarities(
    turned: Numbers, keys: Numbers, start: int, stop: int
) -> Iterator[tuple[slice, Numbers]]:
    """Yield blocks of keys with their products with all cues, in memory that is used again."""
    size = max(BLOCK // turned.shape[1], 64)
    space = np.empty((size, turned.shape[1]), turned.dtype)
    for block in blocks(start, stop, size):
        some = keys[block].astype(turned.dtype, copy=False)
        yield block, np.matmul(some, turned, out=space[: len(some)])


def _shared(part: Callable[[int, int], Part], pairs: Pairs, cues: int) -> list[Part]:
    """Return the parts that threads make of their shares of the keys, in the order of the keys."""
    parts: dict[int, Part] = {}

    def work(start: int, stop: int) -> None:
        parts[start] = part(start, stop)

    each = cues * (pairs.keys.shape[1] + pairs.values.shape[1])
    least = max(SHARE // max(each, 1), 1)
    if len(pairs.keys) < 2 * least:
        return [part(0, len(pairs.keys))]
    with kernels.one_blas_thread():
        kernels.in_threads(work, len(pairs.keys), least)
    return [parts[start] for start in sorted(parts)]
