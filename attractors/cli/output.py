"""How results are printed: aligned tables for people, strict JSON for programs."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Any

import typer


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows under their heads in aligned columns, indented by two."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def number(value: float) -> str:
    """Return a number with four significant digits; whole ones with their thousands apart."""
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.4g}"


def percent(value: float) -> str:
    """Return a share in per cent, with a decimal where it matters."""
    return f"{100 * value:.3g} %"


def as_json(results: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return strict JSON; a number that is not finite becomes null."""
    return json.dumps(_finite(results), indent=2, ensure_ascii=False, allow_nan=False)


@contextmanager
def only_json(wanted: bool) -> Iterator[None]:
    """Send what others print, e.g. a user's own model, to stderr while JSON is wanted."""
    if not wanted:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield


def say(text: str, quiet: bool = False) -> None:
    """Print text unless told not to."""
    if not quiet:
        typer.echo(text)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "item") and not getattr(value, "shape", ()):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
