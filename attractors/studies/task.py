"""A task: one seeded trial at one point of a study, and the row that it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Scalar = int | float | str
Row = dict[str, Scalar]


@dataclass(frozen=True)
class Task:
    """One seeded trial at one point.

    Parameters
    ----------
    point : mapping of str to int, float or str
        What distinguishes this point from the others of the study.
    trial : int
        Number of the trial at this point, from 0.
    """

    point: Mapping[str, Scalar]
    trial: int

    @property
    def key(self) -> str:
        """Text that is the same for equal tasks and no others."""
        return json.dumps([dict(self.point), self.trial], sort_keys=True)

    @property
    def stream_key(self) -> tuple[str | int, ...]:
        """Key of the trial's random streams."""
        return (json.dumps(dict(self.point), sort_keys=True), self.trial)


# What a trial measures; what to run next after the rounds that are finished, nothing to end.
Measure = Callable[[Task], Row]
Plan = Callable[[Sequence[Sequence[Row]]], list[Task]]
