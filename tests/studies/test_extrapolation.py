"""The limit of many units covers the truth as often as it says, and tells a wrong form."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.studies.extrapolation import Limit, extrapolate, extrapolate_studies

UNITS = np.array([250, 500, 1000, 2000, 4000])
ERRORS = np.array([0.002, 0.0015, 0.001, 0.001, 0.002])


def drawn(generator: np.random.Generator, power: float, assumed: float | None = None) -> Limit:
    loads = 0.138 + 0.8 * UNITS**-power + ERRORS * generator.standard_normal(len(UNITS))
    return extrapolate(UNITS, loads, ERRORS, power if assumed is None else assumed)


@pytest.mark.parametrize("power", [0.5, 2 / 3, 1.0])
def test_exact_loads_give_limit_and_slope(power: float) -> None:
    found = extrapolate(UNITS, 0.138 + 0.8 * UNITS**-power, ERRORS, power)
    assert found.load == pytest.approx(0.138, rel=1e-9)
    assert found.slope == pytest.approx(0.8, rel=1e-9)
    assert found.chi_square == pytest.approx(0.0, abs=1e-12)
    assert found.freedom == 3


@pytest.mark.parametrize("power", [0.5, 1.0])
def test_the_interval_covers_the_truth_as_often_as_it_says(power: float) -> None:
    repeats = 400
    limits = [drawn(np.random.default_rng(seed), power) for seed in range(repeats)]
    covered = sum(limit.low <= 0.138 <= limit.high for limit in limits)
    # 95 % of 400 with a binomial standard deviation of 4.4: four of them are allowed
    assert abs(covered - 0.95 * repeats) <= 17.5, f"{covered} of {repeats}"


def test_probabilities_are_uniform_where_the_form_holds() -> None:
    found = [drawn(np.random.default_rng(seed), 1.0).probability for seed in range(400)]
    # the mean of 400 uniform numbers has a standard deviation of 0.0144
    assert np.mean(found) == pytest.approx(0.5, abs=0.058)


def test_a_wrong_power_is_told_by_the_goodness_of_fit() -> None:
    exact = 0.138 + 0.8 * UNITS**-0.5
    found = extrapolate(UNITS, exact, ERRORS / 3, power=1.5)
    assert found.probability < 1e-6
    assert not found.low <= 0.138 <= found.high


def test_two_sizes_have_a_limit_and_no_goodness_of_fit() -> None:
    found = extrapolate([500, 1000], [0.174, 0.1636], [0.0007, 0.0006], power=0.5)
    ratio = np.sqrt(0.5)
    assert found.load == pytest.approx((0.1636 - ratio * 0.174) / (1 - ratio))
    assert found.freedom == 0
    assert np.isnan(found.probability)


def test_studies_of_several_sizes_are_carried_on() -> None:
    options = {"trials": 3, "cues": 10, "seed": 2}
    studies = [at.studies.capacity("hebbian", units, **options) for units in (40, 60, 90)]
    found = extrapolate_studies(studies)
    widths = [study.interval[1] - study.interval[0] for study in studies]
    loads = [study.critical_load for study in studies]
    assert found == extrapolate([40, 60, 90], loads, np.array(widths) / 3.92)
    other = at.studies.capacity("hebbian", 60, flipped=0.1, **options)
    with pytest.raises(ParameterError, match=r"differ in flipped, 0\.0 and 0\.1"):
        extrapolate_studies([*studies, other])


@pytest.mark.parametrize(
    ("units", "loads", "errors", "message"),
    [
        ([500, 500], [0.1, 0.1], [0.01, 0.01], "two different numbers"),
        ([500, 900], [0.1], [0.01, 0.01], "one of each"),
        ([500, 900], [0.1, np.nan], [0.01, 0.01], "all numbers finite"),
        ([500, 900], [0.1, 0.2], [0.01, 0.0], "above 0"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    units: list, loads: list, errors: list, message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        extrapolate(units, loads, errors)
