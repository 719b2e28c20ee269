"""The most similar keys alone, found in an index of faiss; the one module that imports it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Dynamics
from attractors.errors import MissingExtraError
from attractors.synapses.folding import Pairs, blocks
from attractors.synapses.retrieval import fitted
from attractors.synapses.separation import separate

Numbers = NDArray[Any]

# fewer keys are compared one by one
LEAST = 10_000
# of the cells around the centres, the part that is looked into
PROBED = 1 / 8
# keys for each centre to learn from, and growth after which centres are placed anew
LESSONS, GROWN = 40, 4
# numbers of keys that are gathered at a time
BLOCK = 1 << 22


class Neighbours:
    """Answers made of the most similar keys of each cue.

    Among many keys the index has √P cells, an eighth of which is searched by codes of four bits
    for four units; codes of ±1 patterns are exact. The similarities of the keys that were found
    are computed from the keys themselves, so an answer is wrong only by what was not found and by
    what the others would have added. The index is made when it is first asked, not saved.

    Parameters
    ----------
    separation : Dynamics
        Of the similarities that were found.
    count : int
        Keys that take part in each answer.
    """

    def __init__(self, separation: Dynamics, count: int) -> None:
        self._separation, self._count = separation, count
        self._index: Any = None
        self._learned_from = 0

    def retrieve(self, cues: Numbers, pairs: Pairs) -> Numbers:
        """Return what cues (B, n_pre) bring to the target, (B, n_post).

        Raises
        ------
        MissingExtraError
            If faiss is not installed.
        """
        kind = pairs.precision(cues)
        found = self._found(cues, pairs.keys)
        separation = fitted(self._separation, found.shape[1])
        answers = np.empty((len(cues), pairs.values.shape[1]), kind)
        for rows in blocks(0, len(cues), max(BLOCK // (found.shape[1] * cues.shape[1]), 1)):
            near = found[rows]
            similar = pairs.keys[near].astype(kind) @ cues[rows, :, None].astype(kind)
            # an index that finds too few fills up with -1
            similar = np.where(near < 0, -np.inf, similar[:, :, 0] * kind.type(pairs.scale))
            weights = separate(separation, similar.astype(kind, copy=False))
            answers[rows] = (weights[:, None] @ pairs.values[near].astype(kind))[:, 0]
        return answers

    def _found(self, cues: Numbers, keys: Numbers) -> NDArray[np.int64]:
        """Return the nearest keys of each cue, in the order of the keys."""
        if self._index is None or len(keys) > GROWN * self._learned_from:
            self._index, self._learned_from = _trained(keys), len(keys)
        for block in blocks(self._index.ntotal, len(keys), max(BLOCK // keys.shape[1], 1)):
            self._index.add(_padded(keys[block]))
        _, found = self._index.search(_padded(cues), min(self._count, len(keys)))
        return np.sort(np.asarray(found, np.int64), axis=1)


def _trained(keys: Numbers) -> Any:
    """Return an empty index that is made for such keys."""
    try:
        import faiss
    except ImportError as error:
        raise MissingExtraError(
            "KeyValue(neighbours=...) searches an index of faiss, which is not installed; "
            "pip install 'attractor-networks[index]', or leave out neighbours."
        ) from error
    width = _padded(keys[:1]).shape[1]
    if len(keys) < LEAST:
        return faiss.IndexFlatIP(width)
    cells = int(np.sqrt(len(keys)))
    index = faiss.index_factory(width, f"IVF{cells},PQ{width // 4}x4fs", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = int(np.ceil(PROBED * cells))
    # spread over all keys: those stored one after another may be alike
    lessons = np.linspace(0, len(keys) - 1, min(LESSONS * cells, len(keys))).astype(np.int64)
    index.train(_padded(keys[lessons]))
    return index


def _padded(rows: Numbers) -> NDArray[np.float32]:
    """Return rows in single precision, filled up with zeros to a multiple of four units."""
    padded = np.zeros((len(rows), -(-rows.shape[1] // 4) * 4), np.float32)
    padded[:, : rows.shape[1]] = rows
    return padded
