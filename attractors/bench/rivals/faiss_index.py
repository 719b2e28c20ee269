"""Faiss: the keys nearest to a query, by search of all keys or through a graph of neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work

NEIGHBOURS = 32
TAKEN = 16


def flat(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return softmax over the 16 keys of largest inner product, found among all."""
    import faiss

    index = faiss.IndexFlatIP(keys.shape[1])
    index.add(keys)
    return _retrieval(index, queries, values, beta)


def graph(
    queries: NDArray[np.float32], keys: NDArray[Any], values: NDArray[Any], beta: float
) -> Work:
    """Return the same with keys found through an HNSW graph with faiss's own settings."""
    import faiss

    index = faiss.IndexHNSWFlat(keys.shape[1], NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.add(keys)
    return _retrieval(index, queries, values, beta)


def _retrieval(index: Any, queries: NDArray[np.float32], values: NDArray[Any], beta: float) -> Work:
    def retrieve() -> NDArray[Any]:
        scores, found = index.search(queries, TAKEN)
        weights = np.exp(beta * (scores - scores[:, :1]))
        weights /= weights.sum(axis=1, keepdims=True)
        return np.asarray(np.einsum("bk,bkd->bd", weights, values[found]))

    return retrieve


FLAT = Rival("faiss-cpu", f"flat index, top {TAKEN}", flat)
GRAPH = Rival("faiss-cpu", f"HNSW index, top {TAKEN}", graph)
