"""Readouts of a scaffold: published overlaps, pseudo-inverses that are drawn, limits."""

import math

import numpy as np
import pytest

import attractors as at
from attractors.errors import AttractorsError


@pytest.mark.parametrize(
    ("patterns", "published", "hebbian"), [(400, 0.6827, 0.5205), (1600, 0.2945, 0.2763)]
)
def test_published_overlaps(patterns: int, published: float, hebbian: float) -> None:
    assert abs(at.theory.scaffold_overlap(200, patterns) - published) <= 1e-4
    # the row divides by P where P − 1 others disturb
    found = at.theory.scaffold_overlap(200, patterns, rule="hebbian")
    assert abs(found - hebbian) <= 1e-3


@pytest.mark.parametrize(("hidden", "patterns"), [(60, 80), (60, 150), (100, 500)])
@pytest.mark.parametrize("rule", ["pseudo-inverse", "hebbian"])
def test_readouts_that_are_drawn(hidden: int, patterns: int, rule: str) -> None:
    rng = np.random.default_rng(patterns)
    seen = []
    for _ in range(20):
        states = rng.choice([-1.0, 1.0], (hidden, patterns))
        features = rng.choice([-1.0, 1.0], (200, patterns))
        back = np.linalg.pinv(states) if rule == "pseudo-inverse" else states.T
        seen.append(np.mean(np.sign(features @ (back @ states)) * features))
    expected = at.theory.scaffold_overlap(hidden, patterns, rule=rule)
    error = np.std(seen, ddof=1) / math.sqrt(len(seen))
    # the diagonal's scatter is of order 1/√P, its effect of order 1/P
    assert abs(np.mean(seen) - expected) < 4 * error + 1 / patterns, f"{seen} against {expected}"


def test_information_is_full_up_to_the_hidden_units_and_ends_at_its_limit() -> None:
    assert at.theory.scaffold_information(200, 100) == pytest.approx(0.5)
    assert at.theory.scaffold_information(200, 200) == pytest.approx(1.0)
    limit = at.theory.scaffold_information(200, 10**7)
    assert limit == pytest.approx(1 / (math.pi * math.log(2)), rel=1e-3)


def test_recall_is_complete_until_the_hidden_units_are_exceeded() -> None:
    falling = [at.theory.scaffold_overlap(50, patterns) for patterns in (1, 50, 51, 60, 10**6)]
    assert falling[:2] == [1.0, 1.0]
    assert falling == sorted(falling, reverse=True)
    assert falling[-1] < 0.01


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.scaffold_overlap(0, 5),
        lambda: at.theory.scaffold_overlap(5, 0),
        lambda: at.theory.scaffold_overlap(5, 5, rule="oja"),
        lambda: at.theory.scaffold_information(5, 2.5),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(AttractorsError, match="scaffold_"):
        call()
