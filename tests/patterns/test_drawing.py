"""Sparse patterns are drawn and erased as lists: exact numbers, every choice equally probable."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from attractors.errors import ParameterError, PatternError
from attractors.patterns import as_sparse_patterns, erase, random_sparse

# a mean of n independent draws leaves 4.5 standard errors once in 150,000 seeds
SIGMAS = 4.5


@pytest.mark.parametrize(("units", "active"), [(1, 1), (5, 2), (6, 5), (7, 7), (1000, 30)])
def test_sparse_draws_have_exactly_k_ascending_units(
    units: int, active: int, rng: np.random.Generator
) -> None:
    drawn = random_sparse(300, units, active, rng, sparse=True)
    assert drawn.shape == (300, units)
    assert (np.diff(drawn.indptr) == active).all()
    checked = as_sparse_patterns(drawn, units, "test")
    # what needed no mending is shared
    assert np.shares_memory(checked.indices, drawn.indices)


def test_every_choice_is_drawn_equally_often(rng: np.random.Generator) -> None:
    count = 20_000
    drawn = random_sparse(count, 6, 3, rng, sparse=True).indices.reshape(count, 3)
    number = [int((drawn == choice).all(axis=1).sum()) for choice in combinations(range(6), 3)]
    assert sum(number) == count
    # each of 20 choices is met with probability 1/20
    error = np.sqrt(count * 1 / 20 * 19 / 20)
    assert np.abs(np.array(number) - count / 20).max() < SIGMAS * error, number


def test_a_million_units_take_no_million_numbers_a_pattern(rng: np.random.Generator) -> None:
    drawn = random_sparse(2000, 1_000_000, 20, rng, sparse=True)
    assert drawn.nnz == 40_000
    assert drawn.indices.dtype == np.int32
    # uniform on 0 to 999,999, with standard deviation 10^6 / sqrt(12)
    assert abs(drawn.indices.mean() - 5e5) < SIGMAS * 1e6 / np.sqrt(12 * 40_000)


def test_erasing_lists_keeps_exact_numbers_and_the_input(rng: np.random.Generator) -> None:
    sizes = rng.integers(0, 12, 200)
    full = np.zeros((200, 40), np.int8)
    for row, size in enumerate(sizes):
        full[row, rng.choice(40, size, replace=False)] = 1
    given = sparse.csr_array(full)
    erased = erase(given, 0.3, rng)
    assert isinstance(erased, sparse.csr_array)
    assert np.array_equal(np.diff(erased.indptr), sizes - np.rint(0.3 * sizes))
    assert (erased.toarray() <= full).all()
    assert np.array_equal(given.toarray(), full)
    assert as_sparse_patterns(erased, 40, "test").nnz == erased.nnz


def test_erasing_lists_loses_every_unit_alike(rng: np.random.Generator) -> None:
    count = 20_000
    given = sparse.csr_array(np.ones((count, 5), np.int8))
    lost = count - erase(given, 0.4, rng).sum(axis=0)
    error = np.sqrt(count * 0.4 * 0.6)
    assert np.abs(lost - 0.4 * count).max() < SIGMAS * error, lost


def test_erasing_nothing_and_everything(rng: np.random.Generator) -> None:
    given = random_sparse(9, 50, 6, rng, sparse=True)
    assert (erase(given, 0.0, rng) != given).nnz == 0
    assert erase(given, 1.0, rng).nnz == 0


def test_bad_lists_are_refused(rng: np.random.Generator) -> None:
    given = random_sparse(9, 50, 6, rng, sparse=True)
    with pytest.raises(PatternError, match="erase: patterns contain 2"):
        erase(2 * given, 0.5, rng)
    with pytest.raises(ParameterError, match="fraction is 1.5"):
        erase(given, 1.5, rng)
    with pytest.raises(ParameterError, match="there are only 5 units"):
        random_sparse(2, 5, 6, rng, sparse=True)
