"""Recall from the most similar keys alone, found in an index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from attractors.bench.case import Case, Size
from attractors.bench.contest import Entry, Rival, contest
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
    yield against_index(entry, faiss_index.FLAT, pairs, pace)
    # a graph of a million keys takes minutes to build
    fewer = Keys.random(size["graph keys"], size["dimensions"], size["batch"])
    memory = fewer.memory(size["neighbours"])
    entry = Entry(
        f"a query, {size['neighbours']} keys of {size['graph keys']:,}",
        lambda: memory.field(fewer.queries),
        size["batch"],
    )
    yield against_index(entry, faiss_index.GRAPH, fewer, pace)


def lost(pairs: Keys, whole: Synapses, few: Synapses) -> Iterator[Row]:
    """Return how often the most similar key was found, and how far answers are off."""
    share = found_best(pairs, few.field(pairs.queries))
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


def found_best(pairs: Keys, answers: NDArray[np.float32]) -> float:
    """Return the share of queries whose most similar key weighs most in the answer."""
    best = np.argmax(pairs.queries @ pairs.keys.T, axis=1)
    # an answer is closest to the key that weighs most in it
    return float(np.mean(np.argmax(answers @ pairs.keys.T, axis=1) == best))


def against_index(entry: Entry, rival: Rival, pairs: Keys, pace: Pace) -> Row:
    """Return the row of an index, with how often either finds the most similar key."""
    if rival.version is None:
        return contest(entry, rival, (), pace)
    index = rival.prepare(*pairs.arguments)
    ours, theirs = (found_best(pairs, found()) for found in (entry.call, index))
    row = contest(entry, replace(rival, prepare=lambda: index), (), pace)
    return replace(row, note=f"recall@1 {100 * ours:.4g} %, of {rival} {100 * theirs:.4g} %")


CASE = Case(
    "nearest",
    "recall from the most similar keys, found in an index",
    measure,
    full={
        "keys": 1_000_000,
        "graph keys": 100_000,
        "dimensions": 256,
        "batch": 64,
        "neighbours": 16,
    },
    quick={"keys": 20_000, "graph keys": 5000, "dimensions": 64, "batch": 16, "neighbours": 16},
)
