"""Rounds follow the plan as far as the finished trials go."""

from __future__ import annotations

from collections.abc import Sequence

from attractors.studies.rounds import Rounds
from attractors.studies.task import Row, Task


def plan(rounds: Sequence[Sequence[Row]]) -> list[Task]:
    """Two rounds; the second repeats a trial of the first and doubles one of its own."""
    if not rounds:
        return [Task({"x": 0}, 0), Task({"x": 0}, 1)]
    best = max(int(row["y"]) for row in rounds[-1])
    own = Task({"x": best}, 0)
    return [Task({"x": 0}, 1), own, own] if len(rounds) == 1 else []


def test_a_round_needs_all_trials_of_the_one_before() -> None:
    rounds = Rounds(plan, {Task({"x": 0}, 0).key: {"y": 7}})
    assert [[task.trial for task in missing] for missing in rounds] == [[1]]
    assert (rounds.number, len(rounds.missing)) == (1, 1)
    assert rounds.rows == [{"x": 0, "trial": 0, "y": 7}]


def test_trials_run_between_rounds_bring_the_next_one() -> None:
    finished: dict[str, Row] = {}
    rounds = Rounds(plan, finished)
    seen = []
    for missing in rounds:
        seen.append([(task.point["x"], task.trial) for task in missing])
        finished |= {task.key: {"y": 10 + task.trial} for task in missing}
    assert seen == [[(0, 0), (0, 1)], [(11, 0)]]
    assert not rounds.tasks
    assert [(row["x"], row["trial"]) for row in rounds.rows] == [(0, 0), (0, 1), (11, 0)]
