"""Two engines against each other, and the comparison against what would deceive it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
import xarray

import attractors as at
from attractors.architecture import Diversion
from attractors.errors import UnsupportedError
from attractors.measures import NONE
from attractors.recording import Recording
from attractors.testing import (
    check_engine,
    compare,
    conformance,
    random_architecture,
    random_circuit,
    random_trials,
)
from attractors.testing.__main__ import main

INDICES = range(20)


# --- the engines -----------------------------------------------------------------------------


def test_the_spiking_engine_agrees_with_the_rate_engine() -> None:
    report = conformance("rate", "spiking", architectures=6, seeds=1, trials=10)
    assert report.meets(), f"{report}\n{report.disagreements.to_string()}"
    assert report.persistence >= 0.99, str(report)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 100])
def test_the_spiking_engine_agrees_on_twenty_architectures_and_three_seeds(first: int) -> None:
    # the second twenty were never looked at while the engine was calibrated
    graphs = [random_architecture(first + index) for index in INDICES]
    report = conformance("rate", "spiking", architectures=graphs, seeds=3, trials=10)
    assert report.meets(), f"{report}\n{report.disagreements.to_string()}"
    assert report.persistence >= 0.99, str(report)


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_every_engine_keeps_the_laws_of_engines(engine: str) -> None:
    check_engine(engine)


# --- what the generator makes ------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference():
    """A third of the material of a full run, on the reference alone."""
    return conformance("rate", "rate", architectures=len(INDICES), seeds=1, trials=10)


def test_an_engine_agrees_with_itself_and_little_is_left_out(reference) -> None:
    assert reference.agreement == reference.persistence == reference.whole_trials == 1.0
    assert reference.overlap_difference == 0.0
    assert reference.left_out <= 0.10
    assert reference.meets()


def test_every_architecture_has_a_circuit_a_seed_and_its_trials(reference) -> None:
    trials = reference.table.groupby(["architecture", "seed"])["trial"].nunique()
    assert len(trials) == 20
    assert (trials == 10).all()


def test_outcomes_are_of_every_kind(reference) -> None:
    shares = reference.outcomes["rows"] / len(reference.table)
    assert shares["a pattern", "cued"] > 0.2
    assert shares["a pattern", "driven by edges"] > 0.2
    assert shares["none, silent"].sum() > 0.05
    assert (reference.table.groupby("architecture")["winner_a"].nunique() >= 3).all()


def test_diversions_decide_some_outcomes_and_lose_others() -> None:
    changed = []
    for index in INDICES:
        circuit = random_circuit(random_architecture(index), 0)
        edges = circuit.architecture.links
        diversions = [name for name, edge in edges.items() if isinstance(edge, Diversion)]
        trials = random_trials(circuit, 0, 10)
        cut = [replace(trial, lesions=diversions) for trial in trials]
        runs = [at.simulate(circuit, batch) for batch in (trials, cut)]
        for target in {edges[name].target for name in diversions}:
            changed += (runs[0].winner(target) != runs[1].winner(target)).tolist()
    assert 0.15 < np.mean(changed) < 0.85


@pytest.mark.parametrize("index", INDICES)
def test_architectures_are_what_the_docs_say(index: int) -> None:
    architecture = random_architecture(index)
    assert architecture == random_architecture(index)
    assert 2 <= len(architecture.nodes) <= 6
    for network in architecture.nodes.values():
        assert 100 <= network.units <= 400
        assert 5 <= network.dynamics.k <= min(20, network.units // 10)
    assert {edge.mode for edge in architecture.links.values() if isinstance(edge, Diversion)} <= {
        "subtractive",
        "veto",
    }
    assert all(0.5 <= edge.gain <= 2.0 for edge in architecture.links.values())


def test_twenty_architectures_cover_modes_rules_nesting_and_delays() -> None:
    graphs = [random_architecture(index) for index in INDICES]
    edges = [edge for graph in graphs for edge in graph.links.values()]
    networks = [network for graph in graphs for network in graph.nodes.values()]
    assert {len(graph.nodes) for graph in graphs} == {2, 3, 4, 5, 6}
    assert {e.mode for e in edges if isinstance(e, Diversion)} == {"subtractive", "veto"}
    assert {type(network.rule).__name__ for network in networks} == {"Willshaw", "Covariance"}
    assert 5 <= sum(bool(graph.parts) for graph in graphs) <= 15
    assert 0.2 < np.mean([edge.delay > 0 for edge in edges]) < 0.6
    ends = {(g, e.source, e.target) for g, graph in enumerate(graphs) for e in graph.links.values()}
    assert any((g, target, source) in ends for g, source, target in ends)


def test_material_depends_on_seed_and_architecture_alone() -> None:
    architecture = random_architecture(4)
    circuits = [random_circuit(architecture, seed) for seed in (0, 0, 1)]
    name = next(iter(architecture.nodes))
    assert np.array_equal(circuits[0].patterns(name), circuits[1].patterns(name))
    assert not np.array_equal(circuits[0].patterns(name), circuits[2].patterns(name))
    few, many = random_trials(circuits[0], 0, 2), random_trials(circuits[0], 0, 5)
    for trial, other in zip(few, many, strict=False):
        assert [cue.network for cue in trial.cues] == [cue.network for cue in other.cues]
        assert all(
            np.array_equal(cue.pattern, twin.pattern)
            for cue, twin in zip(trial.cues, other.cues, strict=True)
        )


def test_memories_are_within_capacity() -> None:
    for index in INDICES:
        circuit = random_circuit(random_architecture(index), 0)
        for name in circuit.architecture.nodes:
            stored = circuit.patterns(name)
            assert 3 <= len(stored) <= 12
            trials = at.Trial.batch(100.0, {name: stored}, stop=10.0, mode="clamped")
            alone = [replace(t, lesions=list(circuit.architecture.links)) for t in trials]
            assert at.simulate(circuit, alone).winner(name).tolist() == list(range(len(stored)))


def test_other_dynamics_are_refused_by_name() -> None:
    odd = at.Architecture([at.AttractorNetwork("odd", 10, at.Sign())])
    with pytest.raises(UnsupportedError, match="'odd'.*Sign.*use KWinners"):
        random_circuit(odd, 0)


# --- what the comparison does with it ------------------------------------------------------------


def recording(matches: np.ndarray) -> Recording:
    """A recording (trial, time, pattern) of one network, as an engine would leave it."""
    trials, steps, _ = matches.shape
    dims = ("trial", "time", "pattern_n")
    return Recording(
        xarray.Dataset(
            {
                "match_n": (dims, matches),
                "overlap_n": (dims, matches),
                "activity_n": (dims[:2], np.full((trials, steps), 0.1)),
            },
            coords={"time": 10.0 * np.arange(1, steps + 1), "network": ("network", ["n"])},
            attrs={"engine": "made up"},
        )
    )


def constant(*rows: Sequence[float]) -> np.ndarray:
    return np.repeat(np.array(rows, dtype=float)[:, None], 20, axis=1)


CUE = at.Trial(200.0, [at.Cue("n", [1.0, 0.0], stop=100.0)])


def test_the_margin_is_taken_on_the_reference_alone() -> None:
    clear, muddled = [0.9, 0.1], [0.55, 0.5]
    table = compare(
        recording(constant(clear, muddled)), recording(constant(muddled, clear)), [CUE] * 2
    )
    assert table["counted"].tolist() == [True, False]
    assert table["margin_a"].tolist() == pytest.approx([0.8, 0.05])
    assert table["margin_b"].tolist() == pytest.approx([0.05, 0.8])


def test_none_is_an_outcome_that_must_agree() -> None:
    states = constant([0.1, 0.2], [0.9, 0.1], [0.1, 0.0])
    other = constant([0.1, 0.2], [0.2, 0.1], [0.0, 0.9])
    table = compare(recording(states), recording(other), [CUE] * 3)
    assert table["winner_a"].tolist() == [NONE, 0, NONE]
    assert table["winner_b"].tolist() == [NONE, NONE, 1]
    assert table["same"].tolist() == [True, False, False]
    assert table["counted"].all()


def test_persistence_is_the_pattern_that_won_at_the_cues_end_and_still_does() -> None:
    stays = constant([0.9, 0.1])[0]
    fades, switches = stays.copy(), stays.copy()
    fades[10:] = 0.0
    switches[10:] = [0.1, 0.9]
    table = compare(
        recording(np.stack([stays, stays, stays])),
        recording(np.stack([stays, fades, switches])),
        [CUE] * 3,
    )
    assert table["held_a"].tolist() == [0, 0, 0]
    assert table["held_b"].tolist() == [0, NONE, NONE]


def test_overlaps_are_compared_for_the_references_winner() -> None:
    table = compare(
        recording(constant([0.9, 0.1], [0.2, 0.1])),
        recording(constant([0.2, 0.8], [0.7, 0.1])),
        [CUE] * 2,
    )
    assert table["overlap_difference"].tolist() == pytest.approx([0.7, np.nan], nan_ok=True)


@dataclass(frozen=True)
class Deaf:
    """The rate engine with every diversion cut: an engine that is wrong."""

    name: str = "deaf"

    def compile(self, circuit: at.Circuit) -> Deaf.Run:
        return Deaf.Run(circuit)

    class Run:
        def __init__(self, circuit: at.Circuit) -> None:
            self.circuit = circuit

        def run(
            self, trials: Sequence[at.Trial], seed: int = 0, record: Collection[str] = ()
        ) -> Recording:
            links = self.circuit.architecture.links.items()
            cut = [name for name, edge in links if isinstance(edge, Diversion)]
            lesioned = [replace(trial, lesions=cut) for trial in trials]
            return at.simulate(self.circuit, lesioned, seed=seed, record=record)


def test_an_engine_that_ignores_diversions_is_found_out() -> None:
    report = conformance("rate", Deaf(), architectures=3, seeds=1, trials=10)
    assert not report.meets()
    assert report.agreement < 0.95
    assert len(report.disagreements) == (~report.counted["same"]).sum() > 0


def test_architectures_of_your_own_are_compared() -> None:
    networks = [at.AttractorNetwork(name, 150, at.KWinners(8), at.Willshaw()) for name in "ab"]
    mine = at.Architecture(networks, [at.Association("a", "b")])
    report = conformance("rate", "rate", architectures=[mine], seeds=[7], trials=2)
    assert report.table["network"].tolist() == ["a", "a", "b", "b"]
    assert report.table["seed"].unique().tolist() == [7]


@pytest.mark.parametrize("wanted", ["architectures", "seeds", "trials"])
@pytest.mark.parametrize("value", [0, []])
def test_a_comparison_of_nothing_is_refused(wanted: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"conformance: .*{wanted.rstrip('s')}"):
        conformance("rate", "rate", **{wanted: value})


def test_the_report_states_shares_intervals_and_outcomes() -> None:
    report = conformance("rate", "rate", architectures=1, seeds=1, trials=3)
    text = str(report)
    assert "1 circuits, 3 trials" in text
    for line in ("same winner", "95 % interval", "left out", "persistence", "a pattern"):
        assert line in text


def test_the_command_prints_the_report_and_writes_the_table(tmp_path, capsys) -> None:
    file = tmp_path / "table.csv"
    arguments = ["--engine", "rate", "--architectures", "1", "--seeds", "1", "--csv", str(file)]
    assert main(arguments) == 0
    assert "rate against rate" in capsys.readouterr().out
    assert file.read_text().startswith("architecture,seed,trial,network,cued,winner_a,winner_b")
