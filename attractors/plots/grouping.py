"""The order of units on an axis: those of a pattern side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors.errors import PatternError


@dataclass(frozen=True)
class Rows:
    """Row and group of each unit.

    Parameters
    ----------
    row : (N,) int
        Where each unit is drawn.
    group : (N,) int
        Pattern that it is drawn with, -1 for none.
    groups : int
        Number of patterns.
    """

    row: NDArray[np.int64]
    group: NDArray[np.int64]
    groups: int


def rows(network: str, units: int, order: ArrayLike | Mapping[str, ArrayLike] | None) -> Rows:
    """Return where the units of a network are drawn.

    Parameters
    ----------
    network : str
        Qualified name.
    units : int
        N.
    order : (N,) or (G, N) array_like, or mapping of network to such, optional
        Patterns; the active units of the first come first, then those of the second that are
        not in the first, and so on.

    Raises
    ------
    PatternError
        If a pattern has another width.
    """
    chosen: Any = order.get(network) if isinstance(order, Mapping) else order
    if chosen is None:
        return Rows(np.arange(units), np.full(units, -1), 0)
    patterns = np.atleast_2d(np.asarray(chosen))
    if patterns.ndim != 2 or patterns.shape[1] != units:
        raise PatternError(
            f"order: patterns of {network!r} have shape {np.shape(chosen)}; give (G, {units}), one "
            "pattern a row."
        )
    active = patterns > 0
    group = np.where(active.any(axis=0), active.argmax(axis=0), len(patterns))
    row = np.empty(units, dtype=np.int64)
    row[np.argsort(group, kind="stable")] = np.arange(units)
    return Rows(row, np.where(group == len(patterns), -1, group), len(patterns))
