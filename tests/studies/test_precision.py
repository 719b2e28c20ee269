"""Trials go on until the interval is narrow enough, as a pure function of finished rounds."""

from __future__ import annotations

import math
from itertools import chain

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.seeding import stream
from attractors.studies.precision import Precise, half_width, interval_of, step, tidy
from attractors.studies.search import Search
from attractors.studies.task import Row, Task

SEARCH = Search(100, 10**6, 8)


def answer(task: Task, half: float, slope: float) -> Row:
    count = int(task.point["patterns"])
    share = 1 / (1 + math.exp(min(slope * math.log(count / half), 500.0)))
    recalled = int(stream(3, *task.stream_key).binomial(50, share))
    row = {"patterns": count, "trial": task.trial, "load": count / 1000}
    return {**row, "cues": 50, "recalled": recalled}


def rounds_of(plan: Precise, half: float = 163.0, slope: float = 12.0) -> list[list[Row]]:
    rounds: list[list[Row]] = []
    while tasks := plan(rounds):
        assert len(rounds) < 40, "the plan does not end"
        rounds.append([answer(task, half, slope) for task in tasks])
    return rounds


def width_of(rounds: list[list[Row]]) -> float:
    table = tidy(list(chain.from_iterable(rounds)))
    return half_width(table, interval_of(table, 0))


def test_it_ends_at_the_first_round_that_is_precise_enough() -> None:
    rounds = rounds_of(Precise(SEARCH, 0.006, 5000, 0))
    assert width_of(rounds) <= 0.006 < width_of(rounds[:-1])
    told = [(row["patterns"], row["trial"]) for row in chain.from_iterable(rounds[3:])]
    assert len(told) == len(set(told)), "a further trial is a new one"


def test_it_ends_where_no_trials_are_left_to_spend() -> None:
    rounds = rounds_of(Precise(SEARCH, 0.0005, 400, 0))
    assert len(tidy(list(chain.from_iterable(rounds)))) == 400
    assert width_of(rounds) > 0.0005


def test_trials_go_where_success_is_near_one_half() -> None:
    rounds = rounds_of(Precise(SEARCH, 0.004, 5000, 0))
    counts = np.array([int(row["patterns"]) for row in rounds[-1]])
    far, near = min(counts, key=lambda c: -abs(c - 163)), min(counts, key=lambda c: abs(c - 163))
    assert (counts == near).sum() > 1.5 * (counts == far).sum()


def test_a_round_depends_on_finished_rounds_alone() -> None:
    plan = Precise(SEARCH, 0.006, 5000, 0)
    rounds = rounds_of(plan)
    for n in range(len(rounds)):
        assert [answer(task, 163.0, 12.0) for task in plan(rounds[:n])] == rounds[n]


def test_a_gap_between_all_and_nothing_is_parted() -> None:
    rounds = rounds_of(Precise(SEARCH, 0.002, 5000, 0), half=4321.5, slope=1e6)
    table = tidy(list(chain.from_iterable(rounds)))
    gap = step(table)
    assert gap is not None
    assert gap[0] < 4321.5 < gap[1]
    assert (gap[1] - gap[0]) / sum(gap) <= 0.002
    assert interval_of(table, 0).load == pytest.approx(4.3215, rel=0.004)


def test_a_study_says_whether_it_is_as_precise_as_wanted() -> None:
    options = {"units": 60, "trials": 2, "cues": 10, "seed": 1}
    study = at.studies.capacity("hebbian", **options, precision=0.05, most=400)
    told = study.header["result"]["precision"]
    low, high = study.interval
    assert told["half_width"] == pytest.approx((high - low) / 2 / study.critical_load)
    assert told["reached"]
    assert told["half_width"] <= 0.05
    assert "5.00% reached" in str(study)
    short = at.studies.capacity("hebbian", **options, precision=0.001, most=60)
    told = short.header["result"]["precision"]
    assert not told["reached"]
    assert told["trials"] == len(short.table)
    assert "not reached with 60 trials at most" in str(short)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"precision": 0.0}, "precision is 0"),
        ({"precision": 0.1, "most": 0}, "most is 0"),
        ({"precision": 0.1, "patterns": [3]}, "precision needs a search"),
    ],
)
def test_what_cannot_end_is_refused(options: dict, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        at.studies.capacity("hebbian", 60, **options)
