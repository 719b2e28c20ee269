"""A case: one row of the issue's table, or a few that share their data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from attractors.bench.row import Row
from attractors.bench.timing import Pace

Size = Mapping[str, int]
FULL, QUICK = Pace(), Pace(pairs=3, least=0.01)


@dataclass(frozen=True)
class Case:
    """Work that is measured, ours beside what others offer.

    Parameters
    ----------
    name : str
        What ``--only`` takes.
    title : str
        What it is about, in a line.
    measure : callable
        Yields rows, one as soon as it is measured.
    full : mapping of str to int
        Sizes for which the bounds are meant.
    quick : mapping of str to int
        Sizes that take seconds, to see that everything runs.
    """

    name: str
    title: str
    measure: Callable[[Size, Pace], Iterator[Row]]
    full: Size
    quick: Size

    def rows(self, quick: bool = False) -> Iterator[Row]:
        """Measure; at reduced size no bound is judged."""
        size, pace = (self.quick, QUICK) if quick else (self.full, FULL)
        for row in self.measure(size, pace):
            yield replace(row, judged=not quick, case=self.name)

    def heading(self, quick: bool = False) -> str:
        """Return name, title and sizes in a line."""
        sizes = self.quick if quick else self.full
        told = ", ".join(f"{name} {value:,}" for name, value in sizes.items() if " " not in name)
        return f"{self.name}: {self.title}" + (f" ({told})" if told else "")
