"""The command's entry point; commands import what they need when they run."""

from __future__ import annotations

from typing import Annotated

import typer

from attractors.cli import bench, demo, info, models, run, study, verify
from attractors.cli.group import Group, examples

app = typer.Typer(
    name="attractors",
    cls=Group,
    help="Graphs of associative memories, on a fast rate engine and on spiking neurons.",
    epilog=examples(
        "attractors demo --out demo-output",
        "attractors models",
        "attractors run hopfield",
        "attractors run my_model.py --engine both --out results",
        "attractors study capacity --rule covariance --units 1000 --activity 0.02",
        "attractors verify --fast",
        note="'attractors COMMAND --help' says more about each.",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
demo.register(app)
models.register(app)
run.register(app)
app.add_typer(study.app)
verify.register(app)
bench.register(app)
info.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from attractors import __version__

        typer.echo(f"attractors {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command; they act in their callbacks."""
