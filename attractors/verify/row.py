"""Published numbers, one row each: what was measured, under which conditions, and by whom."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attractors.errors import unknown_name

FILE = Path(__file__).with_name("published.csv")

FORMULA = "formula"

Parameters = Mapping[str, float | str]


@dataclass(frozen=True)
class Row:
    """A published number.

    Attributes
    ----------
    id : str
        Its name.
    model, quantity : str
        What was measured of what, in words.
    parameters : dict
        Conditions by name, numbers where they are numbers.
    value : float
        The number; of a row that states a formula 0, the difference from it.
    tolerance : float
        Its own uncertainty.
    kind : str
        How it was found: exact, mean-field, simulation, ...
    source : str
        Where it stands, with DOI.
    """

    id: str
    model: str
    quantity: str
    parameters: Parameters
    value: float
    tolerance: float
    kind: str
    source: str

    @property
    def printed(self) -> bool:
        """Whether the number is in print; others were found by an independent program."""
        return not self.source.startswith("own ")

    @property
    def statement(self) -> str:
        """What is claimed, in one line with its conditions."""
        conditions = ", ".join(
            f"{key} = {_shown(value)}" if isinstance(value, float) else f"{key} {value}"
            for key, value in self.parameters.items()
        )
        return ", ".join(filter(None, [self.model, conditions])) + f": {self.quantity}"


@cache
def rows() -> dict[str, Row]:
    """Return all rows by their names, in the order of the file.

    Examples
    --------
    >>> rows()["hop_m_0.1"].value
    0.99799927
    """
    with FILE.open(newline="", encoding="utf-8") as file:
        return {entry["id"]: _row(entry) for entry in csv.DictReader(file)}


def row(name: str) -> Row:
    """Return a row by its name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    if name not in rows():
        raise unknown_name("published row", name, rows())
    return rows()[name]


def parameters(text: str) -> dict[str, float | str]:
    """Return conditions by name; of what stands before ``=`` the last word is the name.

    Examples
    --------
    >>> parameters("alpha=0.2, diagonal kept")
    {'alpha': 0.2, 'diagonal': 'kept'}
    >>> parameters("r=2^3,M=36 (0.5 x N/2lnN),cue distance=10")
    {'r': 8.0, 'M': 36.0, 'distance': 10.0}
    """
    found: dict[str, float | str] = {}
    for part in re.sub(r"\(.*?\)", "", text).split(","):
        name, equals, value = part.strip().partition("=")
        if equals:
            found[name.split()[-1]] = _number(value.strip())
        elif len(name.split()) == 2:
            first, second = name.split()
            found[first] = second
    return found


def _row(entry: Mapping[str, str]) -> Row:
    # one row has a formula in the place of a number, and a standard error for its tolerance
    stated = entry["value"] != FORMULA
    return Row(
        id=entry["id"],
        model=entry["model"],
        quantity=entry["quantity"],
        parameters=parameters(entry["params"]),
        value=float(entry["value"]) if stated else 0.0,
        tolerance=float(entry["tolerance"]) if stated else 0.0,
        kind=entry["kind"],
        source=entry["source"],
    )


def _number(text: str) -> float | str:
    if text.isdigit() and text[0] == "0" and len(text) > 1:  # no number, but 0/1
        return text
    base, power, exponent = text.partition("^")
    try:
        return float(base) ** float(exponent) if power else float(text)
    except ValueError:
        return text


def _shown(value: float) -> str:
    return f"{value:.15g}"
