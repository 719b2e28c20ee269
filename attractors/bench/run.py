"""Every case in a fresh process: its peak memory is its own, and none disturbs the next."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from attractors.bench.case import Case
from attractors.bench.row import Row


def isolated(case: Case, quick: bool = False) -> Iterator[Row]:
    """Yield the rows of a case as its process measures them.

    A case that fails ends in a row that says why: the others are measured all the same.

    Parameters
    ----------
    case : Case
        What is measured.
    quick : bool
        Whether at reduced size.
    """
    command = [sys.executable, "-m", "attractors.bench", case.name, *["--quick"][:quick]]
    # a file and not a pipe: what nobody reads yet would fill a pipe and stop the process
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, text=True, encoding="utf-8"
        ) as process:
            for line in process.stdout or ():
                yield Row.from_dict(json.loads(line))
        complaints.seek(0)
        said = complaints.read().strip().splitlines()
    if process.returncode:
        last = said[-1] if said else f"exit code {process.returncode}"
        yield Row(case.title, case=case.name, note=f"failed: {last}", agrees=False)
