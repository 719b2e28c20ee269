"""Whether two engines agree on the order parameters of the same trials; never on trajectories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attractors import checks
from attractors.architecture import Architecture
from attractors.errors import ParameterError
from attractors.measures import MARGIN, NONE, WINNING_MATCH, interval, winner
from attractors.protocol import Trial
from attractors.recording import WINDOW, Recording
from attractors.simulation import Engine, simulate
from attractors.testing.architectures import (
    random_architecture,
    random_circuit,
    random_trials,
)

QUANTITIES = ("match", "overlap", "activity")


class Progress(Protocol):
    """What is told how far a comparison has come."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take in that ``done`` of ``total`` circuits have run."""


@dataclass(frozen=True)
class ConformanceReport:
    """Outcome of :func:`conformance`.

    A network's outcome in a trial counts if its margin *on the reference* is at least 0.2: what
    is left out must not depend on the engine under test, which could otherwise hide its
    failures as unclear cases.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a trial and network: ``architecture``, ``seed``, ``trial``, ``network``,
        ``cued``, ``winner_a``, ``winner_b`` (-1 for none), ``same``, ``margin_a``,
        ``margin_b``, ``counted``, ``held_a``, ``held_b`` (pattern at the end of the last cue
        and still at the end of the trial, -1 for none), ``overlap_a``, ``overlap_b`` with the
        reference's winner and their ``overlap_difference`` (NaN where none won), ``latency_a``,
        ``latency_b`` (steps until the match with the reference's winner first passes 0.5, NaN
        where it never does), ``path`` (share of steps with the same winner on both),
        ``activity_a``, ``activity_b``.
    engines : (str, str)
        Names of the reference and of the engine under test.
    """

    table: pd.DataFrame
    engines: tuple[str, str]

    @property
    def counted(self) -> pd.DataFrame:
        """The rows that count."""
        return self.table[self.table["counted"]]

    @property
    def agreement(self) -> float:
        """Share of counted rows with the same winner, "none" included."""
        return float(self.counted["same"].mean())

    @property
    def left_out(self) -> float:
        """Share of rows left out for their margin on the reference."""
        return float(1.0 - self.table["counted"].mean())

    @property
    def persistence(self) -> float:
        """Share of counted rows that agree on what outlasts the cue."""
        rows = self.counted
        return float((rows["held_a"] == rows["held_b"]).mean())

    @property
    def whole_trials(self) -> float:
        """Share of trials that agree in every counted network."""
        keys = ["architecture", "seed", "trial"]
        return float(self.counted.groupby(keys)["same"].all().mean())

    @property
    def overlap_difference(self) -> float:
        """Largest mean difference of overlaps that 95 % of the agreeing winners stay below."""
        rows = self.counted[self.counted["same"]]
        return float(rows["overlap_difference"].quantile(0.95))

    @property
    def disagreements(self) -> pd.DataFrame:
        """The counted rows whose winners differ."""
        return self.counted[~self.counted["same"]]

    @property
    def outcomes(self) -> pd.DataFrame:
        """How often each kind of outcome occurs on the reference, and the agreement there."""
        kinds = np.select(
            [self.table["winner_a"] != NONE, self.table["activity_a"] == 0.0],
            ["a pattern", "none, silent"],
            "none, active",
        )
        labelled = self.table.assign(
            outcome=kinds,
            input=np.where(self.table["cued"], "cued", "driven by edges"),
            # NaN is left out of the mean
            agreement=self.table["same"].where(self.table["counted"]).astype(float),
        )
        return labelled.groupby(["outcome", "input"]).agg(
            rows=("same", "size"), counted=("counted", "sum"), agreement=("agreement", "mean")
        )

    def meets(self, agreement: float = 0.99, left_out: float = 0.10) -> bool:
        """Tell whether enough outcomes agree and few enough are left out."""
        return self.agreement >= agreement and self.left_out <= left_out

    def __str__(self) -> str:
        """Return the shares with 95 % intervals and the outcomes."""
        rows = self.counted
        low, high = interval(int(rows["same"].sum()), len(rows))
        circuits = self.table.groupby(["architecture", "seed"]).ngroups
        trials = self.table.groupby(["architecture", "seed", "trial"]).ngroups
        lines = [
            f"{self.engines[1]} against {self.engines[0]}: {circuits} circuits, {trials} trials, "
            f"{len(self.table)} outcomes (one a trial and network)",
            f"  same winner         {self.agreement:8.2%}  of {len(rows)} with a margin, "
            f"95 % interval {low:.2%} to {high:.2%}",
            f"  left out            {self.left_out:8.2%}  margin below {MARGIN} on "
            f"{self.engines[0]}",
            f"  whole trial agrees  {self.whole_trials:8.2%}  every network with a margin",
            f"  persistence agrees  {self.persistence:8.2%}",
            f"  overlaps differ by  {self.overlap_difference:8.3f}  at most, in 95 % of winners",
        ]
        return "\n".join([*lines, str(self.outcomes)])


