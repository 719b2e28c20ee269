"""The capacity study: how many patterns a recurrent memory holds.

The module has another name than its function, which the package exports.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attractors import checks
from attractors.errors import ParameterError
from attractors.seeding import stream
from attractors.studies.conclusion import NAME, concluded, plan_of
from attractors.studies.folder import opened
from attractors.studies.provenance import continued, provenance, version
from attractors.studies.recall import Recall
from attractors.studies.runner import run
from attractors.studies.setting import Setting
from attractors.studies.study import Study

ENGINES = ("rate", "spiking")


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
    precision: float | None = None,
    most: int = 1000,
    seed: int = 0,
    workers: int = 1,
    cluster: Any = None,
    shard: str | None = None,
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
    precision : float, optional
        Goes on after the last round until half of the 95 % interval is this fraction of the
        critical load, with further trials where they say most.
    most : int
        Trials in all at which it gives up; the result says which of the two ended it.
    seed : int
        The same seed gives the same table, whatever the number of workers.
    workers : int
        Number of processes.
    cluster : str or cluster of Dask, optional
        Where trials run instead: the address of a scheduler, ``"tcp://host:8786"``, or an object
        such as ``dask_jobqueue.SLURMCluster``.
    shard : str, optional
        ``"k/n"``: only every n-th trial of the loads in ``patterns``, for the k-th job of an
        array. What it returns is its own part; the same study without it, in the same ``out``,
        puts all parts together.
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
        **_ending(precision, most, counts),
        "seed": seed,
        "engine": checks.choice(NAME, "engine", engine, ENGINES),
        "version": version(),
    }
    stream(seed)
    options = {"out": out, "workers": workers, "cluster": cluster, "shard": shard}
    measured, plan = Recall(setting, seed, engine), plan_of(definition)
    rows = run(NAME, definition, measured, plan, **options, shown=progress)
    # a part has a result that nobody wants kept
    if out is None or shard is not None:
        return concluded(definition, rows)
    source = continued(opened(out).header.get("provenance", {}), provenance())
    study = concluded(definition, rows, source)
    study.write(Path(out))
    return study


def _ending(precision: float | None, most: int, counts: list[int] | None) -> dict[str, Any]:
    """Return what ends a search, checked."""
    if precision is None:
        return {"precision": None, "most": None}
    if counts is not None:
        raise ParameterError(
            "capacity: precision needs a search, and patterns states the loads; leave out one."
        )
    precision = checks.real(NAME, "precision", precision, low=0.0, open=True)
    return {"precision": precision, "most": checks.whole(NAME, "most", most)}


def _counts(patterns: Sequence[int]) -> list[int]:
    """Return distinct numbers of patterns in rising order."""
    if not len(patterns):
        raise ParameterError("capacity: patterns is empty; give numbers of patterns, or leave it.")
    return sorted({checks.whole(NAME, "patterns", count) for count in patterns})
