import numpy as np
import pytest
from scipy import sparse

import attractors as at
from attractors.errors import (
    ArchitectureError,
    ParameterError,
    PatternError,
    UnknownNameError,
    UnsupportedError,
)
from attractors.patterns import random_sparse
from attractors.seeding import stream


def network(name, units=40, k=4, threshold=0.0, rule=None):
    return at.AttractorNetwork(name, units, at.KWinners(k, threshold), rule or at.Willshaw())


def pair(**options):
    return at.Circuit(
        at.Architecture(
            [network("a"), network("b")],
            [at.Association("a", "b"), at.Diversion("a", "b")],
        ),
        **options,
    )


def patterns(count=3, name="p"):
    return random_sparse(count, 40, 4, stream(1, name))


def weights(circuit):
    return {link.name: link.synapses.triples() for link in circuit.links}


def test_store_trains_memories_and_associations_but_no_diversion():
    circuit = pair()
    circuit.store(a=patterns(), b=patterns(name="q"))
    trained = {link.name: link.synapses.count > 0 for link in circuit.links}
    assert trained == {"a": True, "b": True, "a->b": True, "a-|b": False}


def test_store_takes_qualified_names_in_a_mapping():
    nested = at.Architecture(parts={"cortex": at.Architecture([network("a")])})
    ids = at.Circuit(nested).store({"cortex/a": patterns()})
    assert ids["cortex/a"].tolist() == [0, 1, 2]


def test_recurrent_weights_have_no_self_coupling():
    circuit = pair()
    circuit.store(a=patterns())
    post, pre, _ = circuit.links[0].synapses.triples()
    assert (post != pre).all()


def test_equal_patterns_share_an_index():
    rows = patterns(2)
    circuit = pair()
    assert circuit.store(a=rows[[0, 1, 0]])["a"].tolist() == [0, 1, 0]
    assert circuit.store(a=rows[[1]])["a"].tolist() == [1]
    assert np.array_equal(circuit.patterns("a"), rows)


@pytest.mark.parametrize(
    ("bad", "error", "message"),
    [
        ({}, PatternError, "no patterns given"),
        ({"a": np.zeros((0, 40))}, PatternError, "network 'a'"),
        ({"a": np.zeros((2, 39))}, PatternError, "network 'a'"),
        ({"a": np.full((2, 40), 2)}, PatternError, "network 'a'"),
        ({"a": np.full((2, 40), np.nan)}, PatternError, "network 'a'"),
        ({"a": np.full((2, 40), -1)}, PatternError, "network 'a'"),
        ({"a": np.zeros((2, 40)), "b": np.zeros((3, 40))}, PatternError, "'a': 2, 'b': 3"),
        ({"aa": np.zeros((2, 40))}, UnknownNameError, "no network 'aa'; did you mean 'a'"),
    ],
)
def test_patterns_that_do_not_fit_are_refused_and_nothing_is_stored(bad, error, message):
    circuit = pair()
    with pytest.raises(error, match=message):
        circuit.store({"b": patterns(2), **bad} if "a" in bad and "b" not in bad else bad)
    assert all(link.synapses.count == 0 for link in circuit.links)
    assert len(circuit.patterns("b")) == 0


def test_covariance_without_activity_is_refused_before_anything_is_stored():
    free = at.AttractorNetwork("free", 40, at.Threshold(), at.Covariance())
    circuit = at.Circuit(at.Architecture([network("a"), free]))
    with pytest.raises(ParameterError, match=r"network 'free': .*Covariance\(activity="):
        circuit.store(a=patterns(), free=patterns())
    assert all(link.synapses.count == 0 for link in circuit.links)


def test_divert_trains_the_diversion_alone():
    circuit = pair()
    circuit.divert("a", "b", patterns(), patterns(name="q"))
    assert {link.name for link in circuit.links if link.synapses.count} == {"a-|b"}


def test_divert_without_goal_inhibits_all_units():
    circuit = pair()
    row = patterns(1)
    circuit.divert("a", "b", row)
    link = next(link for link in circuit.links if link.name == "a-|b")
    assert np.allclose(link.factor * link.synapses.field(row.astype(np.float32)), 1.0)


def test_associate_trains_one_edge_alone():
    circuit = pair()
    circuit.associate("a", "b", patterns(), patterns(name="q"))
    assert {link.name for link in circuit.links if link.synapses.count} == {"a->b"}


def test_edges_that_do_not_exist_are_named_with_the_near_miss():
    with pytest.raises(UnknownNameError, match=r"no diversion 'b-\|a'; did you mean 'a-\|b'"):
        pair().divert("b", "a", patterns(), patterns())


def test_several_edges_between_the_same_ends_must_be_told_apart():
    graph = at.Architecture(
        [network("a"), network("b")],
        [at.Diversion("a", "b", name="first"), at.Diversion("a", "b", name="second")],
    )
    circuit = at.Circuit(graph)
    with pytest.raises(ArchitectureError, match="name='first' or 'second'"):
        circuit.divert("a", "b", patterns(), patterns())
    circuit.divert("a", "b", patterns(), patterns(), name="second")
    assert [link.name for link in circuit.links if link.synapses.count] == ["second"]


