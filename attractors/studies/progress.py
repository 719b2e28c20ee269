"""Progress of a study on the terminal, and silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import rich.progress
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn


class Progress(Protocol):
    """What is told about the progress."""

    def begin(self, round_number: int, trials: int, done: int) -> None:
        """Take in that a round begins with some of its trials already done."""

    def advance(self) -> None:
        """Take in that a trial is finished."""


class Silent:
    """Tells nobody."""

    def begin(self, round_number: int, trials: int, done: int) -> None:
        """Do nothing."""

    def advance(self) -> None:
        """Do nothing."""


@contextmanager
def progress(name: str, shown: bool | None = None) -> Iterator[Progress]:
    """Show a bar on standard error.

    Parameters
    ----------
    name : str
        What is under way.
    shown : bool, optional
        By default only if standard error is a terminal.
    """
    if not (sys.stderr.isatty() if shown is None else shown):
        yield Silent()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with rich.progress.Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True)
    ) as bars:
        yield _Bar(bars, name)


class _Bar:
    """One bar, begun anew with every round."""

    def __init__(self, bars: rich.progress.Progress, name: str) -> None:
        self._bars, self._name = bars, name
        self._task = bars.add_task(name, total=None)

    def begin(self, round_number: int, trials: int, done: int) -> None:
        text = f"{self._name}, round {round_number}"
        self._bars.reset(self._task, total=trials, completed=done, description=text)

    def advance(self) -> None:
        self._bars.advance(self._task)
