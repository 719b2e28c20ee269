"""PyTorch: hopfield-layers' retrieval written out, and the fused attention that torch offers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def written_out(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return softmax(β Q Kᵀ) V as hopfield-layers computes it, without its projections."""
    import torch

    Q, K, V = (torch.from_numpy(array) for array in (queries, keys, values))

    def retrieve() -> NDArray[Any]:
        with torch.inference_mode():
            weights = torch.softmax(torch.matmul(beta * Q, K.T), dim=-1)
            return np.asarray(torch.matmul(weights, V).numpy())

    return retrieve


def fused(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return ``torch.nn.functional.scaled_dot_product_attention`` of one head."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention as attention

    Q, K, V = (torch.from_numpy(array)[None, None] for array in (queries, keys, values))

    def retrieve() -> NDArray[Any]:
        with torch.inference_mode():
            return np.asarray(attention(Q, K, V, scale=beta)[0, 0].numpy())

    return retrieve


WRITTEN_OUT = Rival("torch", "softmax(QKᵀ)V as in hopfield-layers", written_out)
FUSED = Rival("torch", "scaled_dot_product_attention", fused)
