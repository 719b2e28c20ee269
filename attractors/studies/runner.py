"""The runner: rounds of seeded trials, on any number of workers, resumed where they were."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attractors.errors import OutputError
from attractors.files import output_folder, whole_file
from attractors.studies.ledger import Ledger
from attractors.studies.progress import progress
from attractors.studies.task import Measure, Plan, Row, Task
from attractors.studies.workers import Workers

HEADER = "header.json"
LEDGER = "ledger.jsonl"


def run(
    name: str,
    definition: Mapping[str, Any],
    measure: Measure,
    plan: Plan,
    *,
    out: Path | None = None,
    workers: int = 1,
    shown: bool | None = None,
) -> list[Row]:
    """Run a study round by round and return its rows.

    Parameters
    ----------
    name : str
        Name of the study.
    definition : mapping
        All that decides the numbers, as JSON can hold it.
    measure : callable from Task to dict
        One trial; it takes all its random numbers from streams keyed by the task. Module-level
        or a dataclass, so that it can be sent to other processes.
    plan : callable from finished rounds to tasks
        The next round; a pure function, so that an interrupted study goes on as it would have.
    out : Path, optional
        Folder with the ledger; what is finished there is not run again.
    workers : int
        Number of processes; results do not depend on it.
    shown : bool, optional
        Whether to show progress; by default on a terminal.

    Returns
    -------
    list of dict
        One row a trial: point, trial, what was measured, ``seconds``; in the plan's order.

    Raises
    ------
    OutputError
        If the folder cannot be written or holds a study of another definition.
    """
    ledger = None if out is None else _opened(out, name, definition)
    finished = {} if ledger is None else ledger.read()
    rounds: list[list[Row]] = []
    distinct: dict[str, Row] = {}
    timed = _Timed(measure)
    with Workers(workers) as pool, progress(name, shown) as bar:
        while tasks := list({task.key: task for task in plan(rounds)}.values()):
            missing = [task for task in tasks if task.key not in finished]
            bar.begin(len(rounds) + 1, len(tasks), len(tasks) - len(missing))
            for task, row in pool.results(timed, missing):
                finished[task.key] = row
                if ledger is not None:
                    ledger.append(task, row)
                bar.advance()
            rows = {task.key: _row(task, finished[task.key]) for task in tasks}
            rounds.append(list(rows.values()))
            distinct |= rows
    return list(distinct.values())


@dataclass(frozen=True)
class _Timed:
    """A measurement with its duration."""

    measure: Measure

    def __call__(self, task: Task) -> Row:
        started = time.perf_counter()
        row = self.measure(task)
        return {**row, "seconds": round(time.perf_counter() - started, 6)}


def _row(task: Task, measured: Row) -> Row:
    return {**task.point, "trial": task.trial, **measured}


def _opened(out: Path, name: str, definition: Mapping[str, Any]) -> Ledger:
    """Return the ledger of a folder that holds this study or none."""
    folder, entry = output_folder(out), {"study": name, "definition": dict(definition)}
    header, ledger = folder / HEADER, Ledger(folder / LEDGER)
    if header.exists():
        _refuse_other(folder, json.loads(header.read_text(encoding="utf-8")), entry)
    elif ledger.path.exists():
        raise OutputError(
            f"{str(folder)!r} holds a {LEDGER} without its {HEADER}; name another folder."
        )
    else:
        with whole_file(header) as path:
            path.write_text(json.dumps(entry, indent=2) + "\n", encoding="utf-8")
    return ledger


def _refuse_other(folder: Path, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    was, now = _flat(found), _flat(json.loads(json.dumps(wanted)))
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            raise OutputError(
                f"{str(folder)!r} holds a study with {key} = {was.get(key)!r}, not "
                f"{now.get(key)!r}; name another folder, or delete this one to start anew."
            )


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"study": entry.get("study"), **entry.get("definition", {})}
