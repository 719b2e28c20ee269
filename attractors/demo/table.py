"""The one table of the demonstration."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from attractors.demo.score import Score

HEADS = (
    "success",
    "95 % interval",
    "nearest",
    "bits",
    "ms",
    "events",
    "if dense",
    "MB read",
    "µJ",
)


def table(scores: Sequence[Score]) -> Table:
    """Return engine × task with success, time, work and the baseline."""
    made = Table(title="Handwritten digits: recall and diversion", title_justify="left")
    for head in ("engine", "task"):
        made.add_column(head)
    for head in HEADS:
        made.add_column(head, justify="right", no_wrap=True)
    for index, score in enumerate(scores):
        last = index + 1 == len(scores) or scores[index + 1].engine != score.engine
        made.add_row(score.engine, score.task, *_numbers(score), end_section=last)
    return made


def _numbers(score: Score) -> tuple[str, ...]:
    low, high = score.interval
    return (
        f"{score.successes}/{score.trials} = {100 * score.share:.1f} %",
        f"{100 * low:.1f} to {100 * high:.1f} %",
        f"{100 * score.nearest / score.trials:.1f} %",
        f"{score.bits:.2f}",
        f"{score.milliseconds:.1f}",
        f"{score.events:,.0f}",
        f"{score.dense_events:,.0f}",
        f"{score.bytes_read / 1e6:.1f}",
        f"{1e6 * score.joules:,.0f}",
    )
