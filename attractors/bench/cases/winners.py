"""The k largest of a million fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.rivals import numpy_argpartition
from attractors.bench.row import Bound, Row
from attractors.bench.timing import Pace
from attractors.seeding import stream


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure the selection on random fields, without ties at the cut."""
    from attractors.kernels import k_winners

    shape = size["batch"], size["units"]
    field = stream(0, "bench", "winners").standard_normal(shape, np.float32)
    yield contest(
        Entry(
            "winners of a row",
            lambda: k_winners(field, size["k"])[0],
            size["batch"],
        ),
        numpy_argpartition.RIVAL,
        (field, size["k"]),
        pace,
        bound=Bound(3),
        same=same,
    )


def same(active: Any, indices: Any) -> bool:
    """Tell whether a mask marks the units that are listed."""
    return np.array_equal(np.nonzero(active)[1], np.sort(indices, axis=1).ravel())


CASE = Case(
    "winners",
    "k winners of a large network",
    measure,
    full={"units": 1_000_000, "k": 20, "batch": 8},
    quick={"units": 20_000, "k": 20, "batch": 4},
)
