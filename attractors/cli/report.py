"""The text of ``attractors run``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attractors.architecture import Architecture
from attractors.catalog import Model
from attractors.cli.output import number, percent, table

CLAIMS = "\nClaims: measured again, with 95 % interval"


def heading(model: Model, architecture: Architecture) -> str:
    """Return what runs: title, reference, summary of the architecture."""
    title = f"{model.name}: {model.title}"
    return "\n".join([title, *filter(None, [model.reference]), "", str(architecture)])


def engine(found: dict[str, Any], seed: int) -> str:
    """Return the table of one engine."""
    head = ("network", "winner in", "share (95 % interval)", "match", "activity")
    events, dense = found["synaptic_events_per_trial"], found["dense_events_per_trial"]
    return "\n".join(
        [
            f"\nOn the {found['engine']} engine: {found['trials']} trials of "
            f"{found['duration_ms']:g} ms, seed {seed}, {found['seconds']:.2f} s",
            table(head, [_network(network, found["trials"]) for network in found["networks"]]),
            f"  {number(round(events))} synaptic events a trial; "
            f"dense networks would use {number(round(dense))}",
        ]
    )


def agreement(found: list[dict[str, Any]], engines: Sequence[str]) -> str:
    """Return in how many trials the engines name the same winner."""
    rows = [
        (
            entry["network"],
            f"{entry['same']} of {entry['compared']}",
            f"{entry['left_out']} of {entry['trials']}",
        )
        for entry in found
    ]
    head = ("network", "same winner in", "left out (margin < 0.2)")
    return f"\nAgreement of {' and '.join(engines)}\n{table(head, rows)}"


def claim(found: dict[str, Any]) -> str:
    """Return one claim: statement, published and measured numbers, whether it holds."""
    return (
        f"  {found['statement']}\n"
        f"    published {number(found['published'])} ± {number(found['tolerance'])} | "
        f"measured {number(found['measured'])} "
        f"({number(found['low'])} to {number(found['high'])}) | "
        f"{'holds' if found['holds'] else 'DOES NOT HOLD'}\n"
        f"    {found['source']}"
    )


def left_out(count: int) -> str:
    """Return how many claims were not measured because that takes minutes."""
    claims = "1 claim that takes" if count == 1 else f"{count} claims that take"
    return f"\nNot measured: {claims} minutes; add --slow."


def _network(found: dict[str, Any], trials: int) -> tuple[str, ...]:
    if not found["patterns"]:
        return found["network"], "no patterns", "", "", f"{found['activity']:.3f}"
    return (
        found["network"],
        f"{found['won']} of {trials}",
        f"{percent(found['share'])} ({percent(found['low'])} to {percent(found['high'])})",
        f"{found['match']:.3f}",
        f"{found['activity']:.3f}",
    )
