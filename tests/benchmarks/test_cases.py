"""The harness as tests: at reduced size ours and theirs give the same, and no row is missing.

Nothing here looks at a clock: on a loaded machine a ratio is an accident. ``attractors bench``
measures.
"""

import pytest

from attractors.bench.cases import CASES
from attractors.bench.timing import Pace

# measured once each: what counts is the result
ONCE = Pace(pairs=1, least=0.0)

# case: bounds that the table must hold, in the order of its rows
BOUNDS = {
    "packed": [100, 500, 0.25],
    "exact": [1000],
    "integer": [20],
    "million": [50_000, 3e9, 0.999, 30e-6],
    "grown": [1.0, 0.999],
    "signs": [0.8],
    "settle": [20e-6] * 5,
    "dual": [0.9, 0.9, 0.9, 0.9, 0.9, 0.9],
    "nearest": [5, 0.99],
    "winners": [3],
    "accounts": [],
    "imports": [1.5, 1.5, 1.0, 1.0, 1.0, 1.0],
    "growth": [1.5, 1.5, 1.5, 1.5],
    "spiking": [1.1, 1.1, 1.1, 1.2, 1.2, 1.2, 1.2, 1.0, 1.3, 0.1, *[40] * 6],
}
# one starts dozens of interpreters, one compiles for minutes: that takes what the quick bench takes
SLOW = {"imports", "spiking"}


def _marked(name):
    return pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])


@pytest.fixture(scope="module")
def measured():
    """Rows of a case, measured once for all tests."""
    found = {}

    def rows(name):
        if name not in found:
            found[name] = list(CASES[name].measure(CASES[name].quick, ONCE))
        return found[name]

    return rows


@pytest.mark.parametrize("name", [_marked(name) for name in CASES])
def test_every_row_is_measured_or_says_why_not(name, measured):
    for row in measured(name):
        if row.ours is None or (row.against and row.ratio is None):
            assert row.note.startswith("skipped: "), row
        if row.ours is not None:
            assert row.ours.low <= row.ours.value <= row.ours.high, row


@pytest.mark.parametrize("name", [_marked(name) for name in CASES])
def test_ours_and_theirs_give_the_same(name, measured):
    compared = [row.agrees for row in measured(name) if row.agrees is not None]
    assert all(compared), [row for row in measured(name) if row.agrees is False]


@pytest.mark.parametrize("name", [_marked(name) for name in CASES])
def test_the_bounds_are_those_of_the_table(name, measured):
    assert [row.bound.value for row in measured(name) if row.bound is not None] == BOUNDS[name]


@pytest.mark.parametrize("name", ["packed", "exact", "integer", "winners", "signs"])
def test_results_are_compared_where_a_rival_does_the_same_work(name, measured):
    assert any(row.agrees for row in measured(name))


@pytest.mark.parametrize("name", ["million", "grown"])
def test_half_cues_are_recalled_at_reduced_size_too(name, measured):
    (exact,) = [row for row in measured(name) if row.unit == "share"]
    assert exact.ours.value >= 0.95, exact


def test_the_table_has_a_row_for_every_case():
    assert BOUNDS.keys() == CASES.keys()
