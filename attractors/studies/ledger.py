"""The ledger: finished trials, one JSON line each, appended whole and never changed."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from attractors.errors import OutputError
from attractors.studies.task import Row, Task


class Ledger:
    """Finished trials of one study in one file; every writer may have a file of its own.

    A line that a killed process left torn is skipped by the reader and stays where it is; the
    next one is appended below it. Of two lines for one trial the first counts.

    Parameters
    ----------
    path : Path
        The file; it need not exist.
    study : str
        What the lines of this study carry and those of no other.
    """

    def __init__(self, path: Path, study: str = "") -> None:
        self.path, self.study = path, study

    def read(self) -> dict[str, Row]:
        """Return the rows of the finished trials by the key of their task.

        Raises
        ------
        OutputError
            If a whole line comes from another study.
        """
        return {task.key: row for task, row in self.entries()}

    def entries(self) -> list[tuple[Task, Row]]:
        """Return the finished trials in the order in which they were written."""
        found: dict[str, tuple[Task, Row]] = {}
        for line in self._lines():
            try:
                entry = json.loads(line)
                study, task = entry["study"], Task(entry["point"], entry["trial"])
                row = {key: _number(value) for key, value in entry["row"].items()}
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
            if study != self.study:
                raise OutputError(
                    f"The ledger {str(self.path)!r} holds trials of another study; move the file "
                    "out of this folder."
                )
            found.setdefault(task.key, (task, row))
        return list(found.values())

    def append(self, task: Task, row: Row) -> None:
        """Write one finished trial, a whole line in one call.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        told = {key: _told(value) for key, value in row.items()}
        entry = {"study": self.study, "point": dict(task.point), "trial": task.trial, "row": told}
        line = json.dumps(entry, allow_nan=False).encode() + b"\n"
        try:
            with open(self.path, "ab+", buffering=0) as file:
                file.write(line if _ends_whole(file.fileno()) else b"\n" + line)
        except OSError as error:
            raise OutputError(
                f"The ledger {str(self.path)!r} cannot be written: {error.strerror}. "
                "Free the place or name another folder; finished trials are kept."
            ) from error

    def _lines(self) -> list[bytes]:
        return self.path.read_bytes().split(b"\n") if self.path.exists() else []


def merged(ledgers: Iterable[Ledger]) -> dict[str, tuple[Task, Row]]:
    """Return the trials of several ledgers by the key of their task, each once.

    Parameters
    ----------
    ledgers : iterable of Ledger
        Of two lines for one trial that of the earlier ledger counts.
    """
    found: dict[str, tuple[Task, Row]] = {}
    for ledger in ledgers:
        for task, row in ledger.entries():
            found.setdefault(task.key, (task, row))
    return found


def _told(value: Any) -> Any:
    # JSON has no NaN
    return None if isinstance(value, float) and math.isnan(value) else value


def _number(value: Any) -> Any:
    return math.nan if value is None else value


def _ends_whole(descriptor: int) -> bool:
    """Tell whether the file is empty or ends with a whole line."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