def test_diversion_that_cannot_change_the_winners_is_refused():
    graph = at.Architecture(
        [network("a"), network("b", threshold=None)],
        [at.Diversion("a", "b"), at.Diversion("a", "b", mode="veto", name="veto")],
    )
    circuit = at.Circuit(graph)
    with pytest.raises(UnsupportedError, match="cannot change which units"):
        circuit.divert("a", "b", patterns(), name="a-|b")
    circuit.divert("a", "b", patterns(), name="veto")


def test_pairs_of_unequal_length_are_refused():
    with pytest.raises(PatternError, match="3 rows for the source, 2 for the target"):
        pair().divert("a", "b", patterns(3), patterns(2))


def test_dale_refuses_signed_weights():
    graph = at.Architecture([network("a", rule=at.Covariance())])
    with pytest.raises(ArchitectureError, match="Covariance makes weights of both signs"):
        at.Circuit(graph, dale=True)
    pair(dale=True)


def test_lesion_cuts_the_stated_fraction_and_leaves_the_original():
    circuit = pair()
    circuit.store(a=patterns(8), b=patterns(8, "q"))
    before = weights(circuit)
    count = len(before["a->b"][0])
    cut = circuit.lesioned("a->b", 0.25, seed=3)
    assert len(weights(cut)["a->b"][0]) == count - round(0.25 * count)
    cut.store(a=patterns(5, "more"))
    for name, triples in weights(circuit).items():
        assert all(np.array_equal(x, y) for x, y in zip(triples, before[name], strict=True))


def test_lesion_of_an_unknown_edge_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'a->b'"):
        pair().lesioned("a>b")
    with pytest.raises(ParameterError, match="fraction is 2"):
        pair().lesioned("a->b", 2)


def test_fixed_weights_act_as_they_are_and_learn_nothing():
    matrix = stream(0, "w").random((40, 40))
    graph = at.Architecture(
        [network("a"), network("b")], [at.Association("a", "b", at.Fixed(matrix), gain=2.0)]
    )
    circuit = at.Circuit(graph)
    circuit.store(a=patterns(), b=patterns())
    link = next(link for link in circuit.links if link.name == "a->b")
    assert link.factor == 2.0
    assert np.allclose(link.synapses.field(np.eye(40)), matrix.T)


def test_measured_activity_stands_in_where_none_is_prescribed():
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork("a", 40, at.Threshold(), at.Willshaw())])
    )
    assert circuit.activity("a") == 0.0
    circuit.store(a=patterns())
    assert circuit.activity("a") == pytest.approx(0.1)


def test_summary_lists_what_the_synapses_hold():
    circuit = pair()
    circuit.store(a=patterns(), b=patterns(name="q"))
    assert "a->b: 48 synapses" in str(circuit)


@pytest.mark.parametrize("teach", ["associate", "divert"])
def test_an_edge_trained_alone_has_gain_1_though_its_source_stored_nothing(teach):
    source = at.AttractorNetwork("s", 40, at.Threshold())
    edges = [at.Association("s", "t"), at.Diversion("s", "t")]
    circuit = at.Circuit(at.Architecture([source, network("t")], edges))
    x = random_sparse(1, 40, 5, stream(0, "x"))
    getattr(circuit, teach)("s", "t", x, random_sparse(1, 40, 4, stream(0, "y")))
    trained = next(link for link in circuit.links if link.synapses.count)
    assert trained.factor * trained.synapses.field(x.astype(float)).max() == pytest.approx(1.0)
    assert len(circuit.patterns("s")) == 0


def test_describe_says_how_each_set_of_synapses_is_held_and_why():
    networks = [
        at.AttractorNetwork("a", 100, at.KWinners(5), at.Willshaw(), synapses="dense"),
        at.AttractorNetwork("b", 40, at.KWinners(4), at.Covariance()),
    ]
    circuit = at.Circuit(at.Architecture(networks, [at.Association("a", "b")]))
    circuit.store(a=at.patterns.random_sparse(3, 100, 5, stream(0, "a")))
    table = circuit.describe()
    assert table.index.tolist() == ["a", "b", "a->b"]
    assert table.loc["a", ["form", "chosen"]].tolist() == ["dense", "forced"]
    assert table.loc["b", "form"] == "dense"
    assert table.loc["b", "chosen"] != "forced"
    assert table.loc["a", "on"] == circuit.links[0].synapses.count > 0
    assert (table["bits_per_synapse"] == 8 * table["bytes"] / table["possible"]).all()
    assert table.loc["a", "possible"] == 100 * 99


