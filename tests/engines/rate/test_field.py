"""What reaches a unit: gain 1 for every rule, and the formula of the edge modes by hand."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.rate.field import PATIENCE, Columns, Operator
from attractors.patterns import random_signs, random_sparse
from attractors.rules import RULES
from attractors.seeding import stream

# Sums and maxima of outer products; the law of gain 1 for every other rule is in check_rule.
LEARNING = ["Covariance", "Hebbian", "Willshaw"]
PRE, POST, K, L = 400, 300, 20, 12


def patterns_for(rule: at.Rule, count: int) -> tuple[np.ndarray, np.ndarray]:
    rng = stream(0, "gain")
    if rule.values == "±1":
        return random_signs(count, PRE, rng), random_signs(count, POST, rng)
    return random_sparse(count, PRE, K, rng), random_sparse(count, POST, L, rng)


def edge_circuit(rule: at.Rule, gain: float, count: int) -> at.Circuit:
    ends = [("a", PRE, K), ("b", POST, L)]
    networks = [
        at.AttractorNetwork(n, units, at.Sign() if rule.values == "±1" else at.KWinners(k))
        for n, units, k in ends
    ]
    circuit = at.Circuit(at.Architecture(networks, [at.Association("a", "b", rule, gain=gain)]))
    x, y = patterns_for(rule, count)
    circuit.store(a=x, b=y)
    return circuit


def separation(field: np.ndarray, pattern: np.ndarray) -> float:
    return float(field[pattern > 0].mean() - field[pattern <= 0].mean())


@pytest.mark.parametrize("gain", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("name", LEARNING)
def test_a_pure_source_pattern_separates_by_the_gain_times_the_difference_of_values(
    name: str, gain: float
) -> None:
    rule = RULES[name]()
    circuit = edge_circuit(rule, gain, count=1)
    x, y = circuit.patterns("a"), circuit.patterns("b")
    (link,) = circuit.links
    found = separation(Operator(link).drive(x.astype(np.float32))[0], y[0])
    wanted = gain * (2.0 if rule.values == "±1" else 1.0)
    assert found == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("name", LEARNING)
def test_gain_1_holds_on_average_among_other_patterns(name: str) -> None:
    rule = RULES[name]()
    circuit = edge_circuit(rule, 1.0, count=8)
    x, y = circuit.patterns("a"), circuit.patterns("b")
    (link,) = circuit.links
    fields = Operator(link).drive(x.astype(np.float32))
    found = np.mean([separation(field, row) for field, row in zip(fields, y, strict=True)])
    wanted = 2.0 if rule.values == "±1" else 1.0
    # Crosstalk of 7 others into the mean over 12 active (or 150) units: below 0.1 for all rules;
    # Willshaw's is never negative for inactive units and so lowers the separation.
    assert abs(found - wanted) < 0.1, f"{name}: {found:.3f}"


@pytest.mark.parametrize("name", LEARNING)
def test_a_recurrence_of_gain_1_lacks_only_the_coupling_of_a_unit_to_itself(name: str) -> None:
    rule = RULES[name]()
    dynamics = at.Sign() if rule.values == "±1" else at.KWinners(K)
    network = at.AttractorNetwork("a", PRE, dynamics, rule)
    circuit = at.Circuit(at.Architecture([network]))
    x = patterns_for(rule, 1)[0]
    circuit.store(a=x)
    (link,) = circuit.links
    found = separation(Operator(link).drive(x.astype(np.float32))[0], x[0])
    a = K / PRE
    # A unit's own term in the sum: s_j W_jj of an active minus that of an inactive unit.
    own = {
        "Hebbian": 2.0 / PRE,
        "Covariance": (1 - a) ** 2 / (PRE * a * (1 - a)),
        "Willshaw": 1 / K,
    }
    whole = 2.0 if rule.values == "±1" else 1.0
    assert found == pytest.approx(whole - own[name], rel=1e-6)


def fixed(source: str, weights: list[list[float]], **more: object) -> at.Association:
    return at.Association(source, "target", at.Fixed(weights), **more)


def diversion(
    source: str, weights: list[list[float]], mode: str, gain: float = 1.0
) -> at.Diversion:
    return at.Diversion(source, "target", at.Fixed(weights), gain=gain, mode=mode)


def test_associations_cues_and_gains_add_up(field_of) -> None:
    edges = [fixed("a", [[1, 2], [0, -1]], gain=0.5), fixed("b", [[3], [4]], gain=2.0)]
    field = field_of(2, edges, {"a": [1, 1], "b": [1]}, cue=[0.25, -1.0])
    assert field == pytest.approx([0.5 * 3 + 2 * 3 + 0.25, -0.5 + 8 - 1], abs=1e-5)


def test_subtractive_diversions_are_taken_off(field_of) -> None:
    edges = [fixed("a", [[2], [1]]), diversion("b", [[1, 0], [0, 3]], "subtractive", 0.5)]
    field = field_of(2, edges, {"a": [1], "b": [1, 1]})
    assert field == pytest.approx([2 - 0.5, 1 - 1.5], abs=1e-5)


def test_divisive_diversions_divide_excitation_and_never_inhibition(field_of) -> None:
    edges = [fixed("a", [[2], [-1]]), diversion("b", [[3], [3]], "divisive", 0.5)]
    field = field_of(2, edges, {"a": [1], "b": [1]})
    assert field == pytest.approx([2 / 2.5, -1.0], abs=1e-5)


def test_divisive_comes_before_subtractive(field_of) -> None:
    edges = [
        diversion("c", [[1]], "subtractive", 0.5),
        diversion("b", [[1]], "divisive"),
        fixed("a", [[3]]),
    ]
    field = field_of(1, edges, {"a": [1], "b": [1], "c": [1]})
    assert field == pytest.approx([3 / 2 - 0.5], abs=1e-5)


def test_two_divisive_diversions_add_before_they_divide(field_of) -> None:
    edges = [
        fixed("a", [[6]]),
        diversion("b", [[1]], "divisive"),
        diversion("c", [[1]], "divisive"),
    ]
    field = field_of(1, edges, {"a": [1], "b": [1], "c": [1]})
    assert field == pytest.approx([6 / 3], abs=1e-5)


def test_veto_switches_off_from_one_half_on(field_of) -> None:
    weights = [[0.49], [0.5], [0.51]]
    field = field_of(
        3, [fixed("a", [[5]] * 3), diversion("b", weights, "veto")], {"a": [1], "b": [1]}
    )
    assert field == pytest.approx([5, -10, -10], abs=1e-5)


def test_vetoes_of_two_edges_add_up(field_of) -> None:
    edges = [diversion("b", [[0.3]], "veto"), diversion("c", [[0.3]], "veto"), fixed("a", [[5]])]
    assert field_of(1, edges, {"a": [1], "b": [1], "c": [1]}) == pytest.approx([-10], abs=1e-5)
    assert field_of(1, edges, {"a": [1], "b": [1], "c": [0]}) == pytest.approx([5], abs=1e-5)


def test_a_willshaw_veto_of_gain_1_needs_half_the_source_pattern() -> None:
    networks = [
        at.AttractorNetwork("a", 8, at.KWinners(4)),
        at.AttractorNetwork("b", 2, at.KWinners(1)),
    ]
    circuit = at.Circuit(at.Architecture(networks, [at.Diversion("a", "b", mode="veto")]))
    whole = [1, 1, 1, 1, 0, 0, 0, 0]
    circuit.store(a=[whole])
    circuit.divert("a", "b", [whole], [[1, 0]])
    parts = np.array([whole, np.arange(8) < 2, np.arange(8) < 1], dtype=int)
    cues = {"a": parts, "b": [[1.0, 0.5]] * 3}
    run = at.simulate(circuit, at.Trial.batch(50.0, cues), record="state")
    assert run.get("state", "b").values[:, -1].tolist() == [[0, 1], [0, 1], [1, 0]]


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16, np.bool_])
def test_columns_are_the_same_before_and_after_they_are_all_made(kind: type) -> None:
    weights = np.arange(12).reshape(3, 4).astype(kind)
    expected = np.multiply(weights.T, 0.1, dtype=np.float64)
    columns = Columns(weights, 0.1)
    # each of them is read more often than waiting for all of them pays
    for _ in range(int(PATIENCE) + 3):
        for unit in range(4):
            np.testing.assert_array_equal(columns[unit], expected[unit])
        np.testing.assert_array_equal(columns[np.array([2, 0, 2])], expected[[2, 0, 2]])
        assert columns[np.array([1])].flags.c_contiguous
