"""Ours against a rival on the same work: one row of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from attractors.bench.row import Bound, Row, Spread
from attractors.bench.timing import Pace, Work, alone, paired


@dataclass(frozen=True)
class Rival:
    """What users would pick for the work.

    Parameters
    ----------
    distribution : str
        Name under which it is installed.
    does : str
        What of it is measured.
    prepare : callable
        Takes the data of the case and returns the work to be timed. It imports the library
        itself, so that nobody needs it for anything else.
    """

    distribution: str
    does: str
    prepare: Callable[..., Work]

    @property
    def version(self) -> str | None:
        """Installed version, ``None`` if there is none."""
        try:
            return metadata.version(self.distribution)
        except metadata.PackageNotFoundError:
            return None

    def __str__(self) -> str:
        """Return library, version and what of it is measured."""
        return f"{self.distribution} {self.version or '(not installed)'}, {self.does}"


@dataclass(frozen=True)
class Entry:
    """Our side of a contest.

    Parameters
    ----------
    work : str
        What is done, as the table says it.
    call : callable
        The work.
    pieces : int
        Pieces of work in one call, e.g. the rows of a batch.
    note : str
        What a reader must know.
    """

    work: str
    call: Work
    pieces: int = 1
    note: str = ""


def contest(
    entry: Entry,
    rival: Rival,
    data: tuple[Any, ...],
    pace: Pace,
    *,
    bound: Bound | None = None,
    same: Callable[[Any, Any], bool] | None = None,
    pieces: int | None = None,
) -> Row:
    """Measure both and return the row; a rival that is not installed is named and left out.

    Parameters
    ----------
    entry : Entry
        Ours.
    rival : Rival
        Theirs.
    data : tuple
        Arguments of :attr:`Rival.prepare`.
    pace : Pace
        How long is measured.
    bound : Bound, optional
        What the ratio must reach: their time by ours, for one piece of work.
    same : callable, optional
        Tells whether the results of the two are equal; it gets ours and theirs.
    pieces : int, optional
        Pieces of work in one call of the rival, if not as many as in ours.
    """
    if rival.version is None:
        ours = Spread.of(alone(entry.call, pace) / entry.pieces)
        return Row(entry.work, ours, against=str(rival), bound=bound, note="skipped: not installed")
    theirs = rival.prepare(*data)
    agrees = None if same is None else bool(same(entry.call(), theirs()))
    seconds = paired(entry.call, theirs, pace)
    by_us = seconds[0] / entry.pieces
    by_them = seconds[1] / (pieces or entry.pieces)
    return Row(
        entry.work,
        Spread.of(by_us),
        against=str(rival),
        theirs=Spread.of(by_them),
        ratio=Spread.of(by_them / by_us),
        bound=bound,
        agrees=agrees,
        note=entry.note,
    )
