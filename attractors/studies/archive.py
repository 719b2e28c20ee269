"""Studies read back from their folders: all ledgers together, finished or not."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from attractors.errors import OutputError
from attractors.studies.conclusion import NAME, concluded, plan_of
from attractors.studies.folder import HEADER, Folder, opened
from attractors.studies.rounds import Rounds
from attractors.studies.study import Study
from attractors.studies.task import Row, Task


def load(path: str | os.PathLike[str]) -> Study:
    """Return the capacity study that a folder holds, as far as it has come.

    Parameters
    ----------
    path : path
        Folder that was given to :func:`attractors.studies.capacity` as ``out``.

    Returns
    -------
    Study
        Of all trials that any worker, shard or interrupted run has finished. Where the plan is not
        at its end, the header has ``unfinished``: the round and how many of its trials are missing.

    Raises
    ------
    OutputError
        If the folder holds no such study or no finished trial.
    """
    folder = opened(path)
    if folder.header["study"] != NAME:
        raise OutputError(
            f"{str(path)!r} holds the study {folder.header['study']!r}, not {NAME!r}; "
            "load_table reads its trials."
        )
    rounds = _walked(folder)
    study = concluded(folder.header["definition"], rounds.rows, folder.header.get("provenance"))
    if rounds.tasks:
        study.header["unfinished"] = {
            "round": rounds.number,
            "missing": len(rounds.missing),
            "trials": len(rounds.tasks),
        }
    return study


def load_table(path: str | os.PathLike[str]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the trials of any study and its header.

    Parameters
    ----------
    path : path
        Folder that was given to a study as ``out``.

    Returns
    -------
    table : DataFrame
        One row a trial, in the order of points and trials.
    header : dict
        Name, definition and provenance; of a capacity study also its result.

    Raises
    ------
    OutputError
        If the folder holds no study or no finished trial.
    """
    folder = opened(path)
    if folder.header["study"] == NAME:
        study = load(path)
        return study.table, study.header
    trials = sorted(folder.trials().values(), key=lambda found: _place(found[0]))
    rows = [{**task.point, "trial": task.trial, **row} for task, row in trials]
    return pd.DataFrame(_some(folder.path, rows)), folder.header


def _walked(folder: Folder) -> Rounds:
    rounds = Rounds(plan_of(folder.header["definition"]), folder.finished())
    for _ in rounds:
        pass
    _some(folder.path, rounds.rows)
    return rounds


def _place(task: Task) -> tuple[Any, ...]:
    # numbers by size, words by their letters, never one against the other
    values = (
        (0, value, "") if not isinstance(value, str) else (1, 0, value)
        for _, value in sorted(task.point.items())
    )
    return (*values, task.trial)


def _some(path: Path, rows: list[Row]) -> list[Row]:
    if not rows:
        raise OutputError(
            f"{str(path)!r} holds no finished trial yet, only {HEADER}; run the study first."
        )
    return rows


def header_text(header: dict[str, Any]) -> str:
    """Return a header as text to read."""
    definition = [f"  {key:<12} {json.dumps(value)}" for key, value in header["definition"].items()]
    return "\n".join([f"Study {header['study']}", *definition])
