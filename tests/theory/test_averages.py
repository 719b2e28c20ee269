"""Averages over normal noise, against adaptive quadrature on both sides of the change of method."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate

from attractors.theory.averages import averages

FUNCTIONS = (
    math.tanh,
    lambda x: 1 - math.tanh(x) ** 2,
    lambda x: (1 - math.tanh(x) ** 2) ** 2,
    lambda x: abs(x) + math.log1p(math.exp(-2 * abs(x))),
)


@pytest.mark.parametrize("signal", [0.0, 0.7, 6.0])
@pytest.mark.parametrize("noise", [0.05, 0.999, 1.0, 3.0, 40.0])
def test_averages_are_the_integrals(signal: float, noise: float) -> None:
    for found, function in zip(averages(signal, noise), FUNCTIONS, strict=True):

        def integrand(z: float, function=function) -> float:
            return float(function(signal + noise * z)) * math.exp(-z * z / 2)

        # the field changes sign at one point, within some 1/noise
        turn = -signal / noise
        marks = [turn + step / noise for step in (-3, -1, 0, 1, 3) if abs(turn) < 8]
        whole, _ = integrate.quad(integrand, -12, 12, points=marks or None, limit=500)
        assert found == pytest.approx(whole / math.sqrt(2 * math.pi), rel=1e-7, abs=1e-10)


def test_without_noise_they_are_the_functions() -> None:
    for found, function in zip(averages(1.3, 0.0), FUNCTIONS, strict=True):
        assert found == pytest.approx(function(1.3), rel=1e-12)


def test_very_sharp_units_are_signs() -> None:
    found = averages(2e8, 1e8)
    assert found.tanh == pytest.approx(math.erf(2 / np.sqrt(2)), abs=1e-12)
    assert found.ln_2cosh == pytest.approx(1e8 * 2.016981, rel=1e-6)
