"""Pairs of patterns in two layers: published numbers, symmetry, iteration, and a network."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import special

from attractors.errors import ParameterError
from attractors.theory import bidirectional_capacity, bidirectional_overlap


def test_published_numbers() -> None:
    """Rows bam_*."""
    assert abs(bidirectional_capacity() - 0.1998015) <= 1e-5
    assert abs(bidirectional_overlap(0.1) - 0.9983994) <= 1e-5


@pytest.mark.parametrize("ratio", [0.3, 2.0, 100.0])
def test_either_layer_may_be_called_the_first(ratio: float) -> None:
    mirrored = ratio * bidirectional_capacity(1 / ratio)
    assert bidirectional_capacity(ratio) == pytest.approx(mirrored, rel=1e-6)


def test_layers_that_are_almost_equal_are_almost_as_equal_ones() -> None:
    assert bidirectional_capacity(1.0001) == pytest.approx(bidirectional_capacity(), rel=2e-4)


def iterated(load: float, ratio: float) -> float:
    """Overlap of the first layer by damped iteration of the six equations."""
    loads = (load, load / ratio)
    m, c = [1.0, 1.0], [0.0, 0.0]
    for _ in range(3000):
        left = (1 - c[0] * c[1]) ** 2
        for k in (0, 1):
            other = 1 - k
            s = math.sqrt((loads[other] + c[other] ** 2 * loads[k]) / left)
            y = m[other] / (math.sqrt(2) * s)
            m[k] += 0.3 * (math.erf(y) - m[k])
            c[k] += 0.3 * (math.sqrt(2 / math.pi) * math.exp(-(y**2)) / s - c[k])
        if min(m) < 0.3:
            return 0.0
    return m[0]


@pytest.mark.parametrize("ratio", [0.5, 1.0, 3.0])
def test_iterating_the_equations_stops_at_the_same_load(ratio: float) -> None:
    critical = bidirectional_capacity(ratio)
    below = 0.95 * critical
    assert bidirectional_overlap(below, ratio) == pytest.approx(iterated(below, ratio), abs=1e-8)
    assert iterated(1.01 * critical, ratio) == 0.0
    assert bidirectional_overlap(1.01 * critical, ratio) == 0.0


def reaction(own: float, other: float, load: float) -> float:
    """Overlap that a layer keeps above theory: units whose own echo outweighs their field.

    The echo Γ = α₁C₂ / (1 - C₁C₂) holds a unit in the state it starts in where the rest of the
    field is weaker; the mean field takes the lower energy of the two.
    """
    y, y_other = float(special.erfinv(own)), float(special.erfinv(other))
    s, s_other = other / (math.sqrt(2) * y), own / (math.sqrt(2) * y_other)
    c, c_other = (
        math.sqrt(2 / math.pi) * math.exp(-(at**2)) / noise
        for at, noise in ((y, s), (y_other, s_other))
    )
    echo = load * c_other / (1 - c * c_other)
    return 2 * echo * math.exp(-(y**2)) / (math.sqrt(2 * math.pi) * s)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_layers_that_recall_keep_the_overlap(ratio: float) -> None:
    generator, units = np.random.default_rng(4), 1500
    count = round(0.8 * bidirectional_capacity(ratio) * units)
    first = generator.choice(np.float32([-1, 1]), (count, units))
    second = generator.choice(np.float32([-1, 1]), (count, round(ratio * units)))
    weights, states = first.T @ second, first
    for _ in range(12):
        others = np.sign(states @ weights + np.float32(1e-9))
        states = np.sign(others @ weights.T + np.float32(1e-9))
    loads = count / units, count / units / ratio
    expected = bidirectional_overlap(loads[0], ratio), bidirectional_overlap(loads[1], 1 / ratio)
    for k, each in enumerate([(states * first).mean(axis=1), (others * second).mean(axis=1)]):
        error = 4 * each.std(ddof=1) / math.sqrt(count)
        above = reaction(expected[k], expected[1 - k], loads[k])
        difference = each.mean() - expected[k]
        assert -error < difference < error + above, f"layer {k}: {difference}, echo {above}"


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ParameterError, match="ratio is"):
        bidirectional_capacity(0.0)
    with pytest.raises(ParameterError, match="load is"):
        bidirectional_overlap(-0.1)
