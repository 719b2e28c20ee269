"""Clique memories: published density and errors, and messages that are stored."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import clique_density, clique_error


@pytest.mark.parametrize(
    ("clusters", "units", "erased", "messages", "density", "formula"),
    [
        (4, 512, 1, 10000, 0.0374, 0.0264),
        (4, 512, 1, 15000, 0.0556, 0.0842),
        (8, 256, 4, 15000, 0.2046, 0.8327),
    ],
)
def test_published_formula(clusters, units, erased, messages, density, formula) -> None:
    """Rows gb_*, whose simulated values are of several steps where more than one is erased."""
    assert clique_density(units, messages) == pytest.approx(density, abs=5e-5)
    assert clique_error(clusters, units, erased, messages) == pytest.approx(formula, abs=5e-5)


@pytest.mark.parametrize(
    ("messages", "simulated", "tolerance"),
    [
        (10000, 0.027, 0.012),
        (15000, 0.0985, 0.021),
    ],
)
def test_published_simulations_with_one_cluster_erased(messages, simulated, tolerance) -> None:
    assert abs(clique_error(4, 512, 1, messages, counted=True) - simulated) <= tolerance


def simulated(clusters: int, units: int, erased: int, messages: int, networks: int) -> np.ndarray:
    """Fraction of 200 messages of each network that one step does not find alone."""
    generator, found = np.random.default_rng(messages), []
    for _ in range(networks):
        rows = generator.integers(0, units, (messages, clusters)) + np.arange(clusters) * units
        links = np.zeros((clusters * units,) * 2, bool)
        for one in range(clusters):
            for other in set(range(clusters)) - {one}:
                links[rows[:, one], rows[:, other]] = True
        known = clusters - erased
        joined = links[rows[:200, :known]].all(axis=1)[:, known * units :]
        found.append((joined.sum(axis=1) > erased).mean())
    return np.array(found)


@pytest.mark.parametrize("case", [(4, 128, 1, 900), (4, 256, 1, 3500), (5, 64, 2, 300)])
def test_counting_agrees_with_messages_that_are_stored(case) -> None:
    clusters, units, erased, messages = case
    found = simulated(clusters, units, erased, messages, 100)
    error = found.std(ddof=1) / math.sqrt(len(found))
    counted = clique_error(*case, counted=True)
    # wrong units share their inputs: units that come together make errors a little rarer
    allowed = 4 * error + 0.03 * counted
    assert abs(found.mean() - counted) < allowed, f"{found.mean()} against {counted}"


def test_independent_links_promise_too_few_errors() -> None:
    case = (4, 256, 1, 3500)
    found = simulated(*case, 100)
    error = found.std(ddof=1) / math.sqrt(len(found))
    assert clique_error(*case) < found.mean() - 3 * error


def test_counting_is_exact_for_one_input_and_for_one_other_message() -> None:
    """One input: any other message through it and the unit; another message: the same choice."""
    density = clique_density(50, 199)
    one = 1 - (1 - density) ** 49
    assert clique_error(2, 50, 1, 200, counted=True) == pytest.approx(one, rel=1e-9)
    wrong = 50**-4
    assert clique_error(4, 50, 1, 2, counted=True) == pytest.approx(1 - (1 - wrong) ** 49, rel=1e-5)


def linked_to_all(units: int, messages: int, inputs: int) -> Fraction:
    """Chance that messages link a unit to all inputs, by adding one message after another."""
    through = Fraction(1, units)
    # number of inputs that have a link, after messages that pass through the unit or do not
    held = [Fraction(1)] + [Fraction(0)] * inputs
    for _ in range(messages):
        after = [(1 - through) * chance for chance in held]
        for had, chance in enumerate(held):
            for new in range(inputs - had + 1):
                ways = math.comb(inputs - had, new) * (units - 1) ** (inputs - had - new)
                after[had + new] += through * chance * Fraction(ways, units ** (inputs - had))
        held = after
    return held[inputs]


@pytest.mark.parametrize("case", [(8, 512, 1, 12), (20, 64, 2, 7), (60, 512, 1, 4)])
def test_counting_keeps_its_digits_where_errors_are_rare(case) -> None:
    clusters, units, erased, messages = case
    wrong = linked_to_all(units, messages - 1, clusters - erased)
    # so small that 1 - (1 - p)^n is np, to all digits of a float
    expected = float(erased * (units - 1) * wrong)
    assert clique_error(*case, counted=True) == pytest.approx(expected, rel=1e-9, abs=0.0)
    assert expected < 1e-12


@pytest.mark.parametrize(
    "case", [(8, 512, 1, 1000), (20, 64, 1, 3000), (20, 512, 1, 10**5), (60, 512, 1, 10000)]
)
def test_many_clusters_agree_with_fractions(case) -> None:
    """The sum over missing links in whole numbers: all powers have one denominator, l^(j+1)."""
    clusters, units, erased, messages = case
    known = clusters - erased
    whole = units ** (known + 1)
    total, scale = 0, 10**300
    for missing in range(known + 1):
        hit = units**known - (units - 1) ** missing * units ** (known - missing)
        # 300 digits are kept, twice as many as cancel
        power = fixed_power((whole - hit) * scale // whole, messages - 1, scale)
        total += (-1) ** missing * math.comb(known, missing) * power
    expected = -math.expm1(erased * (units - 1) * math.log1p(-float(Fraction(total, scale))))
    assert clique_error(*case, counted=True) == pytest.approx(expected, rel=1e-9, abs=0.0)
    assert 0.0 < expected < 1.0


def fixed_power(base: int, exponent: int, scale: int) -> int:
    """Power of base/scale in units of 1/scale, by squaring."""
    result = scale
    while exponent:
        if exponent % 2:
            result = result * base // scale
        base, exponent = base * base // scale, exponent // 2
    return result


def test_ends_and_refusals() -> None:
    assert clique_density(10, 0) == 0.0
    assert clique_density(1, 1) == 1.0
    assert clique_error(4, 16, 0, 1000) == 0.0
    with pytest.raises(ParameterError, match="erased is 4"):
        clique_error(4, 16, 4, 10)
    with pytest.raises(ParameterError, match="units is"):
        clique_error(4, 1, 1, 10)
