"""The capacity study: how many patterns a recurrent memory holds.

The module has another name than its function, which the package exports.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pandas as pd

from attractors import checks
from attractors.errors import ParameterError
from attractors.files import output_folder
from attractors.seeding import stream
from attractors.studies.critical import Critical, critical_load
from attractors.studies.expectation import Expectation, expectation
from attractors.studies.provenance import provenance, version
from attractors.studies.recall import Recall
from attractors.studies.runner import run
from attractors.studies.search import Grid, Search
from attractors.studies.setting import Setting
from attractors.studies.study import Study, result_of

NAME = "capacity"
ENGINES = ("rate", "spiking")
# P × N of the largest memory tried: about 2 GB while it learns
_LARGEST = 2**27


def capacity(
    rule: str = "covariance",
    units: int = 1000,
    activity: float | None = None,
    *,
    flipped: float = 0.0,
    erased: float = 0.0,
    held: float = 0.0,
    threshold: float | None = None,
    order: str | None = None,
    steps: int = 100,
    measure: str = "match",
    level: float = 0.9,
    patterns: Sequence[int] | None = None,
    trials: int = 8,
    cues: int = 50,
    seed: int = 0,
    workers: int = 1,
    engine: str = "rate",
    out: str | os.PathLike[str] | None = None,
    progress: bool | None = None,
) -> Study:
    """Measure the load at which a recurrent memory recalls half of its cues.

    Every trial fills a new memory with P random patterns and cues it with some of them. The loads
    are found in rounds: bracket the transition, zoom in, then ``trials`` memories at each of
    seven loads across it.

    Parameters
    ----------
    rule : {"covariance", "hebbian", "willshaw"}
        Learning rule; ``"hebbian"`` stores ±1 patterns, the others sparse 0/1 ones.
    units : int
        Number of units N.
    activity : float, optional
        Fraction of active units of sparse patterns, rounded to whole units; 0.02 by default.
    flipped : float
        Damage of the cue: fraction of the units that are flipped (±1), or of the active units
        that are moved to inactive places (0/1).
    erased : float
        Damage of the cue: fraction of the units that are unknown (±1), or of the active units
        that are erased (0/1).
    held : float
        Strength with which the cue stays on as input while the memory settles; 0 for none.
    threshold : float, optional
        Threshold of 0/1 units on their field; by default the k largest fields win.
    order : {"synchronous", "asynchronous"}, optional
        Update order; asynchronous by default, except for winners, who are taken at once.
    steps : int
        Updates of all units at most; recall ends earlier where all cues have settled.
    measure : {"match", "overlap", "exact"}
        What decides success: correlation with the pattern, theory's overlap, or all units right.
    level : float
        Match or overlap that success must exceed.
    patterns : sequence of int, optional
        Numbers of patterns to try instead of searching.
    trials, cues : int
        Memories at each load of the last round, at least 2 for an interval, and cues to each, at
        most P.
    seed : int
        The same seed gives the same table, whatever the number of workers.
    workers : int
        Number of processes.
    engine : {"rate", "spiking"}
        What the memories run on. The spiking engine runs all ``steps``, however early a memory
        has settled: with some 20 steps and 20 cues a study of 1,000 units takes minutes.
    out : path, optional
        Folder for ledger, table and header; a study that was interrupted goes on there.
    progress : bool, optional
        Whether to show progress; by default on a terminal.

    Returns
    -------
    Study
        Table, critical load with 95 % interval, theory, header.

    Raises
    ------
    ParameterError, UnknownNameError, OutputError
        If a parameter is not allowed, or ``out`` cannot be written or holds another study.

    Examples
    --------
    >>> study = capacity("hebbian", 60, patterns=[4, 30], trials=2, cues=4)
    >>> study.curve[["patterns", "success"]].to_dict("list")
    {'patterns': [4, 30], 'success': [1.0, 0.0]}
    """
    setting = Setting(
        *(rule, units, activity, flipped, erased, held),
        *(threshold, order, steps, measure, level, cues),
    )
    workers = checks.whole(NAME, "workers", workers)
    counts = None if patterns is None else _counts(patterns)
    definition = {
        **setting.definition(),
        "patterns": counts,
        "trials": checks.whole(NAME, "trials", trials, low=2),
        "seed": seed,
        "engine": checks.choice(NAME, "engine", engine, ENGINES),
        "version": version(),
    }
    folder = None if out is None else output_folder(out)
    generator = stream(seed, NAME, "bootstrap")
    theory = expectation(setting)
    plan = _search(setting, theory, trials) if counts is None else Grid(tuple(counts), trials)
    measure_trial = Recall(setting, seed, engine)
    rows = run(NAME, definition, measure_trial, plan, out=folder, workers=workers, shown=progress)
    table = pd.DataFrame(rows).sort_values(["patterns", "trial"], ignore_index=True)
    critical = critical_load(table, generator)
    study = Study(_header(setting, definition, theory, table, critical), table, critical)
    if folder is not None:
        study.write(folder)
    return study


def _search(setting: Setting, theory: Expectation | None, trials: int) -> Search:
    share = theory["critical_load"] if theory else 0.1
    return Search(
        guess=max(round(share * setting.units), 1),
        largest=max(_LARGEST // setting.units, 1),
        trials=trials,
    )


def _header(
    setting: Setting,
    definition: dict[str, Any],
    theory: Expectation | None,
    table: pd.DataFrame,
    critical: Critical,
) -> dict[str, Any]:
    return {
        "study": NAME,
        "definition": definition,
        "criterion": setting.criterion(),
        "provenance": provenance(),
        "theory": theory,
        "result": result_of(table, critical, setting.units),
    }


def _counts(patterns: Sequence[int]) -> list[int]:
    """Return distinct numbers of patterns in rising order."""
    if not len(patterns):
        raise ParameterError("capacity: patterns is empty; give numbers of patterns, or leave it.")
    return sorted({checks.whole(NAME, "patterns", count) for count in patterns})
