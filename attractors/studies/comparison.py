"""Capacity studies side by side: in what they differ, and how their critical loads compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from attractors.studies.study import Study

PRICES = ("patterns_per_unit", "patterns_per_synapse", "patterns_per_byte", "events_per_recall")
_SIGMAS = 3.92


def differences(studies: Sequence[Study]) -> dict[str, list[Any]]:
    """Return the parameters in which studies differ, with the value of each study."""
    definitions = [study.header["definition"] for study in studies]
    keys = {key: None for definition in definitions for key in definition}
    found = {key: [definition.get(key) for definition in definitions] for key in keys}
    return {key: values for key, values in found.items() if any(v != values[0] for v in values)}


def compared(studies: Mapping[str, Study]) -> pd.DataFrame:
    """Return one row a study.

    Parameters
    ----------
    studies : mapping of str to Study
        Studies by the name that they get; the first is what the others are compared with.

    Returns
    -------
    DataFrame
        ``study``; ``critical_load``, ``low``, ``high`` in patterns per unit; ``ratio`` to the first
        study with its 95 % interval (the errors of two logarithms, added in squares); ``theory``;
        patterns per unit, synapse and byte, and synaptic events per recall. NaN where a study has
        no critical load.
    """
    first = next(iter(studies.values()))
    return pd.DataFrame([_row(name, study, first) for name, study in studies.items()])


def _row(name: str, study: Study, first: Study) -> dict[str, Any]:
    cost = study.header["result"].get("cost", {})
    ratio = study.critical_load / first.critical_load
    error = 0.0 if study is first else float(np.hypot(_error(study), _error(first)))
    return {
        "study": name,
        "critical_load": study.critical_load,
        "low": study.interval[0],
        "high": study.interval[1],
        "ratio": ratio,
        "ratio_low": ratio * np.exp(-1.96 * error),
        "ratio_high": ratio * np.exp(1.96 * error),
        "theory": np.nan if study.theory is None else study.theory,
        **{price: cost.get(price, np.nan) for price in PRICES},
    }


def _error(study: Study) -> float:
    """Return the standard error of the logarithm of the critical load."""
    low, high = study.interval
    return float(np.log(high / low) / _SIGMAS)
