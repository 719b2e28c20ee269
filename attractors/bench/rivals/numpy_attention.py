"""NumPy: softmax(β Q Kᵀ) V, with the scores in full."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return the retrieval; the scores are turned into weights in place."""

    def retrieve() -> NDArray[Any]:
        scores = (beta * queries) @ keys.T
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return np.asarray(scores @ values)

    return retrieve


RIVAL = Rival("numpy", "softmax(QKᵀ)V", prepare)
