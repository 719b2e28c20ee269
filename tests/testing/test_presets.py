"""Free-running presets beside the rate engine: the material, and where they agree."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy import stats

import attractors as at
from attractors.errors import UnknownNameError
from attractors.testing import (
    preset_architecture,
    preset_circuit,
    preset_conformance,
    preset_trials,
)
from attractors.testing.__main__ import main
from attractors.testing.load import measured_capacity
from attractors.testing.preset_conformance import preset_engine
from attractors.testing.presets import LEAST, MODES, MOST, PRESET_KINDS, PRESETS, preset_kind

GRAPHS = [preset_architecture(index) for index in range(60)]


def test_kinds_take_turns_and_differ_in_what_their_name_says() -> None:
    assert Counter(map(preset_kind, range(60))) == dict.fromkeys(PRESET_KINDS, 12)
    for index, graph in enumerate(GRAPHS):
        kind = preset_kind(index)
        modes = [edge.mode for edge in graph.links.values() if isinstance(edge, at.Diversion)]
        assert modes == ([kind] if kind in MODES else [])
        associations = len(graph.links) - len(modes)
        if kind == "association":
            assert associations == len(graph.nodes) - 1 in (1, 2)
        else:
            assert associations in ((0,) if kind == "recall" else (0, 1))
    assert preset_architecture(7) == GRAPHS[7]


def test_conductances_get_no_rule_with_negative_weights() -> None:
    graphs = [preset_architecture(index, signed=False) for index in range(20)]
    rules = [network.rule for graph in graphs for network in graph.nodes.values()]
    rules += [edge.rule for graph in graphs for edge in graph.links.values()]
    assert not any(rule is not None and rule.signed for rule in rules)
    assert {type(n.rule).__name__ for g in GRAPHS for n in g.nodes.values()} == {
        "Willshaw",
        "Covariance",
    }


def test_circuits_stand_side_by_side_as_each_would_alone() -> None:
    both, one = preset_circuit([3, 6], 0), preset_circuit([6], 0)
    for name in one.architecture.nodes:
        np.testing.assert_array_equal(both.patterns(name), one.patterns(name))
        network = one.architecture.nodes[name]
        alone = at.AttractorNetwork("memory", network.units, network.dynamics, network.rule)
        held = measured_capacity(alone)
        assert max(int(LEAST * held), 3) <= len(one.patterns(name)) <= max(MOST * held, 3)
    wide, narrow = preset_trials(both, 0, 2)[1], preset_trials(one, 0, 2)[1]
    assert set(narrow.noise) <= set(wide.noise)
    assert [c.start for c in narrow.cues] == [c.start for c in wide.cues if "c6" in c.network]


@pytest.fixture(scope="module")
def reference():
    """Three circuits of every kind on the reference alone."""
    return preset_conformance(at.RateEngine(), architectures=15, trials=4)


def test_an_engine_agrees_with_itself_in_every_kind(reference) -> None:
    assert list(reference.by_kind.index) == [*PRESET_KINDS, "all"]
    assert (reference.by_kind[["same", "same_noisy"]] == 1.0).all(axis=None)
    assert reference.by_kind["circuits"].tolist() == [3] * 5 + [15]
    assert reference.table["noisy"].mean() == 0.5


def test_most_of_the_outcomes_are_memories(reference) -> None:
    assert (reference.table["winner_a"] >= 0).mean() > 0.6


def test_free_units_agree_with_the_reference_beyond_chance() -> None:
    """Of at least three patterns and none, a guess finds the reference's outcome in a quarter."""
    report = preset_conformance("current-lif", architectures=10, trials=4)
    counted = report.whole.counted
    for noisy in (False, True):
        same = counted.loc[counted["noisy"] == noisy, "same"]
        chance = stats.binomtest(int(same.sum()), len(same), 0.25, "greater").pvalue
        assert chance < 1e-3, f"noisy {noisy}: {same.sum()} of {len(same)}"


# what was measured, less a tenth: the documentation has the numbers, and why they are not more
FLOOR = {"current-lif": 0.85, "conductance": 0.62, "adex": 0.45}


@pytest.mark.slow
@pytest.mark.parametrize("neurons", PRESETS)
def test_memories_without_noise_are_recalled_as_often_as_documented(neurons) -> None:
    """Over 30 circuits of each kind."""
    report = preset_conformance(neurons)
    assert report.by_kind.loc[["recall", "association"], "same"].min() >= FLOOR[neurons], str(
        report
    )


def test_units_with_conductances_are_told_by_the_engine() -> None:
    engine = preset_engine("conductance", target="numpy")
    report = preset_conformance(engine, architectures=1, trials=2)
    assert report.engines[1] == "spiking"


def test_the_command_prints_a_preset_by_kind(capsys) -> None:
    arguments = ["--neurons", "conductance", "--architectures", "5", "--trials", "2"]
    assert main(arguments) in (0, 1)
    printed = capsys.readouterr().out
    assert "spiking against rate" in printed
    for kind in (*PRESET_KINDS, "all", "no noise"):
        assert kind in printed


def test_presets_are_found_by_name_and_others_refused() -> None:
    assert {name: preset_engine(name).neurons for name in PRESETS} == PRESETS
    with pytest.raises(UnknownNameError, match="conductance"):
        preset_engine("cable")
