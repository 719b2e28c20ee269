"""Where a share crosses a level is found from wherever one begins."""

from __future__ import annotations

import pytest

from attractors.errors import ParameterError
from attractors.verify.families.crossing import falls_below


@pytest.mark.parametrize("first", [1, 4, 100, 1000])
@pytest.mark.parametrize("half", [3, 57, 700])
def test_the_crossing_of_a_line(first: int, half: int) -> None:
    assert falls_below(lambda load: 1.8 * half / (half + load), first=first) == pytest.approx(
        half, abs=1e-9
    )


def test_a_step_is_found_between_two_patterns() -> None:
    assert 63 < falls_below(lambda load: float(load < 64)) < 64


def test_a_memory_that_recalls_nothing_holds_nothing() -> None:
    assert falls_below(lambda load: 0.0) == 0.0


def test_a_share_that_never_falls_is_refused() -> None:
    with pytest.raises(ParameterError, match="even at"):
        falls_below(lambda load: 1.0)
