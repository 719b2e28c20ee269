"""Architectures as JSON files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attractors.architecture import Architecture
from attractors.errors import AttractorsError, OutputError


def write_architecture(item: Architecture, path: Path) -> None:
    """Write an architecture as JSON text."""
    path.write_text(item.to_json() + "\n", encoding="utf-8")


def read_architecture(source: Path, types: Iterable[type]) -> Architecture:
    """Return the architecture in a JSON file.

    Raises
    ------
    OutputError
        If the file cannot be read.
    ArchitectureError, UnknownNameError
        If it holds no valid architecture.
    """
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(f"load: {str(source)!r} cannot be read: {error}.") from error
    try:
        return Architecture.from_json(text, types)
    except AttractorsError as error:
        # the same error, so that callers can still tell what is wrong
        raise type(error)(f"{str(source)!r}: {error}") from error
