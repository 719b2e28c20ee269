"""Which synapses of a plastic edge there are."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.plasticity.candidates import candidates, expected
from attractors.engines.spiking.plasticity.edges import plastic, working
from attractors.errors import ParameterError, UnsupportedError

UNITS = 24


def circuit(rule=None, dynamics=None, **edge):
    nodes = [
        at.AttractorNetwork("word", UNITS, dynamics or at.KWinners(4), at.Willshaw()),
        at.AttractorNetwork("sound", 12, at.KWinners(2), at.Willshaw()),
    ]
    return at.Circuit(at.Architecture(nodes, [at.Association("word", "sound", rule, **edge)]))


def link(made, name):
    return next(link for link in made.links if link.name == name)


def engine(rule, *edges):
    transmission = {edge: at.Transmission(plasticity=rule) for edge in edges}
    return at.SpikingEngine(neurons=at.CurrentLIF(), transmission=transmission)


def row(units, *active):
    pattern = np.zeros((1, units), int)
    pattern[0, list(active)] = 1
    return pattern


def test_every_pair_may_grow_and_what_is_stored_is_kept():
    made = circuit()
    made.associate("word", "sound", row(UNITS, 0, 1, 2, 3), row(12, 5, 6))
    edge = link(made, "word->sound")
    post, pre, weights = candidates(edge, at.STDP(), seed=0)
    assert len(post) == expected(edge, at.STDP()) == 12 * UNITS
    matrix = np.zeros((12, UNITS))
    matrix[post, pre] = weights
    assert np.array_equal(matrix, edge.synapses.toarray())
    assert matrix.sum() == 8


def test_a_fraction_may_grow_besides_what_is_stored():
    made = circuit()
    made.associate("word", "sound", row(UNITS, 0, 1, 2, 3), row(12, 5, 6))
    edge, rule = link(made, "word->sound"), at.STDP(candidates=0.25)
    post, pre, weights = candidates(edge, rule, seed=0)
    assert (weights != 0).sum() == 8
    free = 12 * UNITS - 8
    # five standard deviations of a binomial count
    assert len(post) - 8 == pytest.approx(free / 4, abs=5 * np.sqrt(free * 3 / 16))
    assert len(candidates(edge, at.STDP(candidates=0.0), seed=0)[0]) == 8
    again = candidates(edge, rule, seed=0)
    assert np.array_equal(pre, again[1])
    assert len(set(zip(post, pre, strict=True))) == len(post)


def test_no_unit_grows_a_synapse_onto_itself_or_within_its_block():
    made = circuit()
    made.store(word=row(UNITS, 0, 1, 2, 3))
    post, pre, _ = candidates(link(made, "word"), at.STDP(), seed=0)
    assert len(post) == UNITS * (UNITS - 1)
    assert not (post == pre).any()
    blocks = circuit(dynamics=at.Blocks(4))
    blocks.store(word=row(UNITS, 0, 6, 12, 18))
    post, pre, weights = candidates(link(blocks, "word"), at.STDP(), seed=0, blocks=4)
    assert not (post // 6 == pre // 6).any()
    assert len(post) == UNITS * (UNITS - 6)
    assert weights.sum() == 12


def test_an_empty_plastic_edge_works_with_the_factor_that_it_will_have():
    made = circuit(gain=0.5)
    (edge,) = working(engine(at.STDP(), "word->sound"), made)
    # Willshaw: 1/k of the source, times the gain
    assert edge.factor == pytest.approx(0.5 / 4)
    assert working(engine(at.STDP()), made) == ()
    assert plastic(engine(at.STDP(), "word->sound"), made) == {"word->sound": 12 * UNITS}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (at.Fixed(np.full((12, UNITS), 2.0)), "raw weights reach from 0 to 2, those of STDP from"),
        (at.Fixed(np.full((12, UNITS), -0.1)), "raw weights reach from -0.1 to 0"),
    ],
)
def test_weights_beyond_the_bounds_are_refused(rule, message):
    with pytest.raises(ParameterError, match=message):
        engine(at.STDP(), "word->sound").compile(circuit(rule))


def test_diversions_and_edges_without_a_factor_are_refused():
    nodes = [
        at.AttractorNetwork("word", UNITS, at.KWinners(4), at.Willshaw()),
        at.AttractorNetwork("sound", 12, at.Threshold(0.5), at.Willshaw()),
    ]
    edges = [at.Diversion("sound", "word"), at.Association("sound", "word")]
    made = at.Circuit(at.Architecture(nodes, edges))
    with pytest.raises(UnsupportedError, match="subtractive diversions are not plastic"):
        engine(at.STDP(), "sound-|word").compile(made)
    with pytest.raises(UnsupportedError, match=r"Willshaw has no factor .*store a pattern in"):
        engine(at.STDP(), "sound->word").compile(made)
    made.store(sound=row(12, 0, 1, 2))
    engine(at.STDP(), "sound->word").compile(made)
