import numpy as np
import pytest

from attractors.errors import ParameterError, UnknownNameError
from attractors.spike_trains import SpikeTrains, binned_rates, smoothed_rates


def test_the_exponential_is_exact_at_every_step(poisson, rng):
    trains = poisson(rng, [60.0] * 3, 200.0, trials=2)
    rates = smoothed_rates(trains, scale=15.0, step=5.0)
    since = rates["time"].values[:, None] - trains.time
    kernel = np.where(since >= 0, np.exp(-np.clip(since, 0, None) / 15.0), 0.0) / 0.015
    for trial, unit in np.ndindex(2, 3):
        mine = (trains.trial == trial) & (trains.unit == unit)
        np.testing.assert_allclose(rates.values[trial, :, unit], kernel[:, mine].sum(axis=1))


def test_the_exponential_sees_no_spike_before_it_fell():
    trains = SpikeTrains([40.0, 72.0], [0, 0], [0, 0], units=1, trials=1, stop=100.0)
    rates = smoothed_rates(trains, scale=10.0, step=10.0, by="population").values[0]
    assert (rates[:3] == 0).all()
    # the spike at 40 ms is at the end of the fourth step, there it is fresh
    assert rates[3] == pytest.approx(100.0)
    assert rates[6] == pytest.approx(100.0 * np.exp(-3.0))
    assert rates[7] == pytest.approx(100.0 * (np.exp(-4.0) + np.exp(-0.8)))


def test_the_gaussian_is_the_sum_of_bells():
    time, sigma, step = np.array([101.3, 130.0, 155.55]), 10.0, 1.0
    trains = SpikeTrains(time, [0] * 3, [0] * 3, units=1, trials=1, stop=300.0)
    rates = smoothed_rates(trains, sigma, step, "gaussian", by="population")
    away = (rates["time"].values[:, None] - time) / sigma
    peak = 1000.0 / (sigma * np.sqrt(2 * np.pi))
    expected = peak * np.exp(-0.5 * away**2).sum(axis=1)
    # linear interpolation errs by step²/8 of the bell's curvature, at most its peak / σ²; the
    # bell is cut at 4 σ, where it has e⁻⁸ of its peak; three bells
    bound = 3 * peak * ((step / sigma) ** 2 / 8 + np.exp(-8.0))
    assert np.abs(rates.values[0] - expected).max() < bound


def test_the_gaussian_keeps_a_constant_rate_constant_up_to_the_borders():
    time = np.arange(0.5, 100.0)
    nobody = np.zeros(100, int)
    clock = SpikeTrains(time, nobody, nobody, units=1, trials=1, stop=100.0)
    rates = smoothed_rates(clock, 8.0, kernel="gaussian")
    np.testing.assert_allclose(rates.values, 1000.0)


@pytest.mark.parametrize("kernel", ["exponential", "gaussian"])
def test_trials_and_units_do_not_mix(kernel):
    trains = SpikeTrains([99.0], [1], [0], units=3, trials=2, stop=100.0)
    rates = smoothed_rates(trains, 20.0, kernel=kernel)
    assert rates.values[0, -1, 1] > 0
    rates[0, :, 1] = 0
    assert not rates.any()


@pytest.mark.parametrize("kernel", ["exponential", "gaussian"])
def test_groups_smooth_like_the_mean_of_their_units(poisson, rng, kernel):
    trains = poisson(rng, [60.0] * 4, 100.0, trials=2)
    groups = np.array([[1, 1, 0, 0], [0, 1, 1, 1]])
    unit = smoothed_rates(trains, 12.0, kernel=kernel).values
    expected = np.stack([unit[..., members > 0].mean(axis=-1) for members in groups], axis=-1)
    np.testing.assert_allclose(
        smoothed_rates(trains, 12.0, kernel=kernel, by=groups), expected, atol=1e-9
    )
    np.testing.assert_allclose(
        smoothed_rates(trains, 12.0, kernel=kernel, by="population"), unit.mean(axis=-1), atol=1e-9
    )


@pytest.mark.parametrize("kernel", ["exponential", "gaussian"])
def test_a_poisson_train_keeps_its_mean(poisson, rng, kernel):
    trains = poisson(rng, [100.0], 20_000.0)
    smooth = smoothed_rates(trains, 10.0, kernel=kernel).mean().item()
    plain = binned_rates(trains).item()
    # a few kernels' worth of spikes at the two borders is all that may differ
    assert smooth == pytest.approx(plain, rel=4 * 10.0 / 20_000.0)


def test_what_cannot_be_smoothed_is_refused():
    trains = SpikeTrains([2.0], [0], [0], units=1, trials=1, stop=100.0)
    with pytest.raises(UnknownNameError, match="kernel of smoothed_rates"):
        smoothed_rates(trains, 5.0, kernel="boxcar")
    with pytest.raises(ParameterError, match="scale"):
        smoothed_rates(trains, 0.0)
    with pytest.raises(ParameterError, match="do not fill"):
        smoothed_rates(trains, 5.0, step=7.0)
