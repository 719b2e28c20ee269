"""What all commands share: errors without a traceback, examples in the help."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from attractors.errors import AttractorsError

FAILURE = 2


class Group(TyperGroup):
    """Commands whose expected errors are one message on stderr and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except AttractorsError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(FAILURE) from error


def examples(*commands: str, note: str = "") -> str:
    """Return the end of a help text: commands to copy, one a line."""
    # \b keeps the line breaks of the paragraph
    text = "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])
    return f"{text}\n\n{note}" if note else text
