"""NumPy: the largest entries of each row by partition."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(field: NDArray[Any], k: int) -> Work:
    """Return the selection of the k largest entries of each row, (B, k) indices."""
    units = field.shape[1]
    return lambda: np.argpartition(field, units - k, axis=1)[:, units - k :]


RIVAL = Rival("numpy", "argpartition", prepare)