def test_single_bits_are_left_to_sources_that_are_on_or_off():
    ends = {"r": at.Rate(), "k": at.KWinners(4)}
    networks = [at.AttractorNetwork(name, 40, dynamics) for name, dynamics in ends.items()]
    edges = [at.Association("r", "k"), at.Association("k", "r")]
    table = at.Circuit(at.Architecture(networks, edges)).describe()
    assert table.loc["r->k", "form"] == "dense"
    assert "graded" in table.loc["r->k", "chosen"]
    assert table.loc["k->r", "form"] == "packed"


def test_describe_shows_a_table_of_counts_in_the_form_it_is_seen():
    net = at.AttractorNetwork("a", 40, at.KWinners(4), at.Willshaw())
    table = at.Circuit(at.Architecture([net]), keep="counts").describe()
    assert table.loc["a", "form"] == "counts as packed"


def test_self_coupling_gives_units_synapses_onto_themselves():
    for coupled in (False, True):
        net = at.AttractorNetwork("a", 6, at.KWinners(2), at.Willshaw(), self_coupling=coupled)
        circuit = at.Circuit(at.Architecture([net]))
        circuit.store(a=[[1, 1, 0, 0, 0, 0]])
        assert circuit.links[0].synapses.count == (4 if coupled else 2)


def test_options_of_a_memory_need_a_memory():
    with pytest.raises(ArchitectureError, match="rule is None"):
        at.AttractorNetwork("a", 6, at.KWinners(2), self_coupling=True)


@pytest.mark.parametrize("forms", [("int8", "sparse"), ("int8", "packed"), ("int8", "int8")])
def test_where_one_memory_refuses_nothing_is_stored(forms):
    networks = [
        at.AttractorNetwork("b", 4, at.Sign(), at.Hebbian(), synapses=forms[0]),
        at.AttractorNetwork("a", 20, at.KWinners(3), at.Willshaw(), synapses=forms[1]),
    ]
    for order in (networks, networks[::-1]):
        circuit = at.Circuit(at.Architecture(order))
        x = random_sparse(200, 20, 3, stream(0, "x"))
        circuit.store(a=x[:2], b=np.ones((2, 4)))
        before = {link.name: link.synapses.toarray().copy() for link in circuit.links}
        with pytest.raises(ParameterError, match="int8"):
            circuit.store(a=x, b=np.ones((200, 4)))
        for link in circuit.links:
            assert np.array_equal(link.synapses.toarray(), before[link.name]), link.name
        assert len(circuit.patterns("a")) == 2
        circuit.store(a=x[:2], b=np.ones((2, 4)))
        assert np.array_equal(circuit.links[0].synapses.toarray() > 0, before[order[0].name] > 0)


def test_patterns_that_were_stored_cannot_be_changed_behind_the_circuit():
    net = at.AttractorNetwork("a", 20, at.KWinners(3), at.Willshaw())
    circuit = at.Circuit(at.Architecture([net]))
    circuit.store(a=random_sparse(3, 20, 3, stream(0, "x")))
    with pytest.raises(ValueError, match="read-only"):
        circuit.patterns("a")[:] = 0


def test_what_was_stored_sparsely_is_recorded_like_anything_else():
    x = random_sparse(5, 60, 4, stream(0, "x"))
    runs = []
    for rows in (x, sparse.csr_array(x)):
        net = at.AttractorNetwork("a", 60, at.KWinners(4), at.Willshaw())
        circuit = at.Circuit(at.Architecture([net]))
        circuit.store(a=rows)
        trials = at.Trial.batch(50.0, {"a": x}, stop=10.0, mode="clamped")
        runs.append(at.simulate(circuit, trials))
    assert runs[0].identical(runs[1])


@pytest.mark.parametrize(
    ("dynamics", "others", "refused"),
    [
        (at.KWinners(3), [], True),
        (at.KWinners(3, None), [], True),
        (at.Threshold(0.0), [], True),
        (at.Blocks(3), [at.Diversion("a", "b", mode="veto", name="other")], True),
        (at.KWinners(3, 0.2), [], False),
        (at.KWinners(3, temperature=0.1), [], False),
        (at.KWinners(3, adaptation=at.Adaptation(0.5)), [], False),
        (at.KWinners(3), [at.Diversion("a", "b", name="other")], False),
        (at.KWinners(3), [at.Diversion("a", "b", mode="divisive", name="other")], False),
        (at.Rate(), [], False),
    ],
    ids=repr,
)
def test_dividing_all_fields_by_the_same_is_refused_where_it_changes_nothing(
    dynamics, others, refused
):
    networks = [
        at.AttractorNetwork("a", 30, at.KWinners(3)),
        at.AttractorNetwork("b", 30, dynamics),
    ]
    edge = at.Diversion("a", "b", mode="divisive", name="all")
    circuit = at.Circuit(at.Architecture(networks, [edge, *others]))
    x = np.eye(2, 30, dtype=int)
    circuit.divert("a", "b", x, x, name="all")
    if refused:
        with pytest.raises(UnsupportedError, match="'all' onto all units cannot change which"):
            circuit.divert("a", "b", x, name="all")
    else:
        circuit.divert("a", "b", x, name="all")
