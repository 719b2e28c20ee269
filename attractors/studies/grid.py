"""A fixed grid: points that are known before the first trial, each tried equally often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attractors import checks
from attractors.errors import ParameterError
from attractors.studies.task import Row, Scalar, Task


@dataclass(frozen=True)
class Grid:
    """A plan of one round: the given points, each in so many seeded trials.

    It is the plan that job arrays can share, since no trial waits for another one.

    Parameters
    ----------
    points : sequence of mapping
        What distinguishes each point from the others.
    trials : int
        Trials at each point.

    Raises
    ------
    ParameterError
        If there is no point or no trial.

    Examples
    --------
    >>> [(task.point["x"], task.trial) for task in Grid([{"x": 3}, {"x": 5}], 2)([])]
    [(3, 0), (3, 1), (5, 0), (5, 1)]
    """

    points: Sequence[Mapping[str, Scalar]]
    trials: int

    def __post_init__(self) -> None:
        if not len(self.points):
            raise ParameterError("Grid: points is empty; give at least one point.")
        checks.whole("Grid", "trials", self.trials)

    def __call__(self, rounds: Sequence[Sequence[Row]]) -> list[Task]:
        """Return the only round."""
        if rounds:
            return []
        return [Task(point, n) for point in self.points for n in range(self.trials)]
