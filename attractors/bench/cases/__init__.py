"""The rows of the table: one case a file."""

from __future__ import annotations

from attractors.bench.case import Case
from attractors.bench.cases import (
    accounts,
    dual,
    exact,
    grown,
    growth,
    imports,
    integer,
    million,
    nearest,
    packed,
    settle,
    signs,
    spiking,
    winners,
)

CASES: dict[str, Case] = {
    module.CASE.name: module.CASE
    for module in (
        packed,
        exact,
        integer,
        million,
        grown,
        signs,
        settle,
        dual,
        nearest,
        winners,
        imports,
        accounts,
        growth,
        spiking,
    )
}

__all__ = ["CASES"]
