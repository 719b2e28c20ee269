"""The trace rule against the closed forms in its docstring."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError

RULE = at.TraceHebbian()


def regular(rate: float, count: int, first: float = 0.0) -> np.ndarray:
    return np.round(first + np.arange(count) * 1000.0 / rate, 1)


def test_pairing_above_saturation_follows_the_closed_form(taught):
    # at five times the on-rate both traces exceed 1, hence c = 1, from here on
    rate, before, count = 200.0, 20, 10
    early = [regular(rate, before)]
    late = [regular(rate, before + count)]
    shifted = [late[0] + 2.0]
    start = taught(RULE, early, [early[0] + 2.0], 0.1)[0]
    end = taught(RULE, late, shifted, 0.1)[0]
    assert 1.0 - end == pytest.approx((1.0 - start) * (1.0 - RULE.potentiation) ** count, rel=1e-9)


@pytest.mark.parametrize("lag", [1.0, 8.0, 16.0, 24.0])
def test_pairing_at_the_on_rate_follows_the_closed_form(taught, lag):
    # traces have settled to 1 part in 1e8 after 40 spikes; A+ is small, so that w has not
    rule, spikes = at.TraceHebbian(potentiation=0.01), regular(40.0, 60)
    fired = spikes + lag
    left = [1.0 - taught(rule, [spikes[:n]], [fired[:n]], 0.0)[0] for n in (40, 60)]
    found = (1.0 - (left[1] / left[0]) ** (1 / 20)) / rule.potentiation
    decay = np.exp(-0.5)
    x = 0.5 * np.exp(-lag / 50.0) / (1.0 - decay)
    y = 0.5 * decay / (1.0 - decay)
    above = [min((z - 0.4) / 0.6, 1.0) for z in (x, y)]
    assert found == pytest.approx(np.prod(above), rel=1e-5)
    assert 0.39 < found < 0.62, "as the docstring says"


@pytest.mark.parametrize("lag", [1.0, 24.0])
def test_one_pairing_of_300_ms_is_enough(taught, lag):
    spikes = regular(40.0, 13)
    assert taught(RULE, [spikes], [spikes + lag], 0.0)[0] > 0.5


def test_traces_are_one_at_the_on_rate():
    source, target = RULE.jumps(40.0, 10.0)
    # the mean of a trace is rate × jump × τ
    assert 0.040 * source * RULE.tau_pre == pytest.approx(1.0)
    assert 0.010 * target * RULE.tau_post == pytest.approx(1.0)


def test_a_source_whose_target_is_silent_weakens_by_the_closed_form(taught):
    spikes = regular(40.0, 30)
    # the target spikes once at the end, long after
    (weight,) = taught(RULE, [spikes], [[2000.0]], 0.8)
    assert weight == pytest.approx(0.8 * (1.0 - RULE.depression) ** 30, rel=1e-9)


def test_a_target_whose_source_is_silent_forgets_nothing(taught):
    assert taught(RULE, [[3000.0]], [regular(40.0, 40)], 0.8)[0] == pytest.approx(
        0.8 * (1.0 - RULE.depression), rel=1e-6
    )


def test_lone_spikes_of_the_target_teach_nothing(taught):
    apart = np.arange(0.0, 2000.0, 150.0)
    assert taught(at.TraceHebbian(depression=0.0), [regular(40.0, 80)], [apart], 0.0)[0] == 0.0


def test_weights_stay_within_their_bounds_whatever_the_rates(taught):
    draws = np.random.default_rng(1)
    times = [[np.sort(draws.choice(5000, 250, False)) / 10.0 for _ in range(50)] for _ in "ab"]
    # at three times the rate of the spikes, so that traces go above and below the threshold
    rule = at.TraceHebbian(potentiation=1.0, depression=1.0, maximum=0.3)
    weights = taught(rule, *times, 0.15, rate=1500.0)
    assert weights.min() >= 0.0
    assert weights.max() <= 0.3
    assert np.ptp(weights) > 0.0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"threshold": 1.0}, "threshold is 1.0; it must be above 0 and below 1"),
        ({"potentiation": 1.5}, "potentiation is 1.5; it must be 0 to 1"),
        ({"maximum": 0.0}, "maximum is 0.0"),
    ],
)
def test_values_that_would_not_be_stable_are_refused(values, message):
    with pytest.raises(ParameterError, match=message):
        at.TraceHebbian(**values)
