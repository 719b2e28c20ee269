"""What a study found: its table, the critical load with its interval, and what it costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from attractors.accounting import SILICON
from attractors.files import whole_file
from attractors.studies.critical import Critical, shares
from attractors.studies.folder import HEADER

TABLE = "table.csv"
WORK = ("events_per_recall", "dense_events_per_recall", "bytes_read")
BITS = ("bits", "bits_gained", "bits_per_synapse", "bits_per_used_synapse", "bits_per_byte")
ENERGY = ("joules_per_recall", "joules_in_cortex")


@dataclass(frozen=True)
class Study:
    """Result of a study of the load.

    Attributes
    ----------
    header : dict
        Name of the study, ``definition`` (all parameters), ``criterion`` in words,
        ``provenance`` (versions, source commit), ``theory`` and ``result``.
    table : DataFrame
        One row a trial: point, trial, what was measured, cost, ``seconds``.
    critical : Critical
        Critical load in patterns per unit, 95 % interval and steepness.
    """

    header: dict[str, Any]
    table: pd.DataFrame
    critical: Critical

    @property
    def critical_load(self) -> float:
        """Patterns per unit at which half of the cues are recalled, NaN if that never happens."""
        return self.critical.load

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the critical load."""
        return self.critical.low, self.critical.high

    @property
    def theory(self) -> float | None:
        """Critical load that theory gives, None where there is none."""
        found = self.header["theory"]
        return None if found is None else float(found["critical_load"])

    @property
    def curve(self) -> pd.DataFrame:
        """Success by load: ``load, patterns, trials, cues, success, low, high``."""
        return shares(self.table)

    def to_json(self) -> str:
        """Return header and curve as JSON; NaN is null."""
        curve = json.loads(self.curve.to_json(orient="records", double_precision=15))
        return json.dumps({**self.header, "curve": curve}, indent=2, allow_nan=False)

    def write(self, folder: Path) -> None:
        """Write ``table.csv`` and ``header.json`` into an existing folder, each whole."""
        with whole_file(folder / TABLE) as path:
            self.table.to_csv(path, index=False)
        with whole_file(folder / HEADER) as path:
            text = json.dumps(self.header, indent=2, allow_nan=False)
            path.write_text(text + "\n", encoding="utf-8")

    def __str__(self) -> str:
        """Return the curve, the critical load, theory and cost as text."""
        return "\n".join([*self._heading(), "", self._curve_as_text(), "", *self._conclusion()])

    def _heading(self) -> list[str]:
        words = {key: value for key, value in self.header["criterion"].items()}
        rule = self.header["definition"]["rule"]
        return [f"Capacity of the {rule} rule", *(f"  {k:<10} {v}" for k, v in words.items())]

    def _curve_as_text(self) -> str:
        shown = self.curve.round({"load": 5, "success": 3, "low": 3, "high": 3})
        return str(shown.to_string(index=False))

    def _conclusion(self) -> list[str]:
        result, theory = self.header["result"], self.header["theory"]
        if result["critical_load"] is None:
            return [f"No critical load: {result['note']}"]
        load, (low, high) = result["critical_load"], result["interval"]
        lines = [
            f"Critical load {load:.4g} patterns per unit, 95 % interval {low:.4g} to {high:.4g} "
            f"({result['critical_patterns']:.0f} patterns)"
        ]
        lines += (
            [f"Theory        {theory['critical_load']:.4g}: {theory['what']}"] if theory else []
        )
        if "precision" in result:
            lines.append(f"Precision     {result['precision']['note']}")
        cost = result["cost"]
        return [
            *lines,
            f"Per synapse   {cost['patterns_per_synapse']:.3g} patterns, "
            f"{cost['bits_per_synapse']:.3g} bit of which {_gained(cost):.2g} not in the cue "
            f"({cost['synapses']:,} synapses, {cost['synapses_used']:,} in use)",
            f"Per byte      {cost['patterns_per_byte']:.3g} patterns, "
            f"{cost['bits_per_byte']:.3g} bit ({cost['bytes']:,} bytes)",
            f"Per recall    {cost['events_per_recall']:.3g} synaptic events "
            f"({cost['dense_events_per_recall']:.3g} if dense), "
            f"{cost['bytes_read']:.3g} bytes read, about {cost['joules_per_recall']:.2g} J "
            f"({SILICON.name})",
        ]


def _gained(cost: dict[str, float]) -> float:
    return cost["bits_gained"] / cost["synapses"]


def result_of(table: pd.DataFrame, critical: Critical, units: int) -> dict[str, Any]:
    """Return what a header says about the critical load and its price.

    Parameters
    ----------
    table : DataFrame
        One row a trial.
    critical : Critical
        The critical load.
    units : int
        N.
    """
    if np.isnan(critical.load):
        share = table["recalled"].sum() / table["cues"].sum()
        side = "above" if share >= 0.5 else "below"
        least, most = table["patterns"].min(), table["patterns"].max()
        note = f"success stays {side} one half from {least} to {most} patterns."
        return {"critical_load": None, "interval": None, "note": note}
    return {
        "critical_load": critical.load,
        "interval": [critical.low, critical.high],
        "critical_patterns": critical.load * units,
        "steepness": critical.slope,
        "cost": _cost(table, critical.load * units, units),
    }


def _cost(table: pd.DataFrame, count: float, units: int) -> dict[str, float]:
    """Return the price of a memory with this many patterns, from the trials nearest to it."""
    distance = (table["patterns"] - count).abs()
    near = table[distance == distance.min()]
    means = (*WORK, *BITS, *ENERGY)
    sizes = {name: round(near[name].mean()) for name in ("synapses", "synapses_used", "bytes")}
    return {
        "patterns_per_unit": count / units,
        "patterns_per_synapse": count / sizes["synapses"],
        "patterns_per_byte": count / sizes["bytes"],
        **sizes,
        **{name: float(near[name].mean()) for name in means},
    }
