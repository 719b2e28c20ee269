import numpy as np
import pytest
from scipy import sparse

from attractors.errors import PatternError
from attractors.patterns import as_patterns, as_sparse_patterns, random_sparse
from attractors.seeding import stream

DENSE = random_sparse(20, 50, 6, stream(0, "patterns"))


@pytest.mark.parametrize(
    "given",
    [
        DENSE,
        DENSE.astype(bool),
        sparse.csr_array(DENSE),
        sparse.csc_matrix(DENSE.astype(float)),
        sparse.coo_array(DENSE),
    ],
    ids=["int8", "bool", "csr", "csc", "coo"],
)
def test_lists_hold_what_the_full_array_holds(given):
    rows = as_sparse_patterns(given, 50, "test")
    assert isinstance(rows, sparse.csr_array)
    assert (rows.dtype, rows.indices.dtype) == (np.int8, np.int32)
    assert np.array_equal(rows.toarray(), as_patterns(given, 50, "01", "test"))
    assert rows.has_canonical_format
    assert (rows.data == 1).all()


def test_indices_are_put_in_order_and_the_input_stays():
    given = sparse.csr_array((np.ones(4), [3, 1, 2, 0], [0, 2, 4]), shape=(2, 4))
    rows = as_sparse_patterns(given, 4, "test")
    assert rows.indices.tolist() == [1, 3, 0, 2]
    assert given.indices.tolist() == [3, 1, 2, 0]


def test_explicit_zeros_are_dropped_and_the_input_stays():
    given = sparse.csr_array((np.array([1, 0, 1]), [0, 1, 2], [0, 2, 3]), shape=(2, 3))
    assert as_sparse_patterns(given, 3, "test").indices.tolist() == [0, 2]
    assert given.nnz == 3


def test_what_needs_no_conversion_is_shared():
    given = sparse.csr_array(DENSE)
    assert np.shares_memory(as_sparse_patterns(given, 50, "test").indices, given.indices)


def wide():
    given = sparse.csr_array(DENSE)
    given.indices[0] = 50
    return given


def flagged():
    """Indices out of order that scipy believes to be in order."""
    given = sparse.csr_array((np.ones(2), [0, 1], [0, 2]), shape=(1, 3))
    assert given.has_canonical_format
    given.indices[:] = [1, 1]
    return given


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (wide(), "an index lies outside 50 units"),
        (flagged(), "hold an entry twice"),
        (sparse.csr_array(2 * DENSE), "contain 2; allowed are 0 and 1"),
        (sparse.csr_array(-DENSE), "contain -1; allowed are 0 and 1"),
        (sparse.csr_array(DENSE * np.nan), "contain nan"),
        (sparse.csr_array(DENSE.astype(complex)), "have the type complex128"),
        (sparse.csr_array((0, 50), dtype=np.int8), "patterns are empty"),
        (sparse.coo_array(DENSE[0]), r"shape \(50,\)"),
        ([[0, 2]], "contain 2 at row 0, unit 1"),
    ],
)
def test_what_is_no_01_pattern_is_refused(given, message):
    with pytest.raises(PatternError, match=message):
        as_sparse_patterns(given, None, "test")


def test_another_width_is_refused():
    with pytest.raises(PatternError, match="network 'a': patterns have 50 units"):
        as_sparse_patterns(sparse.csr_array(DENSE), 60, "network 'a'")
