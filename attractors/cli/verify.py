"""``attractors verify``: published numbers measured again, the models' and a table of others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, number, only_json, say

if TYPE_CHECKING:
    from attractors.verify import Stated

SHORT = "Measure published numbers again."
HELP = """Measure published numbers again, and tell which of them come out.

NAMES are models (see 'attractors models'), rows of the table of published numbers, or what such
rows begin with; all by default. A number holds if it differs from the published one by no more
than that one's tolerance and two standard errors of ours. The command fails if one does not.
"""
EPILOG = examples(
    "attractors verify --fast",
    "attractors verify hop_m_0.1",
    "attractors verify storkey wang_2002",
    "attractors verify --json > verified.json",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", help=HELP, short_help=SHORT, epilog=EPILOG)(verify)


def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAMES]...", help="Models, rows, or both.")
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Leave out what takes minutes each.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure and compare."""
    from attractors.verify import stated

    with only_json(json):
        asked = stated(names or ())
        wanted = [one for one in asked if not (fast and one.claim.slow)]
        found = []
        for entry in _measured(wanted, seed):
            found.append(entry)
            say(_line(entry), quiet=json)
        say(_summary(found, len(asked) - len(wanted), fast), quiet=json)
    if json:
        typer.echo(as_json({"seed": seed, "left_out": len(asked) - len(wanted), "claims": found}))
    if not all(entry["holds"] for entry in found):
        raise typer.Exit(1)


def _measured(wanted: list[Stated], seed: int) -> Iterator[dict[str, Any]]:
    from attractors.cli import results

    for one in wanted:
        entry = results.by_claim(one.claim, one.claim.measure(seed))
        yield {"name": one.name, **entry, "printed": one.printed, "note": one.note}


def _line(found: dict[str, Any]) -> str:
    """Return name and statement, then published, measured, and whether it holds."""
    measured, tolerance = _beside(found["measured"], found), number(found["tolerance"])
    if found["low"] < found["high"]:
        measured += f" ({number(found['low'])} to {number(found['high'])})"
    note = "" if found["holds"] or not found["note"] else f"\n    {found['note']}"
    return (
        f"{found['name']}: {found['statement']}\n"
        f"    {'published' if found['printed'] else 'stated'} "
        f"{_beside(found['published'], found)} ± {tolerance} | "
        f"measured {measured} | {'holds' if found['holds'] else 'DOES NOT HOLD'}{note}"
    )


def _beside(value: float, found: dict[str, Any]) -> str:
    """Return a number with as many digits as the tolerance asks for, four at least."""
    allowed = found["tolerance"]
    if not 0.0 < allowed < abs(value) * 1e-3:
        return number(value)
    return f"{value:.{2 + math.ceil(math.log10(abs(value) / allowed))}g}"


def _summary(found: list[dict[str, Any]], left_out: int, fast: bool) -> str:
    from attractors.verify import uncovered

    holding = sum(entry["holds"] for entry in found)
    lines = [f"\n{holding} of {len(found)} numbers hold." if found else "\nNothing was measured."]
    misses = [entry["name"] for entry in found if not entry["holds"]]
    if misses:
        lines.append(f"Not: {', '.join(dict.fromkeys(misses))}.")
    if left_out:
        lines.append(
            f"{left_out} that take minutes each were left out; measure them without --fast."
        )
    if missing := uncovered():
        lines.append(
            f"Of the table, {len(missing)} rows are not measured yet: {', '.join(missing)}."
        )
    return "\n".join(lines)
