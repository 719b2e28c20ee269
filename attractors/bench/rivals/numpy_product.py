"""NumPy: the field of every unit as one matrix product in single precision."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(weights: NDArray[np.float32], cues: NDArray[Any]) -> Work:
    """Return the bare product: states in single precision, and no allocation of the result."""
    states = np.ascontiguousarray(cues, np.float32)
    field = np.empty((len(states), len(weights)), np.float32)
    return lambda: np.matmul(states, weights.T, out=field)


RIVAL = Rival("numpy", "float32 product", prepare)
