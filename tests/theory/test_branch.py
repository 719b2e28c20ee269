"""A branch of states in one unknown, on a curve whose peak and sides are known."""

from __future__ import annotations

import math

import pytest

from attractors.theory.branch import Branch

# the load peaks at x = 1 with 1/e
BRANCH = Branch(lambda x: x * math.exp(-x), lambda x: x / 10, 0.0, 10.0)


def test_the_peak_is_the_capacity() -> None:
    assert BRANCH.critical == pytest.approx(1.0, abs=1e-6)
    assert BRANCH.capacity() == pytest.approx(1 / math.e, rel=1e-12)


def test_the_state_at_a_load_lies_on_the_side_of_the_larger_overlap() -> None:
    point = BRANCH.at(0.2)
    assert point is not None
    assert point > 1.0
    assert point * math.exp(-point) == pytest.approx(0.2)
    assert BRANCH.overlap_at(0.2) == pytest.approx(point / 10)


def test_beyond_the_peak_there_is_no_state_and_below_the_end_the_last() -> None:
    assert BRANCH.at(0.4) is None
    assert BRANCH.overlap_at(0.4) == 0.0
    assert BRANCH.at(1e-9) == 10.0


def test_a_level_above_the_peak_lowers_the_capacity_to_its_load() -> None:
    assert BRANCH.capacity(0.3) == pytest.approx(3 * math.exp(-3))
    assert BRANCH.capacity(0.05) == BRANCH.capacity()
    assert BRANCH.capacity(1.5) == 0.0
