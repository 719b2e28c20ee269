"""Checks of declared values, made where the user writes them."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Collection
from typing import Any

from attractors.errors import ArchitectureError, ParameterError, unknown_name

_NAME = re.compile(r"\w[\w-]*")


def real(
    owner: str, field: str, value: Any, *, low: float = -math.inf, open: bool = False
) -> float:
    """Return ``value`` as a finite float of at least ``low`` (above it if ``open``).

    Raises
    ------
    ParameterError
        If it is no number, not finite or too low.
    """
    relation = f"above {low:g}" if open else f"of at least {low:g}"
    allowed = "finite" if low == -math.inf else f"finite and {relation}"
    try:
        # float("1") is a number, but the declaration would keep the text
        number = math.nan if isinstance(value, str | bytes) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or number < low or (open and number == low):
        raise ParameterError(f"{owner}: {field} is {value!r}; it must be a number, {allowed}.")
    return number


def whole(owner: str, field: str, value: Any, *, low: int = 1) -> int:
    """Return ``value`` as an int of at least ``low``.

    Raises
    ------
    ParameterError
        If it is no whole number or too low.
    """
    try:
        number = operator.index(value)
    except TypeError:
        number = low - 1
    if number < low or isinstance(value, bool):
        raise ParameterError(
            f"{owner}: {field} is {value!r}; it must be a whole number of at least {low}."
        )
    return number


def choice(owner: str, field: str, value: str, allowed: Collection[str]) -> str:
    """Return ``value`` if it is one of ``allowed``.

    Raises
    ------
    UnknownNameError
        If it is not, with the near miss suggested.
    """
    if value not in allowed:
        raise unknown_name(f"{field} of {owner}", value, allowed)
    return value


def name(owner: str, value: Any) -> str:
    """Return ``value`` if it can name a network or part.

    Raises
    ------
    ArchitectureError
        If it is not made of letters, digits, ``_`` and ``-``.
    """
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ArchitectureError(f"{owner}: {value!r} is no name; use letters, digits, '_' and '-'.")
    return value
