import numpy as np
import pytest

from attractors.spike_trains import SpikeTrains, binned_rates


def test_a_clock_has_its_rate_in_every_bin():
    time = np.arange(0.0, 1000.0, 20.0)
    nobody = np.zeros(len(time), int)
    clock = SpikeTrains(time, nobody, nobody, units=2, trials=1, stop=1000.0)
    rates = binned_rates(clock, 100.0)
    assert rates.attrs["units"] == "Hz"
    np.testing.assert_allclose(rates.values[0], np.tile([50.0, 0.0], (10, 1)))
    np.testing.assert_allclose(binned_rates(clock, by="population"), [[25.0]])


def test_poisson_trains_have_the_rates_they_were_drawn_with(poisson, rng):
    asked, seconds, trials = np.array([5.0, 20.0, 80.0]), 10.0, 20
    rates = binned_rates(poisson(rng, asked, 1000.0 * seconds, trials)).mean(("trial", "time"))
    # a count has the variance of its mean: the rate's is rate / time
    bound = 4.5 * np.sqrt(asked / (seconds * trials))
    assert (np.abs(rates.values - asked) < bound).all(), (rates.values, bound)


def test_groups_are_means_over_their_units(poisson, rng):
    trains = poisson(rng, [40.0] * 6, 100.0, trials=2)
    groups = np.array([[1, 1, 0, 0, 0, 0], [0, 1, 1, 1, 0, 0]])
    rates, unit = binned_rates(trains, 20.0, by=groups), binned_rates(trains, 20.0)
    for group, members in enumerate(groups):
        expected = unit.values[..., members > 0].mean(axis=-1)
        np.testing.assert_allclose(rates.values[..., group], expected)


def test_a_group_of_nobody_has_no_rate():
    trains = SpikeTrains([2.0], [0], [0], units=2, trials=1, stop=10.0)
    rates = binned_rates(trains, by=[[0, 0], [0, 1]]).values[0, 0]
    assert np.isnan(rates[0])
    assert rates[1] == 0.0


@pytest.mark.parametrize("width", [10.0, 50.0, None])
def test_the_mean_over_bins_does_not_depend_on_their_width(poisson, rng, width):
    trains = poisson(rng, [40.0] * 3, 100.0)
    whole = 10.0 * np.bincount(trains.unit, minlength=3)
    np.testing.assert_allclose(binned_rates(trains, width).mean("time").values[0], whole)
