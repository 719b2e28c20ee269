"""Random expansion: published noise, codes and readouts that are drawn, and limits."""

import math

import numpy as np
import pytest
from scipy import stats

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("activity", "noise", "published"), [(0.5, 0.1, 0.2871), (0.1, 0.1, 0.3459), (0.1, 0.4, 0.6776)]
)
def test_published_noise(activity: float, noise: float, published: float) -> None:
    # four digits are printed
    assert abs(at.theory.expansion_noise(noise, activity) - published) <= 1e-4


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.5, 1.0, 1.7, 2.0])
def test_half_active_codes_follow_the_angle(noise: float) -> None:
    expected = 2 * math.acos(1 - noise) / math.pi
    assert at.theory.expansion_noise(noise, 0.5) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("activity", [0.02, 0.3, 0.9])
def test_joint_activity_agrees_with_a_bivariate_normal(activity: float) -> None:
    threshold = stats.norm.ppf(activity)
    both = stats.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]]).cdf([threshold, threshold])
    expected = (activity - both) / activity / (1 - activity)
    assert at.theory.expansion_noise(0.3, activity) == pytest.approx(expected, abs=1e-5)


def test_unrelated_patterns_differ_by_one_and_sparser_codes_amplify_more() -> None:
    for activity in (0.01, 0.5):
        assert at.theory.expansion_noise(1.0, activity) == pytest.approx(1.0)
        assert at.theory.expansion_noise(0.0, activity) == 0.0
    sparser = [at.theory.expansion_noise(0.1, activity) for activity in (0.5, 0.1, 0.01, 1e-4)]
    assert sparser == sorted(sparser)


def test_few_inputs_a_unit_add_less_noise_and_many_the_full() -> None:
    found = [at.theory.expansion_noise(0.2, 0.1, fan_in) for fan_in in (1, 4, 30, 3000)]
    assert found == sorted(found)
    # with one input a unit is the same, or changes its sign: Bernoulli with 0.1
    flipped = 0.1 * at.theory.expansion_noise(2.0, 0.1)
    assert found[0] == pytest.approx(flipped)
    assert found[-1] == pytest.approx(at.theory.expansion_noise(0.2, 0.1), abs=1e-3)


@pytest.mark.parametrize("fan_in", [3, 8])
def test_codes_of_few_inputs_that_are_drawn(fan_in: int) -> None:
    rng = np.random.default_rng(fan_in)
    draws, activity, noise = 200_000, 0.2, 0.3
    first = rng.choice([-1, 1], (draws, fan_in))
    second = first * np.where(rng.random((draws, fan_in)) < noise / 2, -1, 1)
    weights = rng.normal(size=(draws, fan_in)) / math.sqrt(fan_in)
    threshold = -stats.norm.ppf(activity)
    codes = [(weights * pattern).sum(axis=1) > threshold for pattern in (first, second)]
    seen = np.mean(codes[0] != codes[1]) / (2 * activity * (1 - activity))
    expected = at.theory.expansion_noise(noise, activity, fan_in)
    # a Bernoulli share of the draws, in units of 2f(1 − f)
    error = math.sqrt(seen / (2 * activity * (1 - activity)) / draws)
    assert abs(seen - expected) < 4 * error, f"{seen} against {expected}"


def misread(inputs, units, patterns, activity, noise, fan_in, rng) -> float:
    """Share of labels that a Hebbian readout tells wrongly in one network."""
    weights = rng.normal(size=(units, inputs))
    if fan_in is not None:
        counts = rng.multinomial(fan_in, np.full(inputs, 1 / inputs), size=units)
        weights *= np.sqrt(counts)
    scale = math.sqrt(inputs if fan_in is None else fan_in)
    threshold = -stats.norm.ppf(activity) * scale
    stored = rng.choice([-1, 1], (patterns, inputs))
    labels = rng.choice([-1, 1], patterns)
    shown = stored * np.where(rng.random(stored.shape) < noise / 2, -1, 1)
    codes, seen = ((s @ weights.T > threshold) - activity for s in (stored, shown))
    return float(np.mean((seen @ (labels @ codes)) * labels < 0))


@pytest.mark.parametrize(
    ("inputs", "units", "patterns", "activity", "noise", "fan_in"),
    [
        (50, 50, 60, 0.5, 0.1, None),
        (50, 800, 60, 0.2, 0.3, None),
        (40, 2000, 150, 0.1, 0.0, None),
        (100, 400, 100, 0.1, 0.2, 6),
    ],
)
def test_readouts_that_are_drawn(inputs, units, patterns, activity, noise, fan_in) -> None:
    rng = np.random.default_rng(units)
    sizes = (inputs, units, patterns, activity, noise, fan_in)
    seen = [misread(*sizes, rng) for _ in range(40)]
    expected = at.theory.expansion_readout_error(*sizes)
    error = np.std(seen, ddof=1) / math.sqrt(len(seen))
    assert abs(np.mean(seen) - expected) < 4 * error + 0.01, f"{np.mean(seen)} against {expected}"
    assert 0.02 < expected < 0.4


def test_expansion_helps_until_inputs_overlap_by_chance() -> None:
    errors = [
        at.theory.expansion_readout_error(200, units, 300, 0.1, 0.2)
        for units in (200, 2000, 20_000, 10**6, 10**8)
    ]
    assert errors == sorted(errors, reverse=True)
    assert errors[3] - errors[4] < 1e-3 < errors[0] - errors[1]


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.expansion_noise(2.1, 0.1),
        lambda: at.theory.expansion_noise(0.1, 0.0),
        lambda: at.theory.expansion_noise(0.1, 0.1, fan_in=0),
        lambda: at.theory.expansion_readout_error(10, 10, 1, 0.1),
        lambda: at.theory.expansion_readout_error(0, 10, 5, 0.1),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="expansion_"):
        call()
