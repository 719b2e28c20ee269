import numpy as np
import pytest

from attractors.synapses.rows import Rows


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (np.int8, np.int8, np.int8),
        (np.int8, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.float64, np.int8, np.float64),
        (np.int64, np.int64, np.float64),
        (np.bool_, np.bool_, np.float64),
    ],
)
def test_rows_are_kept_in_the_type_that_holds_them_all(first, second, kept):
    rows = Rows(2)
    rows.append(np.ones((3, 2), first))
    rows.append(np.zeros((1, 2), second))
    assert rows.array.dtype == kept
    assert rows.array.tolist() == [[1, 1]] * 3 + [[0, 0]]


def test_appending_one_by_one_copies_a_constant_number_of_times(monkeypatch):
    rows, copied, made = Rows(4), [], np.empty
    monkeypatch.setattr(
        "attractors.synapses.rows.np.empty", lambda *a: (copied.append(len(rows)), made(*a))[1]
    )
    for row in range(1000):
        rows.append(np.full((1, 4), row, np.float32))
    assert np.array_equal(rows.array[:, 0], np.arange(1000))
    # with growth by half, 1000 (1 + 2/3 + 4/9 + ...) = 3000
    assert sum(copied) <= 3000, f"{sum(copied)} rows were copied for 1000"


def test_the_first_rows_take_no_more_than_they_need():
    rows = Rows(4)
    assert rows.growth(np.ones((10, 4), np.float32)) == 160
    rows.append(np.ones((10, 4), np.float32))
    assert rows.growth(np.ones((1, 4), np.float32)) == 15 * 16


def test_a_copy_and_what_is_taken_over_stay_as_they_are():
    rows, taken = Rows(2), np.ones((3, 2))
    taken.setflags(write=False)
    rows.take_over(taken)
    other = rows.copy()
    other.array[:] = 5
    rows.append(np.zeros((1, 2)))
    assert rows.array.tolist() == [[1, 1]] * 3 + [[0, 0]]
    assert (taken == 1).all()
