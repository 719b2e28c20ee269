"""False matches: published tails, all patterns counted, and the bounds in their order."""

from itertools import combinations, product

import pytest

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("units", "active", "threshold", "published"),
    [
        (1024, 20, 10, 9.3292386e-14),
        (1024, 20, 15, 2.3850723e-25),
        (600, 40, 12, 2.1302836e-06),
        (600, 40, 20, 8.8393345e-16),
    ],
)
def test_published_tails(units, active, threshold, published) -> None:
    assert at.theory.false_match(units, active, threshold) == pytest.approx(published, rel=1e-7)


@pytest.mark.parametrize(("active", "query", "threshold"), [(3, 4, 2), (2, 5, 1), (4, 4, 4)])
def test_every_pattern_counted(active: int, query: int, threshold: int) -> None:
    wanted = set(range(query))
    drawn = [wanted & set(pattern) for pattern in combinations(range(9), active)]
    expected = sum(len(shared) >= threshold for shared in drawn) / len(drawn)
    found = at.theory.false_match(9, active, threshold, query)
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("threshold", [0, 1, 2, 3, 4])
def test_every_union_counted(threshold: int) -> None:
    wanted = set(range(4))
    drawn = list(product(combinations(range(7), 2), repeat=3))
    covered = [len(wanted & set().union(*patterns)) for patterns in drawn]
    expected = sum(count >= threshold for count in covered) / len(drawn)
    found = at.theory.union_false_match(7, 2, threshold, 3, query=4)
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_union_of_one_pattern_is_the_pattern() -> None:
    for threshold in (1, 4, 9):
        alone = at.theory.false_match(200, 10, threshold)
        assert at.theory.union_false_match(200, 10, threshold, 1) == pytest.approx(alone, rel=1e-9)


def test_the_usual_estimate_of_a_union_is_close() -> None:
    estimate = (1 - (1 - 20 / 1024) ** 40) ** 20
    exact = at.theory.union_false_match(1024, 20, 20, 40)
    # units of one pattern exclude each other: the estimate is too high
    assert 0.5 * estimate < exact < estimate


def test_bounds_stand_in_their_order() -> None:
    alone = at.theory.false_match(600, 40, 12)
    for patterns in (1, 1000, 10**6):
        some = at.theory.false_match_any(600, 40, 12, patterns)
        assert alone <= some * (1 + 1e-12)
        assert some <= patterns * alone * (1 + 1e-12)
    assert at.theory.false_match_any(600, 40, 0, 3) == 1.0
    # 1 − (1 − p)ᴹ keeps its digits where p vanishes beside 1
    tiny = at.theory.false_match(1024, 20, 15)
    assert at.theory.false_match_any(1024, 20, 15, 1000) == pytest.approx(1000 * tiny, rel=1e-9)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.false_match(10, 11, 3),
        lambda: at.theory.false_match(10, 3, -1),
        lambda: at.theory.false_match_any(10, 3, 2, 0),
        lambda: at.theory.union_false_match(10, 3, 2, 5, query=11),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="match"):
        call()
