"""Checks that several theories share."""

from __future__ import annotations

from attractors import checks
from attractors.errors import ParameterError


def share(owner: str, field: str, value: float) -> float:
    """Return a number strictly between 0 and 1, or raise ParameterError."""
    number = checks.real(owner, field, value, low=0.0, open=True)
    if number >= 1.0:
        raise ParameterError(f"{owner}: {field} is {value!r}; it must lie between 0 and 1.")
    return number


def whole_below(owner: str, field: str, value: int, limit: int, of: str) -> int:
    """Return a whole number from 0 to a limit that ``of`` names, or raise ParameterError."""
    number = checks.whole(owner, field, value, low=0)
    if number > limit:
        raise ParameterError(f"{owner}: {field} is {value!r}; {of} allow at most {limit}.")
    return number
