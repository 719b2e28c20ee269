"""Torchhd: its attention memory and its Hopfield network."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def attention(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return the retrieval of ``torchhd.memory.attention``."""
    import torch
    from torchhd import memory

    Q, K, V = (torch.from_numpy(array) for array in (queries, keys, values))

    def retrieve() -> NDArray[Any]:
        with torch.inference_mode():
            return np.asarray(memory.attention(Q, K, V, beta).numpy())

    return retrieve


def hopfield(weights: NDArray[np.float32], cues: NDArray[Any]) -> Work:
    """Return one step of ``torchhd.memory.Hopfield`` that holds the same weights."""
    import torch
    from torchhd.memory import Hopfield

    network = Hopfield(len(weights))
    network.memory.data = torch.from_numpy(weights)
    states = torch.from_numpy(np.ascontiguousarray(cues, np.float32))

    def step() -> NDArray[Any]:
        with torch.inference_mode():
            return np.asarray(network.read(states).sign().numpy())

    return step


ATTENTION = Rival("torch-hd", "memory.attention", attention)
HOPFIELD = Rival("torch-hd", "memory.Hopfield", hopfield)
