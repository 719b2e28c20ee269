"""Workers hand trials over in bounded portions, and what breaks costs no finished trial."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from typing import Any, ClassVar

import pytest
import threadpoolctl

import attractors as at
from attractors.errors import MissingExtraError
from attractors.studies import workers
from attractors.studies.task import Row, Task
from attractors.studies.workers import WorkerError, Workers

TASKS = [Task({"x": 1}, n) for n in range(40)]


def measure(task: Task) -> Row:
    return {"y": task.trial}


class Pool:
    """Works at once, in this process; the submissions numbered in ``breaks`` kill it."""

    broken = (BrokenExecutor,)
    breaks: ClassVar[set[int]] = set()
    opened: ClassVar[int] = 0

    def __init__(self, count: int) -> None:
        self.handed: list[list[Task]] = []
        self.futures: list[Future[Any]] = []
        self.most = self.taken = 0
        type(self).opened += 1

    def width(self) -> int:
        return 2

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        future: Future[Any] = Future()
        number = len(self.handed)
        self.handed.append(list(arguments[1]))
        try:
            if number in self.breaks:
                raise BrokenExecutor("a worker died")
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> type[Pool]:
    """A class of pools that takes the place of processes."""
    fake = type("FakePool", (Pool,), {"breaks": set(), "opened": 0})
    monkeypatch.setattr(workers, "LocalPool", fake)
    return fake


def test_short_trials_go_in_chunks_and_long_ones_alone() -> None:
    pool = Pool(2)
    found = dict((task.trial, row["y"]) for task, row in workers._passed(pool, measure, TASKS))
    assert found == {n: n for n in range(40)}
    sizes = [len(chunk) for chunk in pool.handed]
    assert sizes[:4] == [1, 1, 1, 1], "nothing is known of the first trials"
    assert max(sizes) > 4
    assert workers._size(1.0, 1000, 2) == 1
    assert workers._size(0.01, 1000, 2) == 10
    assert workers._size(0.01, 12, 2) == 3, "the rest is spread over the workers"


def test_no_more_is_handed_over_than_twice_what_can_run() -> None:
    held: list[Future[Any]] = []

    class Slow(Pool):
        def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
            self.most = max(self.most, 1 + sum(not future.done() for future in held))
            future = executor.submit(work, *arguments)
            held.append(future)
            return future

    with ThreadPoolExecutor(2) as executor:
        pool = Slow(2)
        assert len(list(workers._passed(pool, measure, TASKS))) == 40
    assert 1 < pool.most <= 4


def test_a_pool_that_breaks_is_rebuilt_and_no_trial_is_lost_or_doubled(pool: type[Pool]) -> None:
    pool.breaks = {6}
    with Workers(2) as crew:
        rows = [row["y"] for _, row in crew.results(measure, TASKS)]
    assert sorted(rows) == list(range(40))
    assert pool.opened > 1, "nothing broke: the test tests nothing"


def test_workers_that_always_die_are_given_up(pool: type[Pool]) -> None:
    pool.breaks = {0, 1, 2, 3}
    with Workers(2) as crew, pytest.raises(WorkerError, match="died 3 times with 40 trials to do"):
        list(crew.results(measure, TASKS))
    assert pool.opened == 3


def test_an_error_of_a_trial_comes_after_all_rows_before_it(pool: type[Pool]) -> None:
    def failing(task: Task) -> Row:
        if task.trial == 30:
            raise ZeroDivisionError("of the trial")
        return measure(task)

    seen: list[int] = []
    with Workers(2) as crew, pytest.raises(ZeroDivisionError, match="of the trial"):
        seen.extend(task.trial for task, _ in crew.results(failing, TASKS))
    assert sorted(seen)[:30] == list(range(30))
    assert len(seen) == len(set(seen))


def test_trials_run_with_one_thread_of_algebra() -> None:
    def threads(task: Task) -> Row:
        return {"most": max(pool["num_threads"] for pool in threadpoolctl.threadpool_info())}

    with threadpoolctl.threadpool_limits(2):
        rows, seconds = workers._run(threads, TASKS[:1], at.__version__)
    assert rows == [{"most": 1}]
    assert seconds > 0


def test_a_worker_with_another_version_is_refused() -> None:
    with pytest.raises(WorkerError, match=r"not 0\.0\.1; install that on all workers"):
        workers._run(measure, TASKS, "0.0.1")


def test_a_cluster_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"attractor-networks\[cluster\]"):
        at.studies.run("own", {}, measure, lambda rounds: TASKS[: 2 - 2 * len(rounds)], cluster="x")
