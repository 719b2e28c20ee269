"""A value of a preset, with its unit and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """One parameter with its unit and where it comes from."""

    value: float
    unit: str
    source: str


Table = Mapping[str, Value]
