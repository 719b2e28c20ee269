"""``attractors bench``: speed and memory beside what others offer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, say

if TYPE_CHECKING:
    from attractors.bench import Case, Row

SHORT = "Speed and memory, beside what others offer."
HELP = """Measure speed and memory, beside what you would use instead.

Every row is a ratio within one run: ours and theirs are measured in turns, and the median of nine
pairs is printed with its 95 % interval. Libraries that are not installed are named and left out;
pip install ".[bench]" in the checkout brings them. In full it takes about a quarter of an hour and
11 GB of memory; --quick runs everything at reduced size, where no bound is judged.
"""
EPILOG = examples(
    "attractors bench --quick",
    "attractors bench --only packed",
    "attractors bench --out bench-output",
    "attractors bench --json > bench.json",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench", help=HELP, short_help=SHORT, epilog=EPILOG)(bench)


def bench(
    only: Annotated[
        list[str] | None, typer.Option(metavar="ROW", help="One case; may be given again.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Reduced sizes, about a minute.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the numbers and figures.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure and print."""
    from attractors.bench import isolated, table
    from attractors.bench.machine import machine
    from attractors.files import output_folder

    folder = None if out is None else output_folder(out)
    cases = _cases(only)
    rows: list[Row] = []
    for case in cases:
        say(f"{case.heading(quick)}", quiet=json)
        measured = list(isolated(case, quick))
        say(f"{table.text(measured)}\n", quiet=json)
        rows += measured
    sizes = {case.name: case.quick if quick else case.full for case in cases}
    found = as_json(table.as_values(rows, sizes, machine()))
    if folder is not None:
        _write(folder, cases, rows, found)
    say(found if json else table.verdicts(rows))
    say(f"\nWritten to {folder}", quiet=json or folder is None)


def _cases(only: list[str] | None) -> list[Case]:
    from attractors.bench.cases import CASES
    from attractors.errors import unknown_name

    for name in only or ():
        if name not in CASES:
            raise unknown_name("row", name, CASES)
    return [CASES[name] for name in only or CASES]


def _write(folder: Path, cases: list[Case], rows: list[Row], found: str) -> None:
    """Leave numbers, the table in Markdown, and figures of rows that have columns behind them."""
    from attractors.bench.drawings import draw
    from attractors.bench.table import markdown
    from attractors.files import whole_file

    for name, content in (("bench.json", found + "\n"), ("bench.md", markdown(cases, rows))):
        with whole_file(folder / name) as temporary:
            temporary.write_text(content, encoding="utf-8")
    draw(folder, rows)
