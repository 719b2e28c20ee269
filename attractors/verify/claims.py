"""Everything that can be verified, by name: claims of the models and published rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from attractors import catalog
from attractors.catalog import Claim
from attractors.errors import unknown_name
from attractors.verify.families import FAMILIES, Family
from attractors.verify.row import Row, rows


@dataclass(frozen=True)
class Stated:
    """A claim with a name to ask for.

    Attributes
    ----------
    name : str
        Of the model, or of the row.
    claim : Claim
        The number and how it is measured.
    note : str
        Why it may not hold, with the evidence; ``""`` for most.
    printed : bool
        Whether the number is in print; a few were found by an independent program.
    """

    name: str
    claim: Claim
    note: str = ""
    printed: bool = True


def stated(names: Sequence[str] = ()) -> list[Stated]:
    """Return the claims of some names, of all models and rows if none are given.

    Parameters
    ----------
    names : sequence of str
        Models, rows, or families of rows, e.g. ``"brunel_wang_2001"``, ``"hop_m_0.1"``, ``"hop"``.

    Raises
    ------
    UnknownNameError
        If there is nothing of that name.
    """
    found = [*_of_models(names), *_of_rows()]
    for name in names:
        if not any(_asked(name, one.name) for one in found):
            known = [*catalog.names(), *(family.prefix for family in FAMILIES)]
            raise unknown_name("model or family of published rows", name, known)
    if not names:
        return found
    return [one for one in found if any(_asked(name, one.name) for name in names)]


def uncovered() -> list[str]:
    """Return the rows that nothing measures."""
    return [name for name, row in rows().items() if _family(row) is None]


def _asked(name: str, of: str) -> bool:
    return of == name or of.startswith(f"{name}_")


def _of_models(names: Sequence[str]) -> list[Stated]:
    shipped = catalog.names()
    # a model that nobody asks for need not be imported
    wanted = [name for name in shipped if not names or any(_asked(asked, name) for asked in names)]
    return [Stated(name, claim) for name in wanted for claim in catalog.load(name).claims]


def _of_rows() -> list[Stated]:
    return [
        Stated(name, _claim(row, family), family.note, row.printed)
        for name, row in rows().items()
        if (family := _family(row)) is not None
    ]


def _claim(row: Row, family: Family) -> Claim:
    return Claim(
        row.statement,
        row.value,
        row.tolerance,
        f"{row.source} ({row.kind})",
        partial(family.measure, row.parameters),
        family.takes_minutes(row.parameters),
    )


def _family(row: Row) -> Family | None:
    """Return the family of the longest name with which that of the row begins."""
    fits = [family for family in FAMILIES if _asked(family.prefix, row.id)]
    return max(fits, key=lambda family: len(family.prefix), default=None)
