"""The search finds the transition wherever it is, as a pure function of finished rounds."""

from __future__ import annotations

from itertools import chain

import pytest

from attractors.studies.search import Search
from attractors.studies.task import Row, Task


def answer(task: Task, half: float, slope: float = 10.0) -> Row:
    count = int(task.point["patterns"])
    recalled = round(50 / (1 + (count / half) ** slope)) if half > 0 else 0
    return {"patterns": count, "trial": task.trial, "cues": 50, "recalled": recalled}


def rounds_of(search: Search, half: float, slope: float = 10.0) -> list[list[Row]]:
    rounds: list[list[Row]] = []
    while tasks := search(rounds):
        assert len(rounds) < 30, "the search does not end"
        rounds.append([answer(task, half, slope) for task in tasks])
    return rounds


@pytest.mark.parametrize("half", [3.0, 40.0, 100.0, 163.0, 5000.0])
@pytest.mark.parametrize("slope", [3.0, 12.0, 80.0])
def test_the_last_round_surrounds_the_critical_load(half: float, slope: float) -> None:
    last = rounds_of(Search(100, 10**6, 8), half, slope)[-1]
    loads = sorted({int(row["patterns"]) for row in last})
    assert loads[0] <= half <= loads[-1], f"{loads} does not surround {half}"
    assert all(sum(row["patterns"] == load for row in last) == 8 for load in loads)


def test_the_last_round_spans_the_transition_and_no_more() -> None:
    last = rounds_of(Search(100, 10**6, 8), 1000.0, 12.0)[-1]
    success = sorted({float(row["recalled"]) / 50 for row in last})
    assert success[0] < 0.2
    assert success[-1] > 0.8
    assert sum(0.05 < share < 0.95 for share in success) >= 5


def test_a_round_depends_on_finished_rounds_alone() -> None:
    search = Search(100, 10**6, 8)
    rounds = rounds_of(search, 163.0)
    for n in range(len(rounds)):
        again = [answer(task, 163.0) for task in search(rounds[:n])]
        assert again == rounds[n]


def test_nothing_recalled_ends_at_one_pattern() -> None:
    rows = list(chain.from_iterable(rounds_of(Search(100, 10**6, 8), 0.0)))
    assert min(int(row["patterns"]) for row in rows) == 1


def test_everything_recalled_ends_at_the_largest_memory() -> None:
    rows = list(chain.from_iterable(rounds_of(Search(100, 3000, 8), 1e9)))
    assert max(int(row["patterns"]) for row in rows) == 3000
