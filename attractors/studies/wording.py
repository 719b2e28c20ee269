"""A capacity study as text to read: criterion, curve, critical load, theory and price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from attractors.accounting import SILICON


def told(header: Mapping[str, Any], curve: pd.DataFrame) -> str:
    """Return the whole text.

    Parameters
    ----------
    header : mapping
        Header of the study.
    curve : DataFrame
        Success by load.
    """
    shown = curve.round({"load": 5, "success": 3, "low": 3, "high": 3}).to_string(index=False)
    parts = [_heading(header), [shown], _unfinished(header), _conclusion(header)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _heading(header: Mapping[str, Any]) -> list[str]:
    title = f"Capacity of the {header['definition']['rule']} rule"
    return [title, *(f"  {key:<10} {value}" for key, value in header["criterion"].items())]


def _unfinished(header: Mapping[str, Any]) -> list[str]:
    left = header.get("unfinished")
    if left is None:
        return []
    return [
        f"UNFINISHED: in round {left['round']}, {left['missing']} of {left['trials']} trials are "
        "missing; run the same command again."
    ]


def _conclusion(header: Mapping[str, Any]) -> list[str]:
    result, theory = header["result"], header["theory"]
    if result["critical_load"] is None:
        return [f"No critical load: {result['note']}"]
    load, (low, high) = result["critical_load"], result["interval"]
    lines = [
        f"Critical load {load:.4g} patterns per unit, 95 % interval {low:.4g} to {high:.4g} "
        f"({result['critical_patterns']:.0f} patterns)"
    ]
    if theory:
        lines.append(f"Theory        {theory['critical_load']:.4g}: {theory['what']}")
    if "precision" in result:
        lines.append(f"Precision     {result['precision']['note']}")
    return lines + _price(result["cost"])


def _price(cost: Mapping[str, float]) -> list[str]:
    gained = cost["bits_gained"] / cost["synapses"]
    return [
        f"Per synapse   {cost['patterns_per_synapse']:.3g} patterns, "
        f"{cost['bits_per_synapse']:.3g} bit of which {gained:.2g} not in the cue "
        f"({cost['synapses']:,} synapses, {cost['synapses_used']:,} in use)",
        f"Per byte      {cost['patterns_per_byte']:.3g} patterns, "
        f"{cost['bits_per_byte']:.3g} bit ({cost['bytes']:,} bytes)",
        f"Per recall    {cost['events_per_recall']:.3g} synaptic events "
        f"({cost['dense_events_per_recall']:.3g} if dense), "
        f"{cost['bytes_read']:.3g} bytes read, about {cost['joules_per_recall']:.2g} J "
        f"({SILICON.name})",
    ]
