"""The ledger: finished trials, one JSON line each, appended whole and never changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from attractors.errors import OutputError
from attractors.studies.task import Row, Task


class Ledger:
    """Finished trials of one study in one file.

    A line that a killed process left torn is skipped by the reader and stays where it is; the
    next one is appended below it. Of two lines for one trial the first counts.

    Parameters
    ----------
    path : Path
        The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Row]:
        """Return the rows of the finished trials by the key of their task."""
        rows: dict[str, Row] = {}
        if not self.path.exists():
            return rows
        for line in self.path.read_bytes().splitlines():
            try:
                entry = json.loads(line)
                task = Task(entry["point"], entry["trial"])
                row = entry["row"]
            except (ValueError, TypeError, KeyError):
                continue
            rows.setdefault(task.key, row)
        return rows

    def append(self, task: Task, row: Row) -> None:
        """Write one finished trial, a whole line in one call.

        Raises
        ------
        OutputError
            If the file cannot be written.
        """
        entry = {"point": dict(task.point), "trial": task.trial, "row": row}
        line = json.dumps(entry, allow_nan=False).encode() + b"\n"
        try:
            with open(self.path, "ab+", buffering=0) as file:
                file.write(line if _ends_whole(file.fileno()) else b"\n" + line)
        except OSError as error:
            raise OutputError(
                f"The ledger {str(self.path)!r} cannot be written: {error.strerror}. "
                "Free the place or name another folder; finished trials are kept."
            ) from error


def _ends_whole(descriptor: int) -> bool:
    """Tell whether the file is empty or ends with a whole line."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
