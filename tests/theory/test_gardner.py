"""Gardner's bound against published numbers, an integral done by hand, and its limits."""

import numpy as np
import pytest
from scipy import integrate

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("row", "margin", "activity", "published", "tolerance"),
    [
        ("gard_0", 0.0, 0.5, 2.0, 1e-4),
        ("gard_1", 1.0, 0.5, 0.51957, 1e-4),
        ("gardf_0.1", 0.0, 0.1, 3.9129, 0.0039129),
        ("gardf_0.01", 0.0, 0.01, 19.1973, 0.0191973),
    ],
)
def test_published_bounds(row, margin, activity, published, tolerance) -> None:
    found = at.theory.gardner_capacity(margin, activity)
    assert abs(found - published) <= tolerance, f"{row}: {found}"


@pytest.mark.parametrize("margin", [0.0, 0.3, 2.0])
def test_balanced_patterns_need_no_threshold(margin: float) -> None:
    def weighted(t: float) -> float:
        return float(np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi) * (t + margin) ** 2)

    inverse, _ = integrate.quad(weighted, -margin, 40.0)
    assert at.theory.gardner_capacity(margin) == pytest.approx(1 / inverse, rel=1e-9)


def test_active_and_inactive_units_can_be_exchanged() -> None:
    bounds = [at.theory.gardner_capacity(0.4, activity) for activity in (0.2, 0.8)]
    assert bounds[0] == pytest.approx(bounds[1], rel=1e-9)


def test_sparser_patterns_and_smaller_margins_leave_room_for_more() -> None:
    by_activity = [at.theory.gardner_capacity(0.0, a) for a in (0.5, 0.2, 0.05, 1e-3, 1e-5)]
    by_margin = [at.theory.gardner_capacity(margin, 0.1) for margin in (2.0, 1.0, 0.5, 0.0)]
    assert by_activity == sorted(by_activity)
    assert by_margin == sorted(by_margin)


@pytest.mark.parametrize("arguments", [(-1.0, 0.5), (0.0, 0.0), (0.0, 1.0), (float("nan"), 0.5)])
def test_values_out_of_range_are_refused(arguments) -> None:
    with pytest.raises(ParameterError, match="gardner_capacity"):
        at.theory.gardner_capacity(*arguments)
