"""``attractors study``: sweeps over many seeded trials."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attractors.cli import study_folders
from attractors.cli.group import examples
from attractors.cli.output import as_json, say

if TYPE_CHECKING:
    from attractors.studies import Study

HELP = "Measure how much a memory holds: many seeded trials, one table, theory beside it."
CAPACITY = """Find the load (patterns per unit) at which half of the cues are recalled.

Every trial fills a new memory with random patterns and cues it with some of them. Rounds bracket
the transition, zoom in, and spend the rest of the trials there. Prints the curve, the critical
load with its 95 % interval, what theory expects, and the price per synapse, byte and recall. A
study in a folder that was interrupted goes on where it was.
"""
EPILOG = examples(
    "attractors study capacity --rule covariance --units 1000 --activity 0.02",
    "attractors study capacity --rule hebbian --units 500 --flipped 0.1 --workers 2",
    "attractors study capacity --rule willshaw --erased 0.5 --out willshaw",
    "attractors study capacity --engine spiking --steps 20 --cues 20",
    "attractors study capacity --rule hebbian --patterns 50,70,90 --trials 20 --json",
    "attractors study capacity --rule hebbian --units 500 --precision 0.01",
    "attractors study capacity --patterns 1500,2000,2500 --out grid --shard 2/8",
    "attractors study capacity --units 5000 --cluster tcp://10.0.0.1:8786 --out large",
)

app = typer.Typer(
    name="study",
    help=HELP,
    short_help="How much a memory holds.",
    epilog=examples("attractors study capacity --help"),
    no_args_is_help=True,
    rich_markup_mode=None,
)


study_folders.register(app)


@app.command("capacity", help=CAPACITY, short_help="The critical load.", epilog=EPILOG)
def capacity(
    rule: Annotated[str, typer.Option(help="hebbian (±1), covariance or willshaw.")] = "covariance",
    units: Annotated[int, typer.Option(help="Number of units.")] = 1000,
    activity: Annotated[
        float | None, typer.Option(help="Fraction of active units; 0.02 unless ±1.")
    ] = None,
    flipped: Annotated[
        float, typer.Option(help="Fraction of the cue's units flipped (±1) or moved (0/1).")
    ] = 0.0,
    erased: Annotated[
        float, typer.Option(help="Fraction of the cue's (active) units that are erased.")
    ] = 0.0,
    threshold: Annotated[
        float | None, typer.Option(help="Of 0/1 units; by default the k largest fields win.")
    ] = None,
    order: Annotated[str | None, typer.Option(help="synchronous or asynchronous.")] = None,
    steps: Annotated[int, typer.Option(help="Updates of all units at most.")] = 100,
    measure: Annotated[str, typer.Option(help="Success by match, overlap or exact.")] = "match",
    level: Annotated[float, typer.Option(help="Match or overlap to exceed.")] = 0.9,
    patterns: Annotated[
        str | None, typer.Option(help="Numbers of patterns to try, 50,70,90, not a search.")
    ] = None,
    trials: Annotated[int, typer.Option(help="Memories at each load of the last round.")] = 8,
    cues: Annotated[int, typer.Option(help="Cues to each memory, at most.")] = 50,
    precision: Annotated[
        float | None,
        typer.Option(help="Go on until the interval is ± this fraction of the critical load."),
    ] = None,
    most: Annotated[int, typer.Option(help="Trials at which --precision gives up.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same table.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes; they change no number.")] = 1,
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler to run on, tcp://HOST:PORT.")
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(help="k/n: every n-th trial of --patterns, for the k-th job of an array."),
    ] = None,
    engine: Annotated[str, typer.Option(help="rate or spiking.")] = "rate",
    out: Annotated[
        Path | None, typer.Option(help="Folder for ledger, table, numbers and figure.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure the critical load."""
    from attractors.studies import capacity as measured

    study = measured(
        rule,
        units,
        activity,
        flipped=flipped,
        erased=erased,
        threshold=threshold,
        order=order,
        steps=steps,
        measure=measure,
        level=level,
        patterns=None if patterns is None else _numbers(patterns),
        trials=trials,
        cues=cues,
        precision=precision,
        most=most,
        seed=seed,
        workers=workers,
        cluster=cluster,
        shard=shard,
        engine=engine,
        out=out,
    )
    if shard is not None:
        say(_part(shard, study, json))
    else:
        _say(study, out, json)


def _say(study: Study, out: Path | None, json: bool) -> None:
    """Print a study, and draw its curve into its folder."""
    if out is not None:
        from attractors.cli import figures

        figures.curve(out, study)
    say(study.to_json() if json else str(study))
    say(f"\nWritten to {out}", quiet=json or out is None)


def _part(shard: str, study: Study, json: bool) -> str:
    """Return what is told of a part of a study: it has no result of its own."""
    if json:
        return as_json({"study": "capacity", "shard": shard, "trials": len(study.table)})
    return (
        f"Shard {shard} is done: {len(study.table)} trials. When all are, run the same command "
        "without --shard."
    )


def _numbers(text: str) -> list[int]:
    """Return whole numbers separated by commas."""
    from attractors.errors import ParameterError

    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise ParameterError(
            f"--patterns is {text!r}; write whole numbers with commas, e.g. 50,70,90."
        ) from None
