"""Whole numbers in one or two bytes each, which refuse what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import kernels
from attractors.errors import ParameterError
from attractors.rules.base import Patterns
from attractors.synapses.lists import Lists

# numbers that are widened at a time
BLOCK = 1 << 22
# whole numbers up to here are exact in single precision
EXACT = 1 << 24


class IntegerTable:
    """A matrix (n_pre, n_post) of small integers, changed as a whole or not at all.

    Parameters
    ----------
    shape : (int, int)
        Units of source and target.
    kind : type
        ``np.int8`` or ``np.int16``.
    own : bool
        Whether source and target are one network, whose units have no synapse onto themselves.
    owner : str
        What the synapses belong to, as an error should name it.
    """

    def __init__(
        self, shape: tuple[int, int], kind: type[np.integer[Any]], own: bool, owner: str
    ) -> None:
        self.values: NDArray[Any] = np.zeros(shape, kind)
        self.own = own
        self.owner = owner

    def count(self, post: Lists, pre: Lists) -> None:
        """Add 1 wherever two ends are active in one pair.

        Raises
        ------
        ParameterError
            If a count does not fit; nothing is changed then.
        """
        self._own_copy()
        place = int(kernels.table_add(self.values, *post, *pre, 1, self.own))
        if place >= 0:
            # counts that left their range came in at its other end, so this brings all back
            kernels.table_add(self.values, *post, *pre, -1, self.own)
            source, target = divmod(place, self.values.shape[1])
            self._refuse(source, target, np.iinfo(self.values.dtype).max + 1)

    def add(self, post: Patterns, pre: Patterns) -> None:
        """Add the products of whole patterns, (P, n_post) and (P, n_pre).

        Raises
        ------
        ParameterError
            If a sum does not fit; nothing is changed then.
        """
        self._own_copy()
        # what cannot overflow need not be tried out first
        limit, largest = np.iinfo(self.values.dtype).max, _largest(post) * _largest(pre) * len(post)
        if _largest(self.values) + largest > limit:
            for rows, sums in self._sums(post, pre):
                self._check(sums, rows.start)
        for rows, sums in self._sums(post, pre):
            self.values[rows] = sums

    def put(self, weights: NDArray[Any]) -> None:
        """Take over whole weights (n_post, n_pre).

        Raises
        ------
        ParameterError
            If one does not fit; nothing is changed then.
        """
        fresh = np.zeros_like(self.values)
        for rows in self.blocks():
            block = np.array(weights[:, rows].T, np.float64)
            self._clear_own(block, rows.start)
            self._check(block, rows.start)
            fresh[rows] = block
        self.values = fresh

    def few(self, indptr: NDArray[np.int64]) -> bool:
        """Tell whether reading the rows of active units one by one beats a matrix product.

        Measured on two cores: a number of a row takes 0.15 ns, one of the product 0.01 ns, after
        0.5 ns for widening each number of the table once.
        """
        limit = np.iinfo(self.values.dtype).max
        # the rows are added up in 32 bits
        if limit * int(np.diff(indptr).max(initial=0)) >= 1 << 31:
            return False
        return bool(indptr[-1] <= len(self.values) * (3 + len(indptr) // 15))

    def product(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return states (B, n_pre) times the table, (B, n_post)."""
        signs = [kernels.active_units(side) for side in (states > 0, states < 0)]
        signed = states.dtype.kind in "bi" or bool((states == np.sign(states)).all())
        if signed and _largest(states) <= 1 and all(self.few(indptr) for indptr, *_ in signs):
            up, down = (self._sums_of(indptr, indices) for indptr, indices, _ in signs)
            return np.asarray(up - down)
        # whole sums are exact in single precision, as long as they are small enough
        whole = states.dtype.kind in "biu" or bool((states == np.rint(states)).all())
        most = _largest(self.values) * _largest(states) * len(self.values)
        kind = np.float32 if whole and most < EXACT else np.float64
        total = np.zeros((len(states), self.values.shape[1]), kind)
        for rows in self.blocks():
            total += states[:, rows].astype(kind, copy=False) @ self.values[rows].astype(kind)
        return total

    def blocks(self) -> Iterator[slice]:
        """Yield source units, a few at a time."""
        step = max(BLOCK // max(self.values.shape[1], 1), 1)
        return (slice(start, start + step) for start in range(0, len(self.values), step))

    def _sums_of(self, indptr: NDArray[np.int64], indices: NDArray[np.int32]) -> NDArray[Any]:
        nothing = np.zeros(self.values.shape[1]), np.zeros(len(indptr) - 1), np.zeros(0)
        return np.asarray(kernels.table_field(self.values, indptr, indices, *nothing))

    def _sums(self, post: Patterns, pre: Patterns) -> Iterator[tuple[slice, NDArray[Any]]]:
        """Yield what the table would hold with the products of the patterns."""
        step = max(BLOCK // max(post.shape[1], 1), 1)
        for rows in self.blocks():
            sums = self.values[rows].astype(np.float64)
            for start in range(0, len(post), step):
                part = slice(start, start + step)
                # whole sums of so few products are exact in single precision
                sums += pre[part, rows].astype(np.float32).T @ post[part].astype(np.float32)
            self._clear_own(sums, rows.start)
            yield rows, sums

    def _clear_own(self, block: NDArray[Any], first: int) -> None:
        if self.own:
            rows = np.arange(len(block))
            block[rows, first + rows] = 0

    def _check(self, block: NDArray[Any], first: int) -> None:
        limits = np.iinfo(self.values.dtype)
        outside = (block < limits.min) | (block > limits.max)
        if outside.any():
            row, post = (int(at) for at in np.unravel_index(outside.argmax(), block.shape))
            self._refuse(first + row, post, int(block[row, post]))

    def _refuse(self, pre: int, post: int, value: int) -> None:
        kind, limits = self.values.dtype, np.iinfo(self.values.dtype)
        cure = "'int16' or 'dense'" if kind == np.int8 else "'dense'"
        raise ParameterError(
            f"{self.owner}: {kind} holds {limits.min} to {limits.max}, the synapse from unit {pre} "
            f"to unit {post} would come to {value}; use synapses={cure}."
        )

    def _own_copy(self) -> None:
        if not self.values.flags.writeable:  # mapped from a file
            self.values = self.values.copy()


def _largest(array: NDArray[Any]) -> float:
    """Return the largest absolute value."""
    return max(abs(float(array.min(initial=0))), abs(float(array.max(initial=0))))
