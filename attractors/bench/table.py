"""The rows as text for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attractors.bench.case import Case
from attractors.bench.row import Row, Spread

HEAD = ("work", "ours", "against", "theirs", "ratio (interval)", "equal", "must reach", "holds")
PREFIXES = ((1.0, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"))


def cells(row: Row) -> tuple[str, ...]:
    """Return what the table shows of a row, in the order of its head."""
    return (
        row.work,
        quantity(row.ours, row.unit),
        row.against,
        quantity(row.theirs, row.unit),
        "" if row.ratio is None else f"{_spread(row.ratio)}×",
        {None: "", True: "yes", False: "NO"}[row.agrees],
        "" if row.bound is None else _bound(row),
        {None: "", True: "yes", False: "NO"}[row.holds],
    )


def quantity(measured: Spread | None, unit: str) -> str:
    """Return a number with its unit, in the size in which people read it.

    Examples
    --------
    >>> quantity(Spread(0.00042, 0.0004, 0.0005), "s"), quantity(Spread(3e9, 3e9, 3e9), "B")
    ('420 µs', '3 GB')
    """
    if measured is None:
        return ""
    if unit.startswith("exponent"):
        return f"{measured.value:.2f} ({measured.low:.2f} to {measured.high:.2f})"
    return with_unit(measured.value, unit)


def with_unit(value: float, unit: str) -> str:
    """Return a value with its unit."""
    if unit == "s":
        scale, prefix = next((p for p in PREFIXES if abs(value) >= p[0]), PREFIXES[-1])
        return f"{_number(value / scale)} {prefix}s"
    if unit in ("B", "B/s"):
        scale, prefix = (1e9, "G") if value >= 1e9 else (1e6, "M") if value >= 1e6 else (1e3, "k")
        return f"{_number(value / scale)} {prefix}{unit}"
    if unit == "share":
        return "< 0.01 %" if 0 < value < 1e-4 else f"{100 * value:.4g} %"
    if unit.startswith("exponent"):
        return f"{value:g}"
    return f"{_number(value)} {unit}".rstrip()


def text(rows: Sequence[Row]) -> str:
    """Return the table of some rows, with their notes below."""
    from attractors.cli.output import table

    noted = dict.fromkeys(f"  {row.work}: {row.note}" for row in rows if row.note)
    return "\n".join([table(HEAD, [cells(row) for row in rows]), *noted])


def markdown(cases: Sequence[Case], rows: Sequence[Row]) -> str:
    """Return one table of all rows in Markdown, with a line for each case that says its sizes."""
    lines = [_line(HEAD), _line(["---"] * len(HEAD))]
    for case in cases:
        own = [row for row in rows if row.case == case.name]
        quick = any(not row.judged for row in own)
        lines += [_line([f"**{case.heading(quick)}**", *[""] * (len(HEAD) - 1)])]
        lines += [_line(cells(row)) for row in own]
    return "\n".join(lines) + "\n"


def _line(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |"


def verdicts(rows: Sequence[Row]) -> str:
    """Return in a sentence how many of the bounds hold, and which do not."""
    if not any(row.judged for row in rows):
        return "At reduced size no bound is judged."
    judged = [row for row in rows if row.holds is not None]
    failed = [
        ", ".join(filter(None, (row.case, row.work, row.against)))
        for row in judged
        if not row.holds
    ]
    said = f"{len(judged) - len(failed)} of {len(judged)} bounds hold."
    return said if not failed else "\n".join([said, "Short of them:", *(f"  {f}" for f in failed)])


def as_values(
    rows: Sequence[Row], sizes: Mapping[str, Mapping[str, int]], machine: Mapping[str, Any]
) -> dict[str, Any]:
    """Return everything that was measured, at what sizes and on what, as plain values."""
    return {"machine": machine, "sizes": sizes, "rows": [row.as_dict() for row in rows]}


def _bound(row: Row) -> str:
    assert row.bound is not None
    sign = "≥" if row.bound.side == "least" else "≤"
    of_ratio = bool(row.against)
    value = f"{row.bound.value:g}×" if of_ratio else with_unit(row.bound.value, row.unit)
    return f"{sign} {value}"


def _spread(measured: Spread) -> str:
    low, high = (_number(bound) for bound in (measured.low, measured.high))
    return f"{_number(measured.value)} ({low} to {high})"


def _number(value: float) -> str:
    """Return three significant digits without exponent."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
