"""Rounds: how far a plan has come, given all finished trials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from attractors.studies.task import Plan, Row, Task


@dataclass
class Rounds:
    """Walks through a plan, round by round.

    Parameters
    ----------
    plan : callable
        The next round, a pure function of the finished ones.
    finished : mapping
        Measurements of finished trials by the key of their task; may grow from outside.

    Attributes
    ----------
    tasks : dict
        Trials of the round that is under way by their key; empty when the plan has ended.
    """

    plan: Plan
    finished: Mapping[str, Row]
    tasks: dict[str, Task] = field(default_factory=dict)
    _done: list[dict[str, Row]] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[Task]]:
        """Yield the missing trials of every round; ends early where they are not done by then."""
        while self._begin():
            yield self.missing
            if self.missing:
                return
            self._done.append(self._rows())

    @property
    def number(self) -> int:
        """Number of the round that is under way, from 1."""
        return len(self._done) + 1

    @property
    def missing(self) -> list[Task]:
        """Trials of the present round that are not finished."""
        return [task for key, task in self.tasks.items() if key not in self.finished]

    @property
    def rows(self) -> list[Row]:
        """One row a finished trial, in the plan's order, each trial once."""
        rows: dict[str, Row] = {}
        for done in (*self._done, self._rows()):
            rows |= done
        return list(rows.values())

    def _begin(self) -> bool:
        rounds = [list(done.values()) for done in self._done]
        self.tasks = {task.key: task for task in self.plan(rounds)}
        return bool(self.tasks)

    def _rows(self) -> dict[str, Row]:
        return {
            key: {**task.point, "trial": task.trial, **self.finished[key]}
            for key, task in self.tasks.items()
            if key in self.finished
        }
