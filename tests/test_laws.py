"""Laws written once, run over every entry of the tables."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attractors as at
from attractors import measures
from attractors.dynamics import DYNAMICS, ORDERS, RESPONSES
from attractors.kernels import k_winners
from attractors.patterns import random_signs, random_sparse
from attractors.rules import RULES
from attractors.rules.tally import Tally
from attractors.seeding import stream
from attractors.synapses import FORMS
from attractors.testing import (
    check_dynamics,
    check_encoder,
    check_form,
    check_recall,
    check_rule,
    random_architecture,
)
from attractors.testing.dynamics import is_memory

# What an entry of a table needs to be made; whatever is not named takes its defaults.
RULE_ARGUMENTS: dict[str, dict[str, object]] = {
    "Fixed": {"weights": np.ones((60, 40))},
    # one pattern of sixty units is too little evidence for less eager synapses
    "AmitFusi": {"potentiation": 0.95, "depression": 0.95, "activity": 0.1},
    "HardLocations": {"locations": 2000, "radius": 20},
    "Slots": {"normalise": True},
    "Pruned": {"rule": at.Quantised(at.Storkey(), bits=4)},
}
DYNAMICS_ARGUMENTS: dict[str, list[dict[str, object]]] = {
    "Sign": [{"order": order, "temperature": t} for order in ORDERS for t in (0.0, 0.4)],
    "Threshold": [{"order": order, "temperature": t} for order in ORDERS for t in (0.0, 0.2)],
    "KWinners": [{"k": 6}, {"k": 6, "threshold": None}, {"k": 6, "temperature": 0.2}],
    "Blocks": [
        {"blocks": 6},
        {"blocks": 6, "threshold": None},
        {"blocks": 6, "winners": "all", "count": "max"},
        {"blocks": 6, "temperature": 0.2},
        {"blocks": 6, "adaptation": at.Adaptation(0.3)},
    ],
    "Rate": [
        {},
        {"response": "relu", "slope": 2.0},
        {"response": "tanh", "threshold": 0.0},
        {"adaptation": at.Adaptation(0.1), "depression": at.Depression(0.01, 50.0)},
    ],
    "Softmax": [{}, {"beta": 8.0}],
    "Power": [{}, {"n": 2.0}, {"n": 10}],
}
ENCODERS: list[dict[str, object]] = [
    {"projection": projection, "activity": activity}
    for projection in ("gaussian", "sparse")
    for activity in (0.02, 0.1)
]


def made(name: str) -> at.Rule:
    return RULES[name](**RULE_ARGUMENTS.get(name, {}))


def called(kind: type, arguments: dict[str, object]) -> str:
    return f"{kind.__name__}({', '.join(f'{k}={v}' for k, v in arguments.items())})"


ALL_DYNAMICS = [
    pytest.param(kind(**arguments), id=called(kind, arguments))
    for name, kind in DYNAMICS.items()
    for arguments in DYNAMICS_ARGUMENTS.get(name, [{}])
]
LEARNING = [name for name in RULES if made(name).values is not None]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("name", RULES)
def test_every_rule_keeps_the_laws(name: str, seed: int) -> None:
    check_rule(made(name), seed)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("dynamics", ALL_DYNAMICS)
def test_every_dynamics_keeps_the_laws(dynamics: at.Dynamics, seed: int) -> None:
    check_dynamics(dynamics, seed)


@pytest.mark.parametrize("rule", LEARNING)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_what_a_full_matrix_holds(form: str, rule: str) -> None:
    refusal = FORMS[form].refusal(made(rule))
    if refusal is not None:
        pytest.skip(f"a form may refuse a rule: {refusal}")
    check_form(FORMS[form], made(rule))


def go_together(rule: at.Rule, dynamics: at.Dynamics) -> bool:
    """Tell whether one pattern that the rule stores is to be an attractor of the dynamics."""
    if rule.sequential or rule.values not in ("any", dynamics.values):
        return False
    if rule.dual:
        # units that take turns, or leave out those of their block, need weights from unit to unit
        return dynamics.order == "synchronous" and not isinstance(dynamics, at.Blocks)
    if isinstance(rule, Tally):
        # what is likely is told by comparison alone, and the best of log odds may be negative
        unlimited = getattr(dynamics, "threshold", None) is None
        return dynamics.activity(60) is not None and (unlimited or not isinstance(rule, at.BCPNN))
    return True


@pytest.mark.parametrize(
    ("rule", "dynamics"),
    [
        pytest.param(rule, parameter.values[0], id=f"{rule}-{parameter.id}")
        for rule, parameter in itertools.product(LEARNING, ALL_DYNAMICS)
        if is_memory(parameter.values[0])
        and not parameter.values[0].temperature
        and go_together(made(rule), parameter.values[0])
    ],
)
def test_every_pair_of_rule_and_dynamics_recalls_one_stored_pattern(
    rule: str, dynamics: at.Dynamics
) -> None:
    # Threshold and Rate prescribe no activity, which this rule then has to be told
    check_recall(at.Covariance(0.1) if rule == "Covariance" else made(rule), dynamics)


@pytest.mark.parametrize("arguments", ENCODERS, ids=str)
def test_every_encoder_keeps_the_laws(arguments: dict[str, object]) -> None:
    inputs = stream(0, "inputs").random((30, 40))
    check_encoder(at.Expansion(400, random_state=0, **arguments), inputs)


# EnergyDifference is for recurrent memories alone
@pytest.mark.parametrize(
    "rule",
    [name for name in LEARNING if made(name).order_free and name != "EnergyDifference"],
)
def test_circuits_that_store_twice_equal_those_that_store_at_once(rule: str) -> None:
    dynamics = at.Sign() if made(rule).values == "±1" else at.KWinners(8)
    draw = random_signs if made(rule).values == "±1" else _winners
    x, y = draw(9, 100, stream(0, "x")), draw(9, 80, stream(0, "y"))

    def stored(*parts: slice) -> at.Circuit:
        networks = [
            at.AttractorNetwork("a", 100, dynamics, made(rule)),
            at.AttractorNetwork("b", 80, dynamics, made(rule)),
        ]
        edges = [at.Association("a", "b", made(rule))]
        circuit = at.Circuit(at.Architecture(networks, edges))
        for part in parts:
            circuit.store(a=x[part], b=y[part])
        return circuit

    once = stored(slice(None))
    for parts in [(slice(4), slice(4, None)), (slice(4, None), slice(4))]:
        for link, other in zip(once.links, stored(*parts).links, strict=True):
            assert link.factor == other.factor
            states = stream(0, "s").normal(size=(3, link.synapses.shape[1]))
            fields = [synapses.field(states) for synapses in (link.synapses, other.synapses)]
            assert np.abs(fields[0] - fields[1]).max() <= 1e-9 * np.abs(fields[0]).max()


def _winners(count: int, units: int, rng: np.random.Generator) -> np.ndarray:
    return random_sparse(count, units, 8, rng)


# --- sparseness and order parameters -------------------------------------------------------


@given(st.integers(2, 60), st.data())
def test_k_winners_has_exactly_k_without_a_threshold_and_at_most_k_with(units: int, data) -> None:
    k = data.draw(st.integers(1, units))
    # small integers, so that ties are common
    row = st.lists(st.integers(-2, 3), min_size=units, max_size=units)
    field = np.array([data.draw(row)], dtype=float)
    exact, _ = k_winners(field, k, None)
    most, _ = k_winners(field, k, 0.0)
    assert exact.sum() == k
    assert most.sum() == min(k, (field > 0).sum())
    assert field[exact].min() >= field[~exact].max(initial=-np.inf)


@given(st.integers(0, 1000), st.integers(1, 6), st.sampled_from(["01", "±1"]))
def test_overlap_and_match_are_one_for_the_pattern_itself_and_bounded(
    seed: int, count: int, values: str
) -> None:
    rng = stream(seed, "bounds")
    draw = random_signs if values == "±1" else _winners
    patterns, states = draw(count, 50, rng), draw(7, 50, rng)
    activity = 0.0 if values == "±1" else 8 / 50
    match, overlap = measures.match(states, patterns), measures.overlap(states, patterns, activity)
    assert np.abs(match).max() <= 1 + 1e-6
    # of one activity, states and patterns have no larger product than a pattern with itself
    assert np.abs(overlap).max() <= 1 + 1e-6
    own = measures.overlap(patterns, patterns, activity).diagonal()
    assert own == pytest.approx(np.ones(count), abs=1e-6)
    varied = patterns.std(axis=1) > 0
    assert measures.match(patterns, patterns).diagonal() == pytest.approx(varied * 1.0, abs=1e-6)
    assert not measures.match(np.zeros((1, 50)), patterns).any()
    assert not measures.match(np.ones((1, 50)), patterns).any()


@given(st.integers(0, 1000))
def test_match_and_overlap_do_not_depend_on_the_names_of_units(seed: int) -> None:
    rng = stream(seed, "names")
    patterns, states, order = _winners(4, 40, rng), rng.random((3, 40)), rng.permutation(40)
    for measure in (measures.match, lambda s, p: measures.overlap(s, p, 0.2)):
        moved = measure(states[:, order], patterns[:, order])
        assert moved == pytest.approx(measure(states, patterns), abs=1e-5)


# --- round trips ---------------------------------------------------------------------------

NAMES = st.sampled_from(["image", "word", "context", "n-1", "ä", "x_y"])
GAINS = st.floats(0, 4).map(lambda gain: round(gain, 3))
RULE_OF = {
    "01": st.sampled_from([at.Willshaw(), at.Covariance(), at.Covariance(0.2)]),
    "±1": st.just(at.Hebbian()),
    "real": st.none(),
}


@st.composite
def any_dynamics(draw: Callable) -> at.Dynamics:
    order, heat = draw(st.sampled_from(ORDERS)), draw(st.sampled_from([0.0, 0.25]))
    return draw(
        st.sampled_from(
            [
                at.Sign(heat, order),
                at.Threshold(0.4, heat, order),
                at.KWinners(3, temperature=heat),
                at.KWinners(2, threshold=None),
                at.KWinners(2, adaptation=at.Adaptation(0.5)),
                at.Blocks(2, "all", "max"),
                at.Rate(15.0, draw(st.sampled_from(RESPONSES))),
                at.Rate(adaptation=at.Adaptation(0.5, 90.0), depression=at.Depression(0.2)),
                *(at.Softmax(4.0), at.Power(5), at.Exponential(), at.Sparsemax(), at.Linear()),
            ]
        )
    )


@st.composite
def any_network(draw: Callable, name: str) -> at.AttractorNetwork:
    dynamics, units = draw(any_dynamics()), 2 * draw(st.integers(2, 15))
    weights = np.arange(units * units).reshape(units, units) / 7
    rule = draw(st.one_of(st.none(), st.just(at.Fixed(weights)), RULE_OF[dynamics.values]))
    return at.AttractorNetwork(name, units, dynamics, rule, draw(GAINS))


@st.composite
def any_edge(draw: Callable, nodes: dict[str, at.AttractorNetwork], number: int) -> object:
    source, target = draw(st.sampled_from(sorted(nodes))), draw(st.sampled_from(sorted(nodes)))
    values = {nodes[source].values, nodes[target].values}
    weights = at.Fixed(np.full((nodes[target].units, nodes[source].units), 0.3))
    like = len(values) == 1 and values != {"real"}
    rule = draw(st.one_of(st.just(weights), *([st.none(), RULE_OF[min(values)]] if like else [])))
    more = {"gain": draw(GAINS), "delay": draw(st.sampled_from([0.0, 20.0])), "name": f"e{number}"}
    if nodes[target].values == "01" and not (rule or at.Willshaw()).signed and draw(st.booleans()):
        mode = draw(st.sampled_from(["subtractive", "divisive", "veto"]))
        return at.Diversion(source, target, rule, mode=mode, **more)
    return at.Association(source, target, rule, **more)


@st.composite
def any_architecture(draw: Callable, depth: int = 2) -> at.Architecture:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    networks = [draw(any_network(name)) for name in names]
    parts = {}
    if depth:
        for name in draw(st.lists(st.sampled_from(["left", "right"]), max_size=2, unique=True)):
            parts[name] = draw(any_architecture(depth - 1))
    nodes = at.Architecture(networks, (), parts).nodes
    edges = [draw(any_edge(nodes, number)) for number in range(draw(st.integers(0, 4)))]
    return at.Architecture(networks, edges, parts)


@settings(max_examples=60)
@given(any_architecture())
def test_json_brings_back_the_architecture(architecture: at.Architecture) -> None:
    text = architecture.to_json()
    again = at.Architecture.from_json(text)
    assert again == architecture
    assert again.to_json() == text


@settings(max_examples=60)
@given(any_architecture())
def test_networkx_brings_back_the_networks_and_edges(architecture: at.Architecture) -> None:
    graph = architecture.to_networkx()
    assert set(graph.nodes) == set(architecture.nodes)
    assert {key for *_, key in graph.edges(keys=True)} == set(architecture.links)
    again = at.Architecture.from_networkx(graph)
    assert again.nodes == architecture.nodes
    assert again.links == architecture.links


@pytest.mark.parametrize("index", range(20))
def test_random_architectures_survive_both_round_trips(index: int) -> None:
    architecture = random_architecture(index)
    assert at.Architecture.from_json(architecture.to_json()) == architecture
    assert at.Architecture.from_networkx(architecture.to_networkx()).links == architecture.links
