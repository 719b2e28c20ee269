"""Times that can be compared: pairs measured one after the other, in one process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Work = Callable[[], Any]
Seconds = NDArray[np.float64]


@dataclass(frozen=True)
class Pace:
    """How long is measured.

    Parameters
    ----------
    pairs : int
        Measurements of each side.
    least : float
        Seconds that one of them lasts at least; short work is repeated to fill them.
    """

    pairs: int = 9
    least: float = 0.1


def paired(ours: Work, theirs: Work, pace: Pace) -> tuple[Seconds, Seconds]:
    """Return the seconds that two works take, measured in turns.

    What disturbs a machine lasts longer than a pair, so that it falls on both sides and leaves
    their ratio. Each side is called before it is measured, to load and compile what it needs,
    and short work again before every measurement, because the other has emptied the caches; the
    sides take turns in going first.

    Parameters
    ----------
    ours, theirs : callable
        Without arguments; their results are thrown away.
    pace : Pace
        How long is measured.

    Returns
    -------
    (pairs,), (pairs,) float
        Seconds a call.
    """
    works = (ours, theirs)
    calls = [_calls(work, pace.least) for work in works]
    seconds = np.empty((2, pace.pairs))
    with _undisturbed():
        for pair in range(pace.pairs):
            for side in (0, 1) if pair % 2 == 0 else (1, 0):
                if calls[side] > 1:
                    works[side]()
                seconds[side, pair] = _timed(works[side], calls[side])
    return seconds[0], seconds[1]


def alone(work: Work, pace: Pace) -> Seconds:
    """Return the seconds a call that one work takes, (pairs,)."""
    calls = _calls(work, pace.least)
    with _undisturbed():
        return np.array([_timed(work, calls) for _ in range(pace.pairs)])


def once(work: Work) -> tuple[float, Any]:
    """Return the seconds of a single call, and its result; for work that cannot be repeated."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _calls(work: Work, least: float) -> int:
    """Return how many calls fill the time; the first, which may compile, does not count."""
    work()
    seconds = _timed(work, 1)
    return max(1, min(100_000, round(least / max(seconds, 1e-9))))


def _timed(work: Work, calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - start) / calls


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the garbage collector out of what is measured, as timeit does."""
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
