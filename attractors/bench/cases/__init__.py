"""The rows of the table: one case a file."""

from __future__ import annotations

from attractors.bench.case import Case
from attractors.bench.cases import (
    exact,
    grown,
    growth,
    imports,
    million,
    packed,
    signs,
    winners,
)

CASES: dict[str, Case] = {
    module.CASE.name: module.CASE
    for module in (packed, exact, million, grown, signs, winners, imports, growth)
}

__all__ = ["CASES"]
