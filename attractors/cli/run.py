"""``attractors run``: a model, or a user's own file, on one engine or both."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, only_json, say

if TYPE_CHECKING:
    from attractors.catalog import Claim, Model
    from attractors.circuit import Circuit
    from attractors.protocol import Trial
    from attractors.recording import Recording

SHORT = "Run a model or a file of your own."
HELP = """Build a model, run its trials and measure its published numbers again.

NAME is one of 'attractors models', or the path of a file of your own that defines

\b
  def build(seed=0):            # returns an at.Circuit with patterns stored
  def trials(circuit, seed=0):  # returns a list of at.Trial

and, if it likes, REFERENCE, ENGINES and CLAIMS as the files in models/ do, and

\b
  def engine(name):             # returns the engine of that name with options of its own,
                                # e.g. at.SpikingEngine(neurons=at.Conductance())

Claims that take minutes are measured with --slow only.
"""
EPILOG = examples(
    "attractors run hopfield",
    "attractors run digits_gate --engine both --no-claims",
    "attractors run my_model.py --seed 3 --out results",
    "attractors run hopfield --json > hopfield.json",
)
BOTH = "both"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", help=HELP, short_help=SHORT, epilog=EPILOG)(run)


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A model's name, or a file.")],
    engine: Annotated[
        str | None,
        typer.Option(metavar="ENGINE", help="rate, spiking or both; by default the model's first."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Folder for recording, architecture, numbers and figures.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    claims: Annotated[
        bool, typer.Option("--claims/--no-claims", help="Measure the published numbers.")
    ] = True,
    slow: Annotated[bool, typer.Option("--slow", help="Also claims that take minutes.")] = False,
) -> None:
    """Run a model."""
    from attractors import catalog
    from attractors.files import output_folder

    folder = None if out is None else output_folder(out)
    with only_json(json):
        model = catalog.load(name)
        engines = _engines(model, engine)
        circuit = model.build(seed)
        shown = _Shown(model, circuit, model.trials(circuit, seed), engines, seed, quiet=json)
        asked = model.claims if claims else ()
        wanted = [claim for claim in asked if slow or not claim.slow]
        recordings, results = _run(shown, wanted, left_out=len(asked) - len(wanted))
        if folder is not None:
            _write(folder, shown, recordings, results)
            say(f"\nWritten to {folder}", quiet=json)
    if json:
        typer.echo(as_json(results))


@dataclass(frozen=True)
class _Shown:
    """What runs, and whether it is printed."""

    model: Model
    circuit: Circuit
    trials: list[Trial]
    engines: tuple[str, ...]
    seed: int
    quiet: bool


def _engines(model: Model, wanted: str | None) -> tuple[str, ...]:
    """Return the engines to run on, refusing what does not exist or what the model cannot."""
    from attractors.errors import UnsupportedError, unknown_name
    from attractors.simulation import ENGINES

    if wanted is None:
        return model.engines[:1]
    if wanted not in (*ENGINES, BOTH):
        raise unknown_name("engine", wanted, [*ENGINES, BOTH])
    engines = tuple(ENGINES) if wanted == BOTH else (wanted,)
    for engine in engines:
        if engine not in model.engines:
            raise UnsupportedError(
                f"Model {model.name!r} does not run on the {engine} engine; "
                f"use --engine {model.engines[0]}."
            )
    return engines


def _run(
    shown: _Shown, claims: Sequence[Claim], left_out: int
) -> tuple[list[Recording], dict[str, Any]]:
    """Run on every engine, print section by section unless quiet, return what came out."""
    from attractors.cli import report, results

    architecture = shown.circuit.architecture
    found = results.by_model(shown.model, architecture, shown.seed)
    say(report.heading(shown.model, architecture), shown.quiet)
    recordings = []
    found["engines"] = []
    for engine in shown.engines:
        recording, seconds = _simulate(shown, engine)
        recordings.append(recording)
        found["engines"].append(results.by_engine(recording, seconds))
        say(report.engine(found["engines"][-1], shown.seed), shown.quiet)
    if len(recordings) > 1:
        found["agreement"] = results.agreement(*recordings)
        say(report.agreement(found["agreement"], shown.engines), shown.quiet)
    if claims:
        found["claims"] = _measured(shown, claims)
    if left_out:
        found["claims_left_out"] = left_out
        say(report.left_out(left_out), shown.quiet)
    return recordings, found


def _simulate(shown: _Shown, engine: str) -> tuple[Recording, float]:
    """Return the recording of the model's trials and the seconds that it took."""
    from attractors.simulation import simulate

    start = time.perf_counter()
    chosen = shown.model.engine(engine)
    recording = simulate(shown.circuit, shown.trials, chosen, seed=shown.seed)
    return recording, time.perf_counter() - start


def _measured(shown: _Shown, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    from attractors.cli import report, results

    say(report.CLAIMS, shown.quiet)
    found = []
    for claim in claims:
        found.append(results.by_claim(claim, claim.measure(shown.seed)))
        say(report.claim(found[-1]), shown.quiet)
    return found


def _write(folder: Path, shown: _Shown, recordings: list[Recording], found: dict[str, Any]) -> None:
    """Leave recordings, architecture, numbers and figures in a folder."""
    from attractors.cli import figures
    from attractors.files import whole_file
    from attractors.io import save

    save(shown.circuit.architecture, folder / "architecture.json")
    figures.architecture(folder, shown.circuit.architecture)
    for recording in recordings:
        ending = f"_{recording.engine}" if len(recordings) > 1 else ""
        save(recording, folder / f"recording{ending}.nc")
        figures.overlaps(folder, recording, shown.trials, ending)
    with whole_file(folder / "results.json") as temporary:
        temporary.write_text(as_json(found) + "\n", encoding="utf-8")
