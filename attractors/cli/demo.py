"""``attractors demo``: handwritten digits on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attractors.cli.group import examples

SHORT = "Handwritten digits on both engines."
HELP = """Recall handwritten digits and let a context decide between two readings.

Flipped and erased digits recall their class; overlays of two digits follow the context that
diverts one reading. Runs on both engines, prints one table, and writes figures and the numbers
as JSON to a folder. Takes under 90 seconds.
"""
EPILOG = examples("attractors demo --out demo-output", "attractors demo --out again --seed 1")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=HELP, short_help=SHORT, epilog=EPILOG)(demo)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for figures and numbers.")] = Path(
        "demo-output"
    ),
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Run the demonstration."""
    from attractors.files import output_folder

    folder = output_folder(out)
    from attractors.demo import run

    run(folder, seed=seed, quiet=quiet)
