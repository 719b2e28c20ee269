import numpy as np
import pytest
from scipy.special import beta

from attractors.errors import ParameterError
from attractors.spike_trains import SpikeTrains, cv, cv2, lv

INTERVALS = 40_000


@pytest.mark.parametrize("measure", [cv, cv2, lv])
def test_a_clock_is_not_irregular(measure):
    time = np.tile(np.arange(0.0, 1000.0, 12.5), 2)
    unit = np.repeat([0, 2], len(time) // 2)
    clock = SpikeTrains(time, unit, np.zeros_like(unit), units=3, trials=1, stop=1000.0)
    found = measure(clock)
    assert found.dims == ("trial", "unit")
    np.testing.assert_allclose(found.values[0], [0.0, np.nan, 0.0], atol=1e-9)


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
def test_cv_of_a_gamma_process_is_one_over_the_root_of_its_shape(gamma, rng, shape):
    found = cv(gamma(rng, shape, INTERVALS)).item()
    expected = shape**-0.5
    # delta method for σ/μ: var / CV² = ((κ - 1) / 4 + CV² - γ CV) / n with skewness γ = 2 CV and
    # kurtosis κ = 3 + 6 CV²
    spread = expected * np.sqrt((0.5 + 0.5 / shape) / INTERVALS)
    assert abs(found - expected) < 4.5 * spread, (found, expected)


@pytest.mark.parametrize("shape", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("measure", [cv2, lv])
def test_local_measures_of_a_gamma_process(gamma, rng, measure, shape):
    found = measure(gamma(rng, shape, INTERVALS)).item()
    # I / (I + I') is Beta(k, k) distributed, with these absolute and squared deviations
    most = 2.0 if measure is cv2 else 3.0
    expected = (
        4 / (shape * 4**shape * beta(shape, shape)) if measure is cv2 else 3 / (2 * shape + 1)
    )
    # each term lies between 0 and `most`, so its variance is at most m (most - m); every other
    # term is independent of the rest
    spread = np.sqrt(expected * (most - expected) / (INTERVALS // 2))
    assert abs(found - expected) < 4.5 * spread, (found, expected)


def test_poisson_trains_are_one_by_all_three(gamma, rng):
    trains = gamma(rng, 1.0, INTERVALS)
    # the widest of the three bounds above at k = 1
    bound = 4.5 * np.sqrt(2.0 / (INTERVALS // 2))
    for measure in (cv, cv2, lv):
        assert measure(trains).item() == pytest.approx(1.0, abs=bound)


def test_a_slow_change_of_rate_raises_cv_alone():
    time = np.concatenate((np.arange(0.0, 1000.0, 10.0), np.arange(1000.0, 5000.0, 40.0)))
    nobody = np.zeros(len(time), int)
    trains = SpikeTrains(time, nobody, nobody, units=1, trials=1, stop=5000.0)
    # half the intervals are 10 and half 40 ms: σ = 15, mean 25, but for one interval in 199
    assert cv(trains).item() == pytest.approx(0.6, rel=0.02)
    assert cv2(trains).item() == pytest.approx(2 * 30 / 50 / 198)
    assert lv(trains).item() == pytest.approx(3 * 0.36 / 198)


@pytest.mark.parametrize("measure", [cv, cv2, lv])
def test_too_few_intervals_give_no_number(measure):
    unit = np.repeat([0, 1, 2, 3], [0, 1, 2, 5])
    time = np.array([3.0, 3.0, 9.0, 1.0, 2.0, 4.0, 7.0, 8.0])
    trains = SpikeTrains(time, unit, np.zeros(8, int), units=4, trials=1, stop=10.0)
    assert np.isnan(measure(trains).values[0]).tolist() == [True, True, True, False]
    assert np.isnan(measure(trains, least=5)).all()
    with pytest.raises(ParameterError, match="least"):
        measure(trains, least=1)


@pytest.mark.parametrize("measure", [cv, cv2, lv])
def test_trials_are_measured_apart(measure):
    """Two clocks of different speed are regular each."""
    time = np.concatenate((np.arange(0.0, 100.0, 10.0), np.arange(0.0, 100.0, 25.0)))
    trial = np.repeat([0, 1], [10, 4])
    trains = SpikeTrains(time, np.zeros_like(trial), trial, units=1, trials=2, stop=100.0)
    np.testing.assert_allclose(measure(trains), [[0.0], [0.0]], atol=1e-12)


def test_two_spikes_at_once_are_no_error():
    trains = SpikeTrains([4.0] * 3, [0] * 3, [0] * 3, units=1, trials=1, stop=10.0)
    assert [measure(trains).item() for measure in (cv, cv2, lv)] == [0.0, 0.0, 0.0]
