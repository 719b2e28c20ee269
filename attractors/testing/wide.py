"""Wide conformance: two engines on many kinds of loaded, noisy circuits, told kind by kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from attractors import checks
from attractors.measures import MARGIN, interval
from attractors.simulation import Engine, simulate
from attractors.testing.conformance import QUANTITIES, ConformanceReport, Progress, compare
from attractors.testing.varied import kind_of, varied_circuit, varied_trials

OVERALL, QUIET = 0.95, 0.99


@dataclass(frozen=True)
class WideReport:
    """Outcome of :func:`wide_conformance` and of :func:`preset_conformance`.

    Attributes
    ----------
    table : pandas.DataFrame
        A row a trial and network, as that of :class:`ConformanceReport`, with the ``kind`` of
        circuit and whether the trial is ``noisy``.
    engines : (str, str)
        Names of the reference and of the engine under test.
    """

    table: pd.DataFrame
    engines: tuple[str, str]

    @property
    def whole(self) -> ConformanceReport:
        """All kinds together."""
        return ConformanceReport(self.table, self.engines)

    @property
    def quiet(self) -> ConformanceReport:
        """The trials without noise."""
        return ConformanceReport(self.table[~self.table["noisy"]], self.engines)

    @property
    def noisy(self) -> ConformanceReport:
        """The trials with noise."""
        return ConformanceReport(self.table[self.table["noisy"]], self.engines)

    @property
    def by_kind(self) -> pd.DataFrame:
        """One row a kind of circuit, and one for all of them.

        Columns: number of ``circuits`` and ``outcomes``; share ``left_out`` for its margin on the
        reference; share of the ``same`` winner without and ``same_noisy`` with noise;
        ``overlap``, by which the overlaps of agreeing winners differ at most in 95 %;
        share that agrees on what outlasts the cue, ``persistence``; share whose match passes 0.5
        in the same step, ``latency``, and in which step on average, ``steps``; share of all steps
        in which the same pattern wins on both, ``path``.
        """
        kinds = self.table.groupby("kind", sort=False)
        rows = {kind: _row(part, self.engines) for kind, part in kinds}
        return pd.DataFrame({**rows, "all": _row(self.table, self.engines)}).T.astype(
            {"circuits": int, "outcomes": int}
        )

    def meets(self, overall: float = OVERALL, quiet: float = QUIET) -> bool:
        """Tell whether enough winners agree, over all trials and in those without noise."""
        return self.whole.agreement >= overall and self.quiet.agreement >= quiet

    def __str__(self) -> str:
        """Return the table by kind and the shares over all, with 95 % intervals."""
        lines = [f"{self.engines[1]} against {self.engines[0]}, margin {MARGIN} on the reference"]
        for name, part in (("all", self.whole), ("no noise", self.quiet), ("noise", self.noisy)):
            if len(part.counted):
                same, count = int(part.counted["same"].sum()), len(part.counted)
                low, high = interval(same, count)
                lines.append(
                    f"  {name:8s} same winner {same} of {count}, {same / count:.2%}, 95 % interval "
                    f"{low:.2%} to {high:.2%}"
                )
        return "\n".join([*lines, self.by_kind.to_string(float_format="{:.4f}".format)])


def wide_conformance(
    engine_a: str | Engine = "rate",
    engine_b: str | Engine = "spiking",
    *,
    architectures: int = 100,
    first: int = 0,
    seed: int = 0,
    trials: int = 10,
    progress: Progress | None = None,
) -> WideReport:
    """Run architectures of all kinds on two engines and compare who won, when and for how long.

    Parameters
    ----------
    engine_a, engine_b : str or engine
        The reference, and the engine under test.
    architectures : int
        How many; kinds take turns.
    first : int
        Number of the first.
    seed : int
        Of patterns, pairs, cues and noise.
    trials : int
        Trials a circuit, every second one noisy.
    progress : callable, optional
        Called with the number of circuits done and their total.
    """
    checks.whole("wide_conformance", "architectures", architectures)
    checks.whole("wide_conformance", "first", first, low=0)
    checks.whole("wide_conformance", "trials", trials)
    tables, names = [], ("", "")
    for index in range(first, first + architectures):
        circuit = varied_circuit(index, seed)
        batch = varied_trials(circuit, index, seed, trials)
        one, other = (
            simulate(circuit, batch, engine, seed=seed, record=QUANTITIES)
            for engine in (engine_a, engine_b)
        )
        names = one.engine, other.engine
        rows = compare(one, other, batch)
        noisy = np.array([bool(trial.noise) for trial in batch])[rows["trial"]]
        labels = {"kind": kind_of(index), "architecture": index, "seed": seed, "noisy": noisy}
        tables.append(rows.assign(**labels))
        if progress is not None:
            progress(len(tables), architectures)
    return WideReport(pd.concat(tables, ignore_index=True), names)


def _row(table: pd.DataFrame, engines: tuple[str, str]) -> dict[str, float]:
    """Return one row of :attr:`WideReport.by_kind`."""
    report = ConformanceReport(table, engines)
    rows = report.counted
    passed = rows[rows["latency_a"].notna()]
    return {
        "circuits": table.groupby(["architecture", "seed"]).ngroups,
        "outcomes": len(table),
        "left_out": report.left_out,
        "same": float(rows.loc[~rows["noisy"], "same"].mean()),
        "same_noisy": float(rows.loc[rows["noisy"], "same"].mean()),
        "overlap": report.overlap_difference,
        "persistence": report.persistence,
        "latency": float((passed["latency_a"] == passed["latency_b"]).mean()),
        "steps": float(passed["latency_a"].mean()),
        "path": float(rows["path"].mean()),
    }
