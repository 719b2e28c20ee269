"""The ±1 network at a temperature: published states, plain iteration, and its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate

from attractors.errors import ParameterError
from attractors.theory import hopfield_capacity, hopfield_overlap, hopfield_state


@pytest.mark.parametrize(
    ("temperature", "published"),
    [(0.1, 0.135049), (0.2, 0.122559), (0.5, 0.058816), (0.8, 0.010101)],
)
def test_published_capacities(temperature: float, published: float) -> None:
    """Rows hop_acT_*."""
    assert abs(hopfield_capacity(temperature=temperature) - published) <= 1e-5


@pytest.mark.parametrize(
    ("load", "temperature", "published"),
    [(0.02, 0.3, 0.9959), (0.05, 0.4, 0.9662), (0.1, 0.1, 0.9968)],
)
def test_published_overlaps(load: float, temperature: float, published: float) -> None:
    """Rows hop_mT_*, printed with four digits."""
    assert hopfield_overlap(load, temperature) == pytest.approx(published, abs=6e-5)


def iterated(load: float, temperature: float) -> tuple[float, float]:
    """m and q by iteration from m = q = 1, with an adaptive quadrature."""

    def normal(power: int, m: float, s: float) -> float:
        def integrand(z: float) -> float:
            field = math.tanh((m + s * z) / temperature) ** power
            return float(field * math.exp(-z * z / 2) / math.sqrt(2 * math.pi))

        return float(integrate.quad(integrand, -9.0, 9.0, points=[-m / s], limit=200)[0])

    m = q = 1.0
    for _ in range(120):
        s = math.sqrt(load * q) / (1 - (1 - q) / temperature)
        m, q = normal(1, m, s), normal(2, m, s)
    return m, q


@pytest.mark.parametrize(("load", "temperature"), [(0.03, 0.45), (0.11, 0.15), (0.004, 0.8)])
def test_iterating_the_equations_settles_on_the_same_state(load, temperature) -> None:
    state = hopfield_state(load, temperature)
    assert state is not None
    m, q = iterated(load, temperature)
    assert state.overlap == pytest.approx(m, abs=1e-8)
    assert state.order == pytest.approx(q, abs=1e-8)
    assert state.noise == pytest.approx(q / (1 - (1 - q) / temperature) ** 2, rel=1e-6)


def test_the_states_of_low_temperatures_run_into_that_of_none() -> None:
    cold, none = hopfield_state(0.09, 1e-5), hopfield_state(0.09)
    assert cold is not None
    assert none is not None
    assert cold[:5] == pytest.approx(none[:5], abs=1e-6)
    assert hopfield_capacity(temperature=1e-5) == pytest.approx(hopfield_capacity(), abs=1e-6)


def test_a_single_pattern_is_a_ferromagnet() -> None:
    """Without load m = tanh(m/T), whose m is 0.9949… at T = 1/3."""
    m = hopfield_overlap(1e-12, 1 / 3)
    assert m == pytest.approx(math.tanh(3 * m), abs=1e-6)
    assert m > 0.9


@pytest.mark.parametrize("load", [0.1, 0.13])
def test_replica_symmetry_breaks_at_low_temperature(load: float) -> None:
    """Near T = 0 the average of sech⁴ is 2TC/3, so that the line is T = 2αC / 3(1-C)²."""
    none = hopfield_state(load)
    assert none is not None
    assert not none.symmetric
    line = 2 * load * none.response / (3 * (1 - none.response) ** 2)
    # C itself moves by some T/α along the way
    for factor, symmetric in ((1.3, True), (0.7, False)):
        state = hopfield_state(load, factor * line)
        assert state is not None
        assert state.symmetric is symmetric


def test_the_line_of_broken_symmetry_is_published_for_small_loads() -> None:
    """Amit, Gutfreund & Sompolinsky: T = √(8α/9π) exp(-1/2α) for α → 0."""
    for load in (0.03, 0.02):
        none = hopfield_state(load)
        assert none is not None
        line = 2 * load * none.response / (3 * (1 - none.response) ** 2)
        published = math.sqrt(8 * load / (9 * math.pi)) * math.exp(-1 / (2 * load))
        assert line == pytest.approx(published, rel=0.01)


def test_glauber_dynamics_keep_the_overlap() -> None:
    """A network of 1200 units, ten patterns a run: bound from the spread between patterns."""
    generator = np.random.default_rng(5)
    units, load, temperature = 1200, 0.04, 0.5
    patterns = generator.choice([-1.0, 1.0], (int(load * units), units))
    weights = patterns.T @ patterns / units
    np.fill_diagonal(weights, 0.0)
    states, found = patterns[:10].copy(), []
    for step in range(40):
        # a random tenth of the units at a time stands for asynchronous updates
        for part in np.array_split(generator.permutation(units), 10):
            chance = 0.5 + 0.5 * np.tanh(states @ weights[:, part] / temperature)
            states[:, part] = np.where(generator.random(chance.shape) < chance, 1.0, -1.0)
        if step >= 15:
            found.append((states * patterns[:10]).mean(axis=1))
    each = np.mean(found, axis=0)
    expected = hopfield_overlap(load, temperature)
    # finite size shifts m by some 1/N over its distance from the transition; 2/√(10 N) covers it
    allowed = 4 * each.std(ddof=1) / math.sqrt(10) + 2 / math.sqrt(10 * units)
    assert abs(each.mean() - expected) < allowed, f"{each.mean()} against {expected}"


def test_stricter_overlaps_lower_the_capacity_and_heat_ends_it() -> None:
    strict = hopfield_capacity(0.95, 0.3)
    assert 0 < strict < hopfield_capacity(temperature=0.3)
    assert hopfield_overlap(strict, 0.3) == pytest.approx(0.95, abs=1e-8)
    assert hopfield_capacity(0.9999, 0.5) == 0.0, "heat alone leaves m = 0.9575 at T = 0.5"
    assert hopfield_capacity(temperature=1.0) == 0.0
    assert hopfield_overlap(0.01, 1.2) == 0.0
    assert hopfield_state(0.1, 0.5) is None


@pytest.mark.parametrize("arguments", [(0.1, -0.1), (0.0, 0.1), (0.1, float("inf"))])
def test_values_out_of_range_are_refused(arguments) -> None:
    with pytest.raises(ParameterError, match="hopfield_state"):
        hopfield_state(*arguments)
