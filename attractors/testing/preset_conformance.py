"""Whether free-running units recall what the rate engine recalls, told by kind of circuit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from attractors import checks
from attractors.engines.spiking import SpikingEngine
from attractors.engines.spiking.neurons import Conductance
from attractors.errors import UnknownNameError
from attractors.simulation import Engine, simulate
from attractors.testing.conformance import QUANTITIES, Progress, compare
from attractors.testing.presets import (
    PRESETS,
    number_of,
    preset_circuit,
    preset_kind,
    preset_trials,
)
from attractors.testing.wide import WideReport

# circuits that run side by side, and time step in ms
AT_ONCE, DT = 30, 0.2


def preset_engine(neurons: str, **options: Any) -> SpikingEngine:
    """Return a spiking engine whose units run freely.

    Parameters
    ----------
    neurons : {"current-lif", "conductance", "adex"}
        Name of the preset.
    **options
        Of the engine.

    Raises
    ------
    UnknownNameError
        If there is no such preset.
    """
    if neurons not in PRESETS:
        raise UnknownNameError(f"There is no preset {neurons!r}; choose from {', '.join(PRESETS)}.")
    return SpikingEngine(**{"dt": DT, **options}, neurons=PRESETS[neurons])


def preset_conformance(
    neurons: str | Engine = "current-lif",
    reference: str | Engine = "rate",
    *,
    architectures: int = 150,
    first: int = 0,
    seed: int = 0,
    trials: int = 8,
    signed: bool | None = None,
    progress: Progress | None = None,
) -> WideReport:
    """Run circuits on free-running units and on a reference and compare who won.

    Parameters
    ----------
    neurons : str or engine
        Name of the preset, or the engine under test.
    reference : str or engine
        What to compare with.
    architectures : int
        How many; the five kinds take turns.
    first : int
        Number of the first.
    seed : int
        Of patterns, pairs, cues and noise.
    trials : int
        Trials a circuit, every second one noisy.
    signed : bool, optional
        Whether rules may have negative weights; by default unless units have conductances.
    progress : callable, optional
        Called with the number of circuits done and their total.
    """
    checks.whole("preset_conformance", "architectures", architectures)
    checks.whole("preset_conformance", "first", first, low=0)
    checks.whole("preset_conformance", "trials", trials)
    engine = preset_engine(neurons) if isinstance(neurons, str) else neurons
    signed = not _conducts(engine) if signed is None else signed
    tables, names, end = [], ("", ""), first + architectures
    for start in range(first, end, AT_ONCE):
        stop = min(start + AT_ONCE, end)
        circuit = preset_circuit(range(start, stop), seed, signed)
        batch = preset_trials(circuit, seed, trials)
        one, other = (
            simulate(circuit, batch, each, seed=seed, record=QUANTITIES)
            for each in (reference, engine)
        )
        names = one.engine, other.engine
        tables.append(_labelled(compare(one, other, batch), seed))
        if progress is not None:
            progress(stop - first, architectures)
    return WideReport(pd.concat(tables, ignore_index=True), names)


def _conducts(engine: Engine) -> bool:
    """Tell whether any units of an engine have conductances, which are not negative."""
    presets = getattr(engine, "neurons", None)
    every = presets.values() if isinstance(presets, Mapping) else [presets]
    return any(isinstance(preset, Conductance) for preset in every)


def _labelled(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return a table with the circuit, its kind and the noise of every row."""
    number = table["network"].map(number_of)
    return table.assign(
        architecture=number, kind=number.map(preset_kind), seed=seed, noisy=table["trial"] % 2 == 1
    )
