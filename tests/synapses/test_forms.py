import numpy as np
import pytest

import attractors as at
from attractors.errors import MemoryLimitError, UnsupportedError
from attractors.patterns import random_sparse
from attractors.seeding import stream
from attractors.synapses import FORMS, Dense, Sparse, synapses_for

PRE, POST = random_sparse(30, 60, 5, stream(0, "x")), random_sparse(30, 40, 4, stream(0, "y"))


@pytest.fixture(params=[name for name, form in FORMS.items() if not form.refusal(at.Willshaw())])
def synapses(request):
    made = FORMS[request.param](at.Willshaw(), (40, 60), False)
    made.learn(POST, PRE, (None, None))
    return made


def test_every_form_holds_the_same_weights(synapses):
    matrix = np.zeros((40, 60))
    post, pre, values = synapses.triples()
    matrix[post, pre] = values
    assert np.array_equal(matrix, POST.T.astype(int) @ PRE.astype(int) > 0)


def test_field_column_and_fan_out_agree_with_the_matrix(synapses):
    matrix = (POST.T.astype(int) @ PRE.astype(int) > 0).astype(np.float32)
    states = stream(0, "s").random((3, 60), dtype=np.float32)
    assert np.allclose(synapses.field(states), states @ matrix.T)
    assert np.array_equal(synapses.column(7), matrix[:, 7])
    assert np.array_equal(synapses.fan_out, matrix.sum(axis=0))
    assert synapses.density == matrix.mean()


def test_thinning_keeps_exactly_the_chosen_synapses(synapses):
    keep = stream(0, "k").random(synapses.count) < 0.5
    thin = synapses.thinned(keep)
    kept = [values[keep] for values in synapses.triples()]
    assert all(np.array_equal(a, b) for a, b in zip(thin.triples(), kept, strict=True))


def test_the_form_follows_the_rule_unless_it_is_forced():
    assert not isinstance(synapses_for(at.Willshaw(), (4, 4), False), Dense)
    assert isinstance(synapses_for(at.Covariance(), (4, 4), False), Dense)
    assert isinstance(synapses_for(at.Willshaw(), (4, 4), False, forced="sparse"), Sparse)
    assert isinstance(synapses_for(at.Willshaw(), (4, 4), False, forced="dense"), Dense)


def test_a_form_that_cannot_hold_the_weights_is_refused_where_it_is_declared():
    with pytest.raises(UnsupportedError, match="Covariance makes weights besides 0 and 1"):
        at.AttractorNetwork("a", 40, at.KWinners(4), at.Covariance(), synapses="sparse")
    edge = at.Association("a", "a", at.Covariance(), synapses="sparse")
    with pytest.raises(UnsupportedError, match="'a->a'.*besides 0 and 1"):
        at.Architecture([at.AttractorNetwork("a", 40, at.KWinners(4))], [edge])


def test_synapses_that_do_not_fit_in_memory_are_refused_with_a_form_that_does():
    network = at.AttractorNetwork("a", 4_000_000, at.KWinners(20), at.Willshaw(), synapses="dense")
    with pytest.raises(MemoryLimitError, match="16,000,000,000,000 bytes.*'sparse'"):
        at.Circuit(at.Architecture([network]))


def test_fixed_weights_refuse_to_learn():
    fixed = Dense(at.Fixed(np.ones((40, 60))), (40, 60), False)
    with pytest.raises(UnsupportedError, match="learn nothing"):
        fixed.learn(POST, PRE, (None, None))


@pytest.mark.parametrize(
    "rule", [at.BCPNN(), at.Clipped(at.Hebbian()), at.Covariance(0.1)], ids=str
)
def test_the_bytes_looked_for_are_those_that_a_full_matrix_takes(rule):
    shape = (300, 200)
    expected = Dense.expected_bytes(rule, shape)
    # what is kept for each unit, and not for each synapse, is left out
    assert expected <= Dense(rule, shape, False).nbytes <= expected + 100 * sum(shape)
