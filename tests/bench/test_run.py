import json

import pytest

from attractors.bench import Bound, Case, Row, Spread, isolated
from attractors.bench.cases import CASES
from attractors.bench.memory import peak


def _measure(size, pace):
    yield Row("work", Spread.of([size["units"]] * pace.pairs), bound=Bound(10.0))


CASE = Case("own", "a case", _measure, {"units": 12}, {"units": 3})


def test_a_bound_is_judged_at_full_size_only():
    (full,), (quick,) = CASE.rows(), CASE.rows(quick=True)
    assert (full.ours.value, full.holds, full.case) == (12.0, True, "own")
    assert (quick.ours.value, quick.holds, quick.case) == (3.0, None, "own")


def test_the_heading_says_the_sizes():
    assert CASE.heading() == "own: a case (units 12)"
    assert CASE.heading(quick=True) == "own: a case (units 3)"


def test_a_case_runs_in_a_process_of_its_own():
    rows = list(isolated(CASES["winners"], quick=True))
    assert [row.agrees for row in rows] == [True]
    assert rows[0].case == "winners"


def test_a_case_that_fails_says_why_in_its_row():
    (row,) = isolated(Case("nowhere", "a case", _measure, {}, {}))
    assert row.note == "failed: KeyError: 'nowhere'"
    assert row.holds is False


def test_peak_memory_counts_what_was_given_back():
    before = peak()
    held = bytearray(before + (64 << 20))
    grown = peak()
    del held
    assert grown >= before + (64 << 20)
    assert peak() >= grown


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_listed_under_its_name_with_two_sets_of_sizes(name):
    case = CASES[name]
    assert case.name == name
    assert case.full.keys() == case.quick.keys()
    assert all(case.quick[key] <= case.full[key] for key in case.full)
    json.dumps(dict(case.full))
