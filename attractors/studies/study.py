"""What a study found: its table, the critical load with its interval, and what it costs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from attractors.files import whole_file
from attractors.studies import wording
from attractors.studies.critical import Critical, shares
from attractors.studies.folder import HEADER
from attractors.studies.tables import parquet_possible, write_table

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
        """Write table and ``header.json`` into an existing folder, each whole.

        The table is written as ``table.csv`` and ``table.nc``, and as ``table.parquet`` where
        pyarrow is installed.
        """
        for form in ("csv", "netcdf", *(["parquet"] if parquet_possible() else [])):
            write_table(self.table, self.header, folder, form)
        with whole_file(folder / HEADER) as path:
            text = json.dumps(self.header, indent=2, allow_nan=False)
            path.write_text(text + "\n", encoding="utf-8")

    def __str__(self) -> str:
        """Return the curve, the critical load, theory and cost as text."""
        return wording.told(self.header, self.curve)


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
