"""What the user is told about targets: one line each, on the log and on a terminal."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

LOG = logging.getLogger("attractors")


def tell(line: str, shown: bool = True) -> None:
    """Log a line at level INFO, and print it on standard error if that is a terminal.

    Parameters
    ----------
    line : str
        What is told.
    shown : bool
        Whether it is worth a line on a terminal.
    """
    LOG.info(line)
    if shown and sys.stderr.isatty():
        Console(stderr=True).print(line, style="dim", highlight=False)


@contextmanager
def compiling(what: str, seconds: float, part: int = 1) -> Iterator[None]:
    """Say that something is compiled, why only now, and keep a clock turning until it is done.

    Parameters
    ----------
    what : str
        What is compiled.
    seconds : float
        About how long all its parts take.
    part : int
        Number of the part; later ones go without a line on the log.
    """
    line = f"{what}: compiling once, about {seconds:.0f} s; cached afterwards"
    if part == 1:
        LOG.info(line)
    if not sys.stderr.isatty():
        yield
        return
    # a copy of the descriptor: Brian2 leads the original into a file while a compiler runs
    with os.fdopen(os.dup(sys.stderr.fileno()), "w") as terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=terminal, stderr=True)) as progress:
            progress.add_task(line if part == 1 else f"{line} (part {part})", total=None)
            yield
