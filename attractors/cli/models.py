"""``attractors models``: the catalogue in one table."""

from __future__ import annotations

from typing import Annotated

import typer

from attractors.cli.group import examples
from attractors.cli.output import as_json, only_json, table

SHORT = "List the models that ship."
HELP = "List the models that ship with the package: published systems, one file each."
EPILOG = examples("attractors models", "attractors models --json", "attractors run hopfield")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("models", help=HELP, short_help=SHORT, epilog=EPILOG)(models)


def models(
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List the models."""
    from attractors import catalog

    with only_json(json):
        found = [catalog.load(name) for name in catalog.names()]
    if json:
        entries = [
            {
                "name": model.name,
                "title": model.title,
                "reference": model.reference,
                "engines": list(model.engines),
                "claims": [claim.statement for claim in model.claims],
                "file": str(model.path),
            }
            for model in found
        ]
        typer.echo(as_json(entries))
        return
    head = ("model", "what it is", "engines", "claims", "reference")
    rows = [(m.name, m.title, ", ".join(m.engines), str(len(m.claims)), m.reference) for m in found]
    typer.echo(table(head, rows))