def conformance(
    engine_a: str | Engine = "rate",
    engine_b: str | Engine = "spiking",
    *,
    architectures: int | Sequence[Architecture] = 20,
    seeds: int | Sequence[int] = 3,
    trials: int = 10,
    progress: Progress | None = None,
) -> ConformanceReport:
    """Run the same random circuits and trials on two engines and compare who won.

    Parameters
    ----------
    engine_a : str or engine
        The reference.
    engine_b : str or engine
        The engine under test.
    architectures : int or sequence of Architecture
        How many random ones, or your own (of k-winner networks).
    seeds : int or sequence of int
        How many, or which; each draws its own patterns, edges' pairs and cues.
    trials : int
        Trials a circuit.
    progress : callable, optional
        Called with the number of circuits done and their total.

    Returns
    -------
    ConformanceReport
        One row a trial and network, and the shares.
    """
    graphs, chosen = _graphs(architectures), _seeds(seeds)
    checks.whole("conformance", "trials", trials)
    tables = []
    names: tuple[str, str] = ("", "")
    total = len(graphs) * len(chosen)
    for index, architecture in enumerate(graphs):
        for seed in chosen:
            circuit = random_circuit(architecture, seed)
            batch = random_trials(circuit, seed, trials)
            first = simulate(circuit, batch, engine_a, seed=seed, record=QUANTITIES)
            second = simulate(circuit, batch, engine_b, seed=seed, record=QUANTITIES)
            names = first.engine, second.engine
            tables.append(compare(first, second, batch).assign(architecture=index, seed=seed))
            if progress is not None:
                progress(len(tables), total)
    table = pd.concat(tables, ignore_index=True)
    leading = ["architecture", "seed", "trial", "network"]
    return ConformanceReport(
        table[[*leading, *table.columns.difference(leading, sort=False)]], names
    )


def compare(first: Recording, second: Recording, trials: Sequence[Trial]) -> pd.DataFrame:
    """Return the table of a :class:`ConformanceReport` for one batch that two engines ran.

    Parameters
    ----------
    first, second : Recording
        Of the reference and of the engine under test, with match, overlap and activity.
    trials : sequence of Trial
        What both ran.
    """
    ends = np.array(
        [max((c.stop or t.duration for c in t.cues), default=t.duration) for t in trials]
    )
    return pd.concat(
        [_outcomes(name, first, second, trials, ends) for name in first], ignore_index=True
    )


def _outcomes(
    network: str,
    first: Recording,
    second: Recording,
    trials: Sequence[Trial],
    ends: NDArray[np.float64],
) -> pd.DataFrame:
    a, b = first.winner(network), second.winner(network)
    margin = first.margin(network)
    overlap_a, overlap_b = (_overlap(recording, network, a) for recording in (first, second))
    return pd.DataFrame(
        {
            "trial": np.arange(len(trials)),
            "network": network,
            "cued": [any(cue.network == network for cue in trial.cues) for trial in trials],
            "winner_a": a,
            "winner_b": b,
            "same": a == b,
            "margin_a": margin,
            "margin_b": second.margin(network),
            "counted": margin >= MARGIN,
            "held_a": _held(first, network, ends),
            "held_b": _held(second, network, ends),
            "overlap_a": overlap_a,
            "overlap_b": overlap_b,
            "overlap_difference": np.abs(overlap_a - overlap_b),
            "latency_a": _latency(first, network, a),
            "latency_b": _latency(second, network, a),
            "path": _path(first, second, network),
            "activity_a": _late(first, "activity", network).mean("time").values,
            "activity_b": _late(second, "activity", network).mean("time").values,
        }
    )


def _late(recording: Recording, quantity: str, network: str, end: float | None = None) -> Any:
    """Return a quantity in the 50 ms before ``end``, by default the end of the trials."""
    values = recording.get(quantity, network)
    end = float(values.time[-1]) if end is None else end
    return values.sel(time=slice(end - WINDOW + 1e-6, end + 1e-6))


def _held(recording: Recording, network: str, ends: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the pattern that won when the cues ended and at the end of the trial, else -1."""
    cue_end = np.stack(
        [
            _late(recording, "match", network, end).isel(trial=row).mean("time").values
            for row, end in enumerate(ends)
        ]
    )
    last = recording.winner(network)
    return np.where(winner(cue_end) == last, last, NONE)


def _overlap(recording: Recording, network: str, which: NDArray[np.int64]) -> NDArray[np.float64]:
    overlap = _late(recording, "overlap", network).mean("time").values
    return np.where(which == NONE, np.nan, overlap[np.arange(len(which)), which])


def _latency(recording: Recording, network: str, which: NDArray[np.int64]) -> NDArray[np.float64]:
    match = recording.get("match", network).values[np.arange(len(which)), :, which]
    passed = match >= WINNING_MATCH
    found = passed.any(axis=1) & (which != NONE)
    return np.where(found, passed.argmax(axis=1).astype(float), np.nan)


def _path(first: Recording, second: Recording, network: str) -> NDArray[np.float64]:
    a, b = (winner(recording.get("match", network).values) for recording in (first, second))
    return np.asarray((a == b).mean(axis=1))


def _graphs(architectures: int | Sequence[Architecture]) -> list[Architecture]:
    if not isinstance(architectures, Sequence):
        count = checks.whole("conformance", "architectures", architectures)
        return [random_architecture(index) for index in range(count)]
    if not architectures:
        raise ParameterError("conformance: there is no architecture; give at least one.")
    return list(architectures)


def _seeds(seeds: int | Sequence[int]) -> list[int]:
    if not isinstance(seeds, Sequence):
        return list(range(checks.whole("conformance", "seeds", seeds)))
    if not seeds:
        raise ParameterError("conformance: there is no seed; give at least one.")
    return list(seeds)
