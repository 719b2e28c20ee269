"""``attractors study show``, ``compare``, ``extrapolate`` and ``export``: studies that were run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, number, say, table

SHOW = """Show the study in a folder, as far as it has come.

All ledgers in the folder count: of workers, of shards, of runs that were interrupted. Nothing is
run and nothing is written.
"""
COMPARE = """Compare capacity studies: in what they differ, and the ratio of their critical loads.

The first one is what the others are compared with.
"""
EXTRAPOLATE = """Carry the critical loads of several sizes on to infinitely many units.

Fits load(N) = limit + slope / N^power, each size weighted by its error. The power is yours to
state; the goodness of fit tells whether the sizes bear it out.
"""
EXPORT = """Write the trials of a study as one table that pandas or xarray reads.

netCDF and Parquet files carry the header (parameters, versions, seed, commit) with them as JSON;
beside a CSV file stands header.json.
"""
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Given to a study as --out.")]
Folders = Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Given as --out.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command, text, short, example in (
        (show, SHOW, "What is in a folder.", "show capacity"),
        (compare, COMPARE, "Several studies side by side.", "compare covariance willshaw"),
        (extrapolate, EXTRAPOLATE, "On to N → ∞.", "extrapolate n250 n500 n1000 --power 0.5"),
        (export, EXPORT, "As CSV, netCDF or Parquet.", "export capacity --format netcdf"),
    ):
        epilog = examples(f"attractors study {example}")
        app.command(command.__name__, help=text, short_help=short, epilog=epilog)(command)


def show(folder: Folder, json: Json = False) -> None:
    """Print a study."""
    from attractors.studies.archive import header_text, load, load_table
    from attractors.studies.conclusion import NAME
    from attractors.studies.folder import opened

    if opened(folder).header["study"] == NAME:
        study = load(folder)
        say(study.to_json() if json else str(study))
        return
    trials, header = load_table(folder)
    if json:
        say(as_json({**header, "table": trials.to_dict("records")}))
    else:
        say(f"{header_text(header)}\n\n{trials.to_string(index=False)}")


def compare(folders: Folders, json: Json = False) -> None:
    """Print studies side by side."""
    from attractors.studies.archive import load
    from attractors.studies.comparison import compared, differences

    studies = {str(folder): load(folder) for folder in folders}
    differ, found = differences(list(studies.values())), compared(studies)
    if json:
        say(as_json({"differ": differ, "studies": found.to_dict("records")}))
        return
    rows = [(key, *(str(value) for value in values)) for key, values in differ.items()]
    say(table(("differ in", *studies), rows) + "\n", quiet=not rows)
    head = ("study", "critical load", "95 % interval", "ratio", "95 % interval", "per synapse")
    say(table(head, [_compared(row) for row in found.to_dict("records")]))


def extrapolate(
    folders: Folders,
    power: Annotated[float, typer.Option(help="Power of 1/N in which loads change.")] = 1.0,
    json: Json = False,
) -> None:
    """Print the limit of many units."""
    from attractors.studies.archive import load
    from attractors.studies.extrapolation import extrapolate_studies

    studies = [load(folder) for folder in folders]
    limit = extrapolate_studies(studies, power)
    if json:
        say(as_json(limit._asdict()))
        return
    sizes = [
        (number(study.header["definition"]["units"]), number(study.critical_load))
        for study in studies
    ]
    say(table(("units", "critical load"), sizes))
    say(
        f"\nLimit {limit.load:.4g} patterns per unit, 95 % interval {limit.low:.4g} to "
        f"{limit.high:.4g}, with {limit.slope:.3g} / N^{limit.power:.3g}\n"
        f"Goodness of fit: chi² {limit.chi_square:.3g} with {limit.freedom} degrees of freedom, "
        f"p = {limit.probability:.2g}"
    )


def export(
    folder: Folder,
    form: Annotated[str, typer.Option("--format", help="csv, netcdf or parquet.")] = "csv",
    out: Annotated[
        Path | None, typer.Option(help="Folder for the file; by default that of the study.")
    ] = None,
    json: Json = False,
) -> None:
    """Write a table."""
    from attractors.files import output_folder
    from attractors.studies.archive import load_table
    from attractors.studies.tables import write_table

    trials, header = load_table(folder)
    path = write_table(trials, header, output_folder(out or folder), form)
    told = {"file": str(path), "rows": len(trials), "columns": list(trials.columns)}
    say(as_json(told) if json else f"{len(trials)} trials written to {path}")


def _compared(row: dict[str, float]) -> tuple[str, ...]:
    return (
        str(row["study"]),
        number(row["critical_load"]),
        f"{row['low']:.4g} to {row['high']:.4g}",
        f"{row['ratio']:.3f}",
        f"{row['ratio_low']:.3f} to {row['ratio_high']:.3f}",
        number(row["patterns_per_synapse"]),
    )
