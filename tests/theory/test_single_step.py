"""One step from a stored pattern, against printed tables and networks that are filled."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import hopfield_fixed_fraction, hopfield_step_error, hopfield_step_load


@pytest.mark.parametrize(
    ("error", "printed"), [(0.001, 0.1047), (0.0036, 0.1385), (0.01, 0.1848), (0.05, 0.37)]
)
def test_printed_loads_come_out(error: float, printed: float) -> None:
    """Rows hkp_* and a further line of table 2.1 of Hertz, Krogh & Palmer (1991)."""
    assert abs(hopfield_step_load(error) - printed) <= 1e-3
    assert hopfield_step_error(hopfield_step_load(error)) == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize(("patterns", "simulated"), [(36, 1.0), (72, 0.929), (109, 0.358)])
def test_published_fractions_of_fixed_patterns(patterns: int, simulated: float) -> None:
    """Rows mce_*, simulations of known tolerance."""
    assert abs(hopfield_fixed_fraction(1000, patterns) - simulated) <= 0.03


def fixed(units: int, patterns: int, networks: int) -> np.ndarray:
    """Fraction of patterns that one step keeps, in networks that are filled."""
    generator = np.random.default_rng(units + patterns)
    found = []
    for _ in range(networks):
        rows = generator.choice([-1.0, 1.0], (patterns, units))
        fields = (rows @ rows.T) @ rows - patterns * rows
        found.append((fields * rows >= 0).all(axis=1).mean())
    return np.array(found)


@pytest.mark.parametrize(("units", "patterns"), [(200, 20), (200, 30), (301, 30), (500, 45)])
def test_networks_that_are_filled_keep_as_many(units: int, patterns: int) -> None:
    found = fixed(units, patterns, 200)
    expected = hopfield_fixed_fraction(units, patterns)
    # beside chance, units given the overlaps' square sum are not quite independent: 1/P of a flip
    allowed = 4 * found.std(ddof=1) / math.sqrt(len(found)) + 1 / (4 * patterns)
    assert abs(found.mean() - expected) < allowed, f"{found.mean()} against {expected}"


def test_fractions_fall_from_all_at_half_the_limit_to_none_far_beyond_it() -> None:
    limit = 2000 / (2 * math.log(2000))
    found = [hopfield_fixed_fraction(2000, round(share * limit)) for share in (0.5, 1.0, 1.5, 3.0)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.999
    assert found[-1] < 1e-3


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="error is"):
        hopfield_step_load(0.5)
    with pytest.raises(ParameterError, match="patterns is"):
        hopfield_fixed_fraction(100, 5)
    with pytest.raises(ParameterError, match="load is"):
        hopfield_step_error(0.0)
    with pytest.raises(ParameterError, match="patterns is 10001; for 100 units"):
        hopfield_fixed_fraction(100, 10_001)


def test_fractions_far_beyond_the_limit_are_numbers() -> None:
    """The tilt's largest exponent is P/√N, here 1000, more than a float's exponential holds."""
    fractions = [hopfield_fixed_fraction(100, patterns) for patterns in (1000, 5000, 10_000)]
    assert fractions[0] > fractions[1] > fractions[2] > 0.0
