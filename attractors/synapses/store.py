"""What a dual form keeps, and how it answers."""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules.base import Levels, Patterns
from attractors.synapses.folding import Pairs


class Store(abc.ABC):
    """Contents of a dual form; :class:`attractors.synapses.Dual` puts them to use.

    Its synapses lead from source units to what stands for the patterns, and from there to the
    target units; both are counted.
    """

    @abc.abstractmethod
    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Store pattern pairs, (P, n_post) and (P, n_pre)."""

    @abc.abstractmethod
    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""

    def reader(self) -> Callable[[NDArray[Any]], NDArray[Any]]:
        """Return a function that does what :meth:`field` does, for use until the next lesson."""
        return self.field

    def few(self) -> Pairs | None:
        """Return keys and values if they are few enough to be multiplied at once, else ``None``."""
        return None

    @abc.abstractmethod
    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw answers to gain 1."""

    @property
    @abc.abstractmethod
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""

    @property
    @abc.abstractmethod
    def answering(self) -> float:
        """Number of synapses onto target units that take part in one answer."""

    @property
    def count(self) -> int:
        """Number of non-zero synapses on both sides."""
        return int(self.fan_out.sum() + self.answering)

    @property
    @abc.abstractmethod
    def size(self) -> int:
        """Number of synapses on both sides, those that are 0 included."""

    @property
    @abc.abstractmethod
    def nbytes(self) -> int:
        """Bytes that are held."""

    @abc.abstractmethod
    def matrix(self) -> NDArray[Any] | None:
        """Return the weights (n_post, n_pre) that do the same, ``None`` where there are none."""

    @abc.abstractmethod
    def thinned(self, keep: NDArray[Any]) -> Store:
        """Return a copy without some synapses: keys row by row, then values row by row.

        Raises
        ------
        UnsupportedError
            If single synapses cannot be cut.
        """

    @abc.abstractmethod
    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return everything that is held, as named arrays of plain types."""

    @abc.abstractmethod
    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
