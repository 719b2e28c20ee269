"""Figures of those rows that have columns behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attractors.bench.row import Row

ACROSS = {
    "units": "units N",
    "patterns": "stored patterns P",
    "k": "active units k",
}
UP = {
    "seconds": "time of a recall (s)",
    "bytes": "weights (bytes)",
    "exact": "share recalled exactly",
}


def draw(folder: Path, rows: Sequence[Row]) -> None:
    """Write ``growth.png`` and ``million.png`` where their rows were measured."""
    from attractors.plots.figures import save

    grown = [row for row in rows if row.case == "growth" and row.series]
    if grown:
        save(growth(grown), folder / "growth.png")
    for row in rows:
        if row.case == "million" and row.series:
            save(million(row), folder / "million.png")


def growth(rows: Sequence[Row]) -> Any:
    """Return time above bytes, over units, patterns and active units."""
    from attractors import plots
    from attractors.plots.figures import panels

    places = [(up, across) for up in ("seconds", "bytes") for across in ACROSS]
    axes = dict(zip(places, panels(2, 3, 4.6, 3.4), strict=True))
    # a form looks the same in every panel
    forms: dict[str, int] = {}
    for row in rows:
        series = row.series
        for (up, across), ax in axes.items():
            if up in series and across in series and row.ours is not None:
                form = row.work.partition(":")[0]
                forms.setdefault(form, len(forms))
                plots.growth(
                    series[across],
                    series[up],
                    ax,
                    fitted=series["fitted"],
                    index=forms[form],
                    label=f"{form}: exponent {row.ours.value:.2f}",
                    xlabel=ACROSS[across],
                    ylabel=UP[up],
                )
    return next(iter(axes.values()))


def million(row: Row) -> Any:
    """Return time, bytes and success against the number of stored patterns."""
    from attractors import plots
    from attractors.plots.figures import panels

    seconds, held, exact = panels(1, 3, 4.2, 3.2)
    stored = row.series["patterns"]
    for ax, up in ((seconds, "seconds"), (held, "bytes")):
        plots.growth(stored, row.series[up], ax, xlabel=ACROSS["patterns"], ylabel=UP[up])
    plots.curve(stored, row.series["exact"], exact, xlabel=ACROSS["patterns"], ylabel=UP["exact"])
    key = exact.get_legend()
    if key is not None:  # there is nothing to tell apart
        key.remove()
    return seconds
