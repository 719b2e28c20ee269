"""Recall from the most similar keys alone, found in an index."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, contest
from attractors.bench.pairs import Keys
from attractors.bench.rivals import faiss_index
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, paired
from attractors.errors import MissingExtraError
from attractors.synapses import Synapses


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure time against recall from all keys, then what is lost, then faiss on its own."""
    pairs = Keys.random(size["keys"], size["dimensions"], size["batch"])
    whole, few = pairs.memory(), pairs.memory(size["neighbours"])
    entry = Entry(
        f"a query, {size['neighbours']} keys of {size['keys']:,}",
        lambda: few.field(pairs.queries),
        size["batch"],
    )
    try:
        entry.call()
    except MissingExtraError:
        for work, bound in ((entry.work, 5), ("recall@1", 0.99)):
            yield Row(work, bound=Bound(bound), note="skipped: faiss-cpu is not installed")
        return
    ours, theirs = (
        seconds / size["batch"]
        for seconds in paired(entry.call, lambda: whole.field(pairs.queries), pace)
    )
    yield Row(
        entry.work,
        Spread.of(ours),
        against="ours among all keys",
        theirs=Spread.of(theirs),
        ratio=Spread.of(theirs / ours),
        bound=Bound(5),
    )
    yield from lost(pairs, whole, few)
    for rival in (faiss_index.FLAT, faiss_index.GRAPH):
        yield contest(entry, rival, pairs.arguments, pace)


def lost(pairs: Keys, whole: Synapses, few: Synapses) -> Iterator[Row]:
    """Return how often the most similar key was found, and how far answers are off."""
    best = np.argmax(pairs.queries @ pairs.keys.T, axis=1)
    # the answer is closest to the key that weighs most in it
    weighs_most = np.argmax(few.field(pairs.queries) @ pairs.keys.T, axis=1)
    share = float(np.mean(weighs_most == best))
    yield Row("recall@1", Spread(share, share, share), "share", bound=Bound(0.99))
    for sharper in (1, 2):
        # a query twice as long is separated by a β twice as large
        queries = sharper * pairs.queries
        exact = whole.field(queries)
        off = np.linalg.norm(few.field(queries) - exact, axis=1) / np.linalg.norm(exact, axis=1)
        yield Row(
            f"error of the answer at β = {sharper}/√d",
            Spread.of(off),
            "share",
            note=f"of its length, largest {100 * off.max():.3g} %: "
            "what the keys left out weigh in full softmax",
        )


CASE = Case(
    "nearest",
    "recall from the most similar keys, found in an index",
    measure,
    full={"keys": 1_000_000, "dimensions": 256, "batch": 64, "neighbours": 16},
    quick={"keys": 20_000, "dimensions": 32, "batch": 16, "neighbours": 16},
)
