import json

import numpy as np
import pytest
from scipy import stats

from attractors.bench import Bound, Row, Spread

FOUR = Spread(4.0, 3.0, 5.0)


def test_the_interval_of_nine_leaves_out_one_at_either_end():
    assert Spread.of(np.arange(9.0)[::-1]) == Spread(4.0, 1.0, 7.0)


def test_the_interval_covers_the_median_as_often_as_it_says(rng):
    draws = rng.exponential(size=(2000, 9))
    found = [Spread.of(row) for row in draws]
    covered = np.mean([each.low <= np.log(2) <= each.high for each in found])
    # ranks 2 and 8 of 9 cover with 1 - 20/512 = 0.961; 2000 draws scatter by 0.0043 around it
    expected = 1 - 2 * stats.binom.cdf(1, 9, 0.5)
    assert abs(covered - expected) < 5 * np.sqrt(expected * (1 - expected) / 2000), covered


def test_too_few_for_an_interval_give_the_extremes():
    assert Spread.of([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert Spread.of([1.0]) == Spread(1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        (Row("w", FOUR, against="x 1", theirs=FOUR, ratio=FOUR, bound=Bound(4.0)), True),
        (Row("w", FOUR, against="x 1", theirs=FOUR, ratio=FOUR, bound=Bound(4.1)), False),
        (Row("w", FOUR, bound=Bound(4.0, "most")), True),
        (Row("w", FOUR, bound=Bound(3.9, "most")), False),
        (Row("w", FOUR, against="x (not installed)", bound=Bound(1.0)), None),
        (Row("w", FOUR), None),
        (Row("w", FOUR, bound=Bound(1.0), judged=False), None),
        (Row("w", FOUR, bound=Bound(1.0), agrees=False), False),
        (Row("w", note="failed: no memory", agrees=False), False),
    ],
    ids=["met", "missed", "at most", "above", "skipped", "no bound", "reduced", "wrong", "failed"],
)
def test_a_bound_holds_for_what_was_measured(row, holds):
    assert row.holds is holds


def test_a_row_comes_back_from_json():
    row = Row("w", FOUR, "B", "x 1", FOUR, FOUR, Bound(2.0), True, "n", {"units": [1, 2]}, case="c")
    assert Row.from_dict(json.loads(json.dumps(row.as_dict()))) == row
