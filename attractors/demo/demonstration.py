"""The demonstration from question to table, figures and numbers."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from attractors import checks
from attractors.demo import drawings
from attractors.demo.score import Score, model, scored
from attractors.demo.table import table
from attractors.files import output_folder, whole_file
from attractors.simulation import simulate

# more on the quick engine: 200 trials put success of 0.97 within 0.024 or so
TRIALS = {"rate": 200, "spiking": 40}
RESULTS = "results.json"
NOTES = """\
Stored: the clearest images of each class. All cues are made from them, none from unseen images.
Success: the right digit wins in word; 95 % Wilson interval over the cues to this one circuit.
Recall: 10 % of the pixels flipped, 30 % of the ink erased. Diversion: the same overlays of an even
and an odd digit in both contexts; control: without one, read once as either.
Nearest: nearest stored image in pixels, of those the context allows. All that follows is of one
recall. Bits: what the answer says about the digit, of ten in an image, of two in an overlay.
ms: wall clock with start-up. Events: synaptic ones. If dense: events if all units of joined
networks were joined and counted in every step. MB read: weights that are touched. µJ: an estimate
from energies of single operations in 45 nm CMOS; see the page on accounting."""


def run(
    out: str | os.PathLike[str],
    seed: int = 0,
    quiet: bool = False,
    trials: dict[str, int] | None = None,
) -> dict[str, Any]:
    """Recall handwritten digits and divert their reading, on both engines.

    Prints one table, and writes ``architecture.png``, ``overlaps.png``, ``raster.png``,
    ``recalled.png`` and ``results.json``.

    Parameters
    ----------
    out : path
        Folder, created if it is missing.
    seed : int
        Of encoder, stored digits, damage, overlays and engines.
    quiet : bool
        Show no progress; none is shown anyway where the output is no terminal.
    trials : dict of str to int, optional
        Trials of each task by engine, by default 200 on rate and 40 on spiking.

    Returns
    -------
    dict
        What ``results.json`` holds.

    Raises
    ------
    OutputError, ParameterError
        If the folder cannot be written or a number of trials is below 1; nothing has run then.
    """
    folder, start = output_folder(out), time.perf_counter()
    counts = _checked(TRIALS if trials is None else trials)
    console = Console()
    with _progress(console, quiet) as progress:
        bar = progress.add_task("storing digits", total=6 * len(counts) + 1)

        def step(what: str) -> None:
            progress.update(bar, advance=1, description=what)

        module = model()
        gate = module.gate(seed)
        scores = [s for e, n in counts.items() for s in _measured(module, gate, e, n, seed, step)]
        _draw(folder, module, gate, list(counts), seed, step)
    seconds = time.perf_counter() - start
    results: dict[str, Any] = {
        "seed": seed,
        "settings": asdict(gate.settings),
        "scores": [score.as_dict() for score in scores],
        "seconds": seconds,
    }
    with whole_file(folder / RESULTS) as temporary:
        temporary.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    _tell(console, folder, scores, seconds)
    return results


def _checked(trials: dict[str, int]) -> dict[str, int]:
    return {engine: checks.whole("demo", engine, count) for engine, count in trials.items()}


def _measured(
    module: ModuleType, gate: Any, engine: str, count: int, seed: int, step: Callable[[str], None]
) -> list[Score]:
    """Return the scores of all tasks on one engine; the overlays are the same in all contexts."""
    even, odd, *control = module.overlays(gate, count, seed)
    damaged = [[module.recall(gate, damage, count, seed)] for damage in ("flipped", "erased")]
    scores = []
    for tasks in [*damaged, [even], [odd], control]:
        step(f"{engine}: {tasks[0].name}")
        scores += scored(module, gate, tasks, engine, seed)
    return scores


def _draw(
    folder: Path,
    module: ModuleType,
    gate: Any,
    engines: list[str],
    seed: int,
    step: Callable[[str], None],
) -> None:
    tasks = module.examples(gate, seed)
    trials = [trial for task in tasks for trial in module.asked(gate, task)]
    recordings = []
    for engine in engines:
        step(f"{engine}: examples")
        record = ("overlap", "match", "state", *(("spikes",) if engine == "spiking" else ()))
        recordings.append(simulate(gate.circuit, trials, engine, seed=seed, record=record))
    step("drawing")
    drawings.draw(folder, gate, tasks, recordings)


def _tell(console: Console, folder: Path, scores: list[Score], seconds: float) -> None:
    wide = Console(width=max(console.width, 140)) if not console.is_terminal else console
    wide.print(table(scores))
    wide.print(
        NOTES,
        highlight=False,
    )
    wide.print(f"{seconds:.0f} s; figures and {RESULTS} in {folder}", highlight=False)


def _progress(console: Console, quiet: bool) -> Progress:
    hidden = quiet or not console.is_terminal
    columns = (TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=hidden)
