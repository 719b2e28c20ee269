"""Circles of addresses: published numbers, all addresses counted, the best radius searched."""

import math

import numpy as np
import pytest
from scipy import optimize, stats

import attractors as at
from attractors.errors import ParameterError


def test_published_activation() -> None:
    assert abs(at.theory.kanerva_activation(1000, 451) - 0.00107185) <= 1e-8


@pytest.mark.parametrize(("distance", "published"), [(100, 285.831), (200, 103.461)])
def test_published_circles(distance: int, published: float) -> None:
    found = 1e6 * at.theory.kanerva_shared(1000, 451, distance)
    assert abs(found - published) <= 1e-3


def test_published_best_radius() -> None:
    assert at.theory.kanerva_best_radius(64, 2.0**64, 1024) == 11


@pytest.mark.parametrize("radius", [0, 3, 5, 8])
def test_every_address_counted(radius: int) -> None:
    units = 11
    addresses = (np.arange(2**units)[:, None] >> np.arange(units)) & 1
    near = addresses.sum(axis=1) <= radius
    assert at.theory.kanerva_activation(units, radius) == pytest.approx(near.mean(), rel=1e-12)
    for distance in (0, 1, 4, 7, 11):
        other = np.arange(units) < distance
        both = near & ((addresses ^ other).sum(axis=1) <= radius)
        found = at.theory.kanerva_shared(units, radius, distance)
        assert found == pytest.approx(both.mean(), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("units", "locations", "words"), [(128, 1e5, 300), (64, 2.0**64, 50)])
def test_no_activation_gives_more_signal(units: int, locations: float, words: float) -> None:
    def noise_to_signal(log_p: float) -> float:
        p = math.exp(log_p)
        return (1 + p * words * (1 + p * p * locations)) / (p * locations)

    found = optimize.minimize_scalar(noise_to_signal, bounds=(-45, 0), method="bounded")
    radius = at.theory.kanerva_best_radius(units, locations, words)
    assert radius == stats.binom.ppf(math.exp(found.x), units, 0.5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.kanerva_activation(10, 11),
        lambda: at.theory.kanerva_activation(0, 0),
        lambda: at.theory.kanerva_shared(10, 3, 11),
        lambda: at.theory.kanerva_shared(10, -1, 3),
        lambda: at.theory.kanerva_best_radius(10, 0.5, 3),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="kanerva_"):
        call()
