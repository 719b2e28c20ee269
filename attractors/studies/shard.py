"""A shard: the part of a fixed grid that one job of an array does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attractors.errors import ParameterError
from attractors.studies.grid import Grid
from attractors.studies.task import Plan, Row, Task


@dataclass(frozen=True)
class Shard:
    """Shard k of n: every n-th trial of the grid, from the k-th on.

    Parameters
    ----------
    number : int
        k, from 1 to n.
    count : int
        n.

    Examples
    --------
    >>> Shard.parse("2/8").name
    '2-of-8'
    """

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Return the shard that is written as ``k/n``.

        Raises
        ------
        ParameterError
            If the text is no such thing, or k is not 1 to n.
        """
        found = re.fullmatch(r"(\d+)/(\d+)", text.strip())
        number, count = (int(part) for part in found.groups()) if found else (0, 0)
        if not 1 <= number <= count:
            raise ParameterError(
                f"shard is {text!r}; write k/n with k from 1 to n, e.g. 2/8 in the second job of "
                "eight."
            )
        return cls(number, count)

    @property
    def name(self) -> str:
        """The shard as part of a file's name."""
        return f"{self.number}-of-{self.count}"

    def of(self, plan: Plan) -> Plan:
        """Return the plan of this shard's trials alone.

        Raises
        ------
        ParameterError
            If the plan is no fixed grid or has fewer trials than there are shards.
        """
        if not isinstance(plan, Grid):
            raise ParameterError(
                "shard goes with fixed grids only: here every round depends on the one before. "
                "State the loads (patterns), or use workers or a cluster."
            )
        tasks = plan([])
        if self.count > len(tasks):
            raise ParameterError(
                f"shard is {self.number}/{self.count}, but there are {len(tasks)} trials; "
                f"use at most {len(tasks)} shards."
            )
        own = tasks[self.number - 1 :: self.count]

        def once(rounds: Sequence[Sequence[Row]]) -> list[Task]:
            return [] if rounds else own

        return once
