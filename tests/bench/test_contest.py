import numpy as np
import pytest

from attractors.bench import Bound, Spread
from attractors.bench.contest import Entry, Rival, contest
from attractors.bench.timing import Pace

PACE = Pace(3, 0.0)


def test_a_rival_is_named_with_its_version_and_what_of_it_is_measured():
    rival = Rival("numpy", "product", lambda: lambda: 1)
    assert str(rival) == f"numpy {np.__version__}, product"


def test_an_absent_rival_is_named_and_left_out():
    def prepare():
        raise AssertionError("a library that is not there was imported")

    rival = Rival("no-such-library", "product", prepare)
    row = contest(Entry("sum", lambda: 1), rival, (), PACE, bound=Bound(1.0))
    assert row.against == "no-such-library (not installed), product"
    assert row.note == "skipped: not installed"
    assert row.ours is not None
    assert row.ratio is None
    assert row.holds is None


def test_times_are_by_piece_of_work_and_the_ratio_is_theirs_by_ours(monkeypatch):
    measured = np.array([1.0, 2.0, 4.0]), np.array([30.0, 20.0, 40.0])
    monkeypatch.setattr("attractors.bench.contest.paired", lambda *_: measured)
    rival = Rival("numpy", "sort", lambda: lambda: None)
    row = contest(Entry("sort", lambda: None, 2), rival, (), PACE, pieces=10)
    assert row.ours == Spread(1.0, 0.5, 2.0)
    assert row.theirs == Spread(3.0, 2.0, 4.0)
    # of each pair: 3 / 0.5, 2 / 1 and 4 / 2
    assert row.ratio == Spread(2.0, 2.0, 6.0)


@pytest.mark.parametrize("equal", [True, False])
def test_results_are_compared(equal):
    rival = Rival("numpy", "sum", lambda a: lambda: a.sum())
    row = contest(
        Entry("sum", lambda: 3 if equal else 4),
        rival,
        (np.array([1, 2]),),
        PACE,
        bound=Bound(0.0),
        same=lambda ours, theirs: ours == theirs,
    )
    assert row.agrees is equal
    assert row.holds is equal
