"""Blocks of rows cover every row once, whoever runs them."""

from __future__ import annotations

import os
import threading

import numpy as np
import pytest

from attractors.kernels import threads
from attractors.kernels.threads import in_threads


@pytest.mark.parametrize("rows", [0, 1, 2, 7, 1000])
@pytest.mark.parametrize("limit", ["1", "2", "3"])
@pytest.mark.parametrize("least", [1, 5])
def test_every_row_is_done_once(
    rows: int, limit: str, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "workers", lambda: int(limit))
    done = np.zeros(rows, dtype=int)

    def work(start: int, stop: int) -> None:
        assert stop - start >= min(least, rows)
        done[start:stop] += 1

    in_threads(work, rows, least)
    np.testing.assert_array_equal(done, 1)


def test_blocks_run_in_more_than_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)
    meeting = threading.Barrier(2, timeout=10)

    # each of the first two blocks waits for the other, which one thread alone could not end
    def work(start: int, stop: int) -> None:
        if start < 2:
            meeting.wait()

    in_threads(work, 8)


def test_a_call_from_inside_does_not_wait_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)
    done = np.zeros((16, 16), dtype=int)

    def outer(start: int, stop: int) -> None:
        for row in range(start, stop):
            in_threads(lambda a, b, row=row: done[row, a:b].__iadd__(1), 16)

    in_threads(outer, 16)
    np.testing.assert_array_equal(done, 1)


def test_an_error_in_a_block_reaches_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)

    def work(start: int, stop: int) -> None:
        raise ValueError(f"row {start}")

    with pytest.raises(ValueError, match="row 0"):
        in_threads(work, 8)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_makes_threads_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "workers", lambda: 2)
    in_threads(lambda start, stop: None, 8)
    child = os.fork()
    if child == 0:
        in_threads(lambda start, stop: None, 8)
        os._exit(0)
    ended = 0
    for _ in range(200):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        threading.Event().wait(0.05)
    if not ended:
        os.kill(child, 9)
        os.waitpid(child, 0)
    assert ended, "the child waited 10 s for threads that it does not have"
    assert status == 0


@pytest.mark.parametrize(("limit", "number"), [("1", 1), ("1,4", 1), ("0", 1)])
def test_openmp_limits_the_threads(
    limit: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", limit)
    assert threads.workers() == number


@pytest.mark.parametrize("limit", ["", "many", "100000"])
def test_without_a_usable_limit_every_core_of_ours_works(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", limit)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {3, 5, 7}, raising=False)
    assert threads.workers() == 3
