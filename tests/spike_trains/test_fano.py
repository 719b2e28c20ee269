import numpy as np
import pytest

from attractors.errors import ParameterError, UnknownNameError
from attractors.spike_trains import SpikeTrains, fano_factor


def test_poisson_counts_vary_as_much_as_their_mean_over_trials(poisson, rng):
    trials, units = 30, 400
    found = fano_factor(poisson(rng, [20.0] * units, 500.0, trials))
    assert found.dims == ("time", "unit")
    # given their sum, counts are multinomial: F has mean 1 and variance below 2 / (trials - 1)
    bound = 4.5 * np.sqrt(2 / ((trials - 1) * units))
    assert abs(found.mean().item() - 1.0) < bound, (found.mean().item(), bound)


def test_poisson_counts_vary_as_much_as_their_mean_over_windows(poisson, rng):
    windows, units = 50, 200
    found = fano_factor(poisson(rng, [20.0] * units, 50.0 * windows), 50.0, over="time")
    assert found.dims == ("trial", "unit")
    bound = 4.5 * np.sqrt(2 / ((windows - 1) * units))
    assert abs(found.mean().item() - 1.0) < bound, (found.mean().item(), bound)


def test_rates_that_differ_between_trials_add_their_variance(poisson, rng):
    """A rate that doubles in half of the trials: F = 1 + var(mean) / mean."""
    units, half = 400, 40
    low, high = (poisson(rng, [rate] * units, 500.0, half) for rate in (20.0, 40.0))
    time, unit = (np.concatenate((getattr(low, n), getattr(high, n))) for n in ("time", "unit"))
    trial = np.concatenate((low.trial, high.trial + half))
    both = SpikeTrains(time, unit, trial, units=units, trials=2 * half, stop=500.0)
    # means 10 and 20: their unbiased variance over 80 trials is 25 × 80 / 79
    expected = 1 + 25 * 80 / 79 / 15
    # counts stray by at most twice a Poisson count's relative spread at F = 2.7
    bound = 4.5 * 2 * expected * np.sqrt(2 / ((2 * half - 1) * units))
    assert abs(fano_factor(both).mean().item() - expected) < bound


def test_a_clock_counts_the_same_every_time():
    time = np.tile(np.arange(5.0, 100.0, 10.0), 3)
    trial = np.repeat([0, 1, 2], 10)
    clock = SpikeTrains(time, np.zeros_like(trial), trial, units=1, trials=3, stop=100.0)
    assert (fano_factor(clock, 20.0) == 0).all()
    assert (fano_factor(clock, 20.0, over="time") == 0).all()
    assert fano_factor(clock, 20.0)["time"].values.tolist() == [20.0, 40.0, 60.0, 80.0, 100.0]


def test_what_never_fired_has_no_factor():
    trains = SpikeTrains([1.0, 2.0], [0, 0], [0, 1], units=2, trials=2, stop=10.0)
    np.testing.assert_array_equal(fano_factor(trains), [[0.0, np.nan]])


def test_one_sample_has_no_variance():
    trains = SpikeTrains([1.0], [0], [0], units=1, trials=1, stop=10.0)
    with pytest.raises(ParameterError, match="one trial"):
        fano_factor(trains, 5.0)
    with pytest.raises(ParameterError, match="one window"):
        fano_factor(trains, over="time")
    with pytest.raises(UnknownNameError):
        fano_factor(trains, over="unit")
