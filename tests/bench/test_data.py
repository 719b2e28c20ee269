import numpy as np
from scipy import stats

from attractors.bench.data import Lists


def test_random_lists_are_distinct_ascending_units(rng):
    lists = Lists.random(2000, 20, 8, rng)
    assert lists.active.shape == (2000, 8)
    assert (np.diff(lists.active, axis=1) > 0).all()
    assert lists.active.min() >= 0
    assert lists.active.max() < 20


def test_every_choice_of_units_is_equally_probable(rng):
    lists = Lists.random(6000, 4, 2, rng)
    counts = np.unique(lists.active @ [4, 1], return_counts=True)[1]
    # six pairs of four units; chi-square with five degrees of freedom
    found = float(((counts - 1000) ** 2 / 1000).sum())
    assert len(counts) == 6
    assert found < stats.chi2.ppf(1 - 1e-6, 5), found


def test_lists_say_the_same_in_full_and_sparse(rng):
    lists = Lists.random(5, 30, 4, rng)
    assert (lists.sparse().toarray() == lists.full()).all()
    assert (lists.full().sum(axis=1) == 4).all()
    assert (np.nonzero(lists.full())[1] == lists.indices).all()
    assert lists.indptr.tolist() == [0, 4, 8, 12, 16, 20]


def test_half_cues_are_parts_of_their_patterns(rng):
    lists = Lists.random(50, 100, 10, rng)
    cues = lists.half(rng)
    assert cues.active.shape == (50, 5)
    assert (np.diff(cues.active, axis=1) > 0).all()
    assert ((cues.full() == 1) <= (lists.full() == 1)).all()
    # a half is drawn anew: the first five of ten would be the same half every time
    assert (cues.active != lists.active[:, :5]).any()


def test_lists_are_taken_apart_and_put_together(rng):
    lists = Lists.random(6, 30, 4, rng)
    assert ((lists[:2] + lists[2:]).active == lists.active).all()
