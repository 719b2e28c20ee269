import numpy as np
import pytest

import attractors as at
from attractors.errors import ArchitectureError, ParameterError, UnknownNameError


def network(name, units=20, **more):
    return at.AttractorNetwork(name, units, at.KWinners(2), at.Willshaw(), **more)


def sign(name):
    return at.AttractorNetwork(name, 20, at.Sign(), at.Hebbian())


def nested():
    cortex = at.Architecture(
        [network("word"), network("image")],
        [at.Association("image", "word"), at.Association("image", "word", name="second")],
    )
    return at.Architecture(
        [network("context")],
        [at.Diversion("context", "cortex/word", mode="veto", delay=20.0)],
        parts={"cortex": cortex},
    )


def test_nested_networks_and_edges_have_qualified_names():
    brain = nested()
    assert list(brain.nodes) == ["context", "cortex/word", "cortex/image"]
    assert list(brain.links) == [
        "context-|cortex/word",
        "cortex/image->cortex/word",
        "cortex/second",
    ]
    assert brain.links["cortex/second"].target == "cortex/word"


def test_nesting_twice_prefixes_twice():
    outer = at.Architecture(parts={"left": nested()})
    assert "left/cortex/word" in outer.nodes
    assert outer.links["left/cortex/second"].source == "left/cortex/image"


def test_unknown_end_suggests_the_near_miss():
    with pytest.raises(UnknownNameError, match=r"no network .*'wrod'; did you mean 'word'"):
        at.Architecture([network("word")], [at.Association("word", "wrod")])


def test_duplicate_networks_are_refused():
    with pytest.raises(ArchitectureError, match="two networks are called 'word'; rename one"):
        at.Architecture([network("word"), network("word")])


def test_two_edges_between_the_same_ends_need_names():
    edges = [at.Association("a", "b"), at.Association("a", "b")]
    with pytest.raises(ArchitectureError, match="two edges are called 'a->b'; tell them apart"):
        at.Architecture([network("a"), network("b")], edges)
    at.Architecture(
        [network("a"), network("b")], [edges[0], at.Association("a", "b", name="other")]
    )


def test_negative_gain_and_delay_are_refused():
    with pytest.raises(ParameterError, match="gain is -0.5"):
        at.Association("a", "b", gain=-0.5)
    with pytest.raises(ParameterError, match="delay is -1"):
        at.Diversion("a", "b", delay=-1)


def test_diversion_into_sign_networks_is_refused():
    with pytest.raises(ArchitectureError, match="-y is an attractor as well"):
        at.Architecture([sign("a"), sign("b")], [at.Diversion("a", "b")])


def test_diversion_refuses_signed_rules_and_negative_weights():
    with pytest.raises(ArchitectureError, match="weights of at least 0"):
        at.Diversion("a", "b", at.Covariance())
    with pytest.raises(ArchitectureError, match="has negative weights"):
        at.Diversion("a", "b", at.Fixed([[-1.0]]))
    assert at.Diversion("a", "b", at.Fixed([[1.0]])).rule.weights[0, 0] == 1.0


def test_edges_join_like_with_like():
    with pytest.raises(ArchitectureError, match="ends store ±1 and 01"):
        at.Architecture([sign("a"), network("b")], [at.Association("a", "b")])


def test_fixed_edges_must_be_post_by_pre():
    ends = [network("a", 20), network("b", 30)]
    with pytest.raises(ArchitectureError, match=r"\(20, 30\) must be \[post, pre\] = \(30, 20\)"):
        at.Architecture(ends, [at.Association("a", "b", at.Fixed(np.ones((20, 30))))])


def test_an_architecture_without_networks_is_refused():
    with pytest.raises(ArchitectureError, match="no network"):
        at.Architecture([])


def test_default_rule_follows_the_patterns_of_the_ends():
    dense = at.Architecture([sign("a"), sign("b")], [at.Association("a", "b")])
    sparse = at.Architecture([network("a"), network("b")], [at.Association("a", "b")])
    assert dense.rule_of(dense.links["a->b"]) == at.Hebbian()
    assert sparse.rule_of(sparse.links["a->b"]) == at.Willshaw()


def test_summary_names_every_network_and_edge():
    text = str(nested())
    for name in (*nested().nodes, *nested().links):
        assert name in text
    assert "veto diversion" in text
    assert "delay 20 ms" in text


def test_json_round_trip_is_equal():
    weights = at.Fixed(np.arange(400.0).reshape(20, 20))
    brain = at.Architecture(
        [network("a", gain=0.5)], [at.Association("a", "a", weights)], {"inner": nested()}
    )
    assert at.Architecture.from_json(brain.to_json()) == brain


def test_json_of_unknown_type_suggests_and_runs_no_code():
    text = nested().to_json().replace('"KWinners"', '"KWinner"')
    with pytest.raises(UnknownNameError, match="did you mean 'KWinners'"):
        at.Architecture.from_json(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": 1, "architecture": 3}'])
def test_text_that_is_no_architecture_is_refused(text):
    with pytest.raises(ArchitectureError):
        at.Architecture.from_json(text)


def test_newer_schema_is_refused():
    with pytest.raises(ArchitectureError, match="schema 99"):
        at.Architecture.from_json(nested().to_json().replace('"schema": 1', '"schema": 99'))


def test_networkx_round_trip_is_equal():
    brain = at.Architecture(
        [network("a")], [at.Association("a", "inner/context")], {"inner": nested()}
    )
    assert at.Architecture.from_networkx(brain.to_networkx()) == brain


def test_networkx_nodes_must_carry_networks():
    graph = nested().to_networkx()
    graph.add_node("stray")
    with pytest.raises(ArchitectureError, match=r"Node 'stray' has network=None"):
        at.Architecture.from_networkx(graph)
