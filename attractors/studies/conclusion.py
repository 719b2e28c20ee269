"""From definition and trials to the result of a capacity study: what makes it, reads it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from attractors.studies.expectation import expectation
from attractors.studies.grid import Grid
from attractors.studies.precision import Precise, interval_of, tidy, told
from attractors.studies.provenance import provenance
from attractors.studies.search import Search
from attractors.studies.setting import Setting
from attractors.studies.study import Study, result_of
from attractors.studies.task import Plan, Row

NAME = "capacity"
# P × N of the largest memory tried: about 2 GB while it learns
_LARGEST = 2**27


def setting_of(definition: Mapping[str, Any]) -> Setting:
    """Return the setting that a definition holds."""
    return Setting(**{field.name: definition[field.name] for field in fields(Setting)})


def plan_of(definition: Mapping[str, Any]) -> Plan:
    """Return the plan of a definition: the loads that it states, or the search for the right ones.

    Parameters
    ----------
    definition : mapping
        Parameters of :func:`attractors.studies.capacity`.
    """
    counts, trials = definition["patterns"], definition["trials"]
    if counts is not None:
        return Grid([{"patterns": count} for count in counts], trials)
    setting = setting_of(definition)
    theory = expectation(setting)
    share = theory["critical_load"] if theory else 0.1
    search = Search(
        guess=max(round(share * setting.units), 1),
        largest=max(_LARGEST // setting.units, 1),
        trials=trials,
    )
    if definition["precision"] is None:
        return search
    return Precise(search, definition["precision"], definition["most"], definition["seed"])


def concluded(
    definition: Mapping[str, Any],
    rows: Sequence[Row],
    source: Mapping[str, Any] | None = None,
) -> Study:
    """Return what the trials of a study say.

    Parameters
    ----------
    definition : mapping
        Parameters of :func:`attractors.studies.capacity`.
    rows : sequence of dict
        One row a trial.
    source : mapping, optional
        Versions and commit that the trials come from; by default those of this process.
    """
    setting = setting_of(definition)
    table = tidy(rows)
    critical = interval_of(table, definition["seed"])
    result = result_of(table, critical, setting.units)
    if definition["precision"] is not None and result["critical_load"] is not None:
        result["precision"] = told(table, critical, definition["precision"], definition["most"])
    header = {
        "study": NAME,
        "definition": dict(definition),
        "criterion": setting.criterion(),
        "provenance": provenance() if source is None else dict(source),
        "theory": expectation(setting),
        "result": result,
    }
    return Study(header, table, critical)
