"""Wide conformance: engines agree on circuits of every kind, and a wrong one is found out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest

import attractors as at
from attractors.recording import Recording
from attractors.testing import WideReport, compare, wide_conformance
from attractors.testing.__main__ import main
from attractors.testing.varied import KINDS


def test_engines_agree_on_a_circuit_of_every_kind() -> None:
    report = wide_conformance(architectures=len(KINDS), trials=4)
    assert report.meets(), f"{report}\n{report.whole.disagreements.to_string()}"
    assert report.by_kind.loc[[*KINDS], "circuits"].tolist() == [1] * len(KINDS)
    assert report.by_kind.loc["all", "persistence"] >= 0.99
    assert report.by_kind.loc["all", "latency"] >= 0.99


@pytest.mark.slow
def test_engines_agree_on_a_hundred_and_ten_circuits() -> None:
    report = wide_conformance(architectures=110)
    assert report.meets(), f"{report}\n{report.whole.disagreements.to_string()}"
    assert (report.by_kind["same"] >= 0.97).all(), str(report)


@dataclass(frozen=True)
class Sluggish:
    """The rate engine, with every edge late by three steps: an engine that is wrong."""

    name: str = "sluggish"

    def compile(self, circuit: at.Circuit) -> Sluggish.Run:
        return Sluggish.Run(circuit)

    class Run:
        def __init__(self, circuit: at.Circuit) -> None:
            self.circuit = circuit

        def run(
            self, trials: Sequence[at.Trial], seed: int = 0, record: Collection[str] = ()
        ) -> Recording:
            late = [
                replace(t, cues=[replace(c, start=c.start + 30.0, stop=c.stop) for c in t.cues])
                for t in trials
            ]
            return at.simulate(self.circuit, late, seed=seed, record=record)


def test_an_engine_that_comes_late_shows_in_latency_and_path() -> None:
    report = wide_conformance("rate", Sluggish(), architectures=4, trials=6)
    assert report.by_kind.loc["all", "latency"] < 0.6
    assert report.by_kind.loc["all", "path"] < 0.95


@pytest.fixture(scope="module")
def reference() -> WideReport:
    """Two circuits of every kind on the reference alone."""
    return wide_conformance("rate", "rate", architectures=2 * len(KINDS), trials=6)


def test_an_engine_agrees_with_itself_and_little_is_left_out(reference) -> None:
    row = reference.by_kind.loc["all"]
    shares = row[["same", "same_noisy", "persistence", "latency", "path"]]
    assert (shares == 1.0).all()
    assert row["overlap"] == 0.0
    assert row["left_out"] < 0.25
    assert reference.meets()


def test_outcomes_are_of_every_kind(reference) -> None:
    shares = reference.whole.outcomes["rows"] / len(reference.table)
    assert shares["a pattern", "cued"] > 0.2
    assert shares["a pattern", "driven by edges"] > 0.1
    assert (reference.table["winner_a"] == -1).mean() > 0.05
    persists = (reference.table["held_a"] >= 0).mean()
    assert 0.3 < persists < 0.95, persists


def test_latency_is_the_first_step_in_which_the_winner_matches() -> None:
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("n", 40, at.KWinners(4), at.Willshaw())])
    )
    x = np.eye(3, 10, dtype=int).repeat(4, axis=1)
    circuit.store(n=x)
    starts = [0.0, 70.0]
    trials = [at.Trial(200.0, [at.Cue("n", x[0], start=start)]) for start in starts]
    table = compare(*[at.simulate(circuit, trials)] * 2, trials)
    assert table["latency_a"].tolist() == [0.0, 7.0]
    early = at.simulate(circuit, [trials[0]] * 2)
    assert compare(at.simulate(circuit, trials), early, trials)["path"].tolist() == [1.0, 0.65]


def test_the_command_prints_the_table_by_kind(capsys) -> None:
    assert main(["--wide", "--engine", "rate", "--architectures", "3", "--trials", "2"]) == 0
    printed = capsys.readouterr().out
    for kind in (*KINDS[:3], "all", "no noise", "persistence"):
        assert kind in printed
