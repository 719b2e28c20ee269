"""Clique memories: published density and errors, and messages that are stored."""

from __future__ import annotations

import math

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


def test_ends_and_refusals() -> None:
    assert clique_density(10, 0) == 0.0
    assert clique_density(1, 1) == 1.0
    assert clique_error(4, 16, 0, 1000) == 0.0
    with pytest.raises(ParameterError, match="erased is 4"):
        clique_error(4, 16, 4, 10)
    with pytest.raises(ParameterError, match="units is"):
        clique_error(4, 1, 1, 10)
