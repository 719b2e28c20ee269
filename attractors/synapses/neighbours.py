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
PROBED = 1 / 4
# keys for each centre to learn from, and growth after which centres are placed anew
LESSONS, GROWN = 40, 4
# keys that are fetched for each that takes part: their codes put them in a rough order only
FETCHED = 4
# numbers of keys that are gathered at a time
BLOCK = 1 << 22


class Neighbours:
    """Answers made of the most similar keys of each cue.

    Among many keys the index has √P cells, a quarter of which is searched by codes of one bit a
    unit. Of the four times as many keys that it returns, the best by their own numbers take part:
    an answer is wrong by what was not found, and by what all others would have added. The index
    is made when it is first asked, and not saved.

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
        fetched = self._fetched(cues, pairs.keys)
        count = min(self._count, fetched.shape[1])
        answers = np.empty((len(cues), pairs.values.shape[1]), kind)
        for rows in blocks(0, len(cues), BLOCK // (fetched.shape[1] * cues.shape[1])):
            some = cues[rows, :, None].astype(kind, copy=False)
            similar = (pairs.keys[fetched[rows]].astype(kind, copy=False) @ some)[:, :, 0]
            # an index that finds too few fills up with -1
            similar[fetched[rows] < 0] = -np.inf
            # in the order of the keys, by which ties break
            best = np.sort(np.argpartition(-similar, count - 1, axis=1)[:, :count], axis=1)
            similar = np.take_along_axis(similar, best, axis=1) * kind.type(pairs.scale)
            weights = separate(fitted(self._separation, count), similar)
            near = np.take_along_axis(fetched[rows], best, axis=1)
            answers[rows] = (weights[:, None] @ pairs.values[near].astype(kind))[:, 0]
        return answers

    def _fetched(self, cues: Numbers, keys: Numbers) -> NDArray[np.int64]:
        """Return keys that are likely to be near each cue, in their order."""
        if self._index is None or len(keys) > GROWN * self._learned_from:
            self._index, self._learned_from = _trained(keys), len(keys)
        for block in blocks(self._index.ntotal, len(keys), BLOCK // keys.shape[1]):
            self._index.add(_padded(keys[block]))
        _, found = self._index.search(_padded(cues), min(FETCHED * self._count, len(keys)))
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
