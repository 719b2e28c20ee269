"""A grid is one round of all its points."""

from __future__ import annotations

import pytest

import attractors as at
from attractors.errors import ParameterError


def test_a_grid_is_one_round() -> None:
    grid = at.studies.Grid([{"x": 3, "y": "a"}, {"x": 5, "y": "a"}], 2)
    tasks = grid([])
    told = [(task.point["x"], task.trial) for task in tasks]
    assert told == [(3, 0), (3, 1), (5, 0), (5, 1)]
    assert len({task.key for task in tasks}) == 4
    assert grid([[{"x": 3, "trial": 0}]]) == []


@pytest.mark.parametrize(
    ("points", "trials", "message"),
    [([], 1, "points is empty"), ([{"x": 1}], 0, "trials is 0")],
)
def test_a_grid_without_trials_is_refused(points: list[dict], trials: int, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        at.studies.Grid(points, trials)
