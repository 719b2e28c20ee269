import numpy as np

from attractors.spike_trains import SpikeTrains, intervals


def test_intervals_stay_within_unit_and_trial():
    trains = SpikeTrains(
        [30.0, 10.0, 25.0, 12.0, 19.0, 5.0],
        [0, 0, 1, 0, 1, 0],
        [0, 0, 0, 1, 0, 1],
        units=3,
        trials=2,
        stop=40.0,
    )
    found = intervals(trains)
    assert found.values.tolist() == [20.0, 6.0, 7.0]
    assert found["unit"].values.tolist() == [0, 1, 0]
    assert found["trial"].values.tolist() == [0, 0, 1]
    assert found.attrs["units"] == "ms"


def test_a_unit_with_one_spike_or_none_has_no_interval():
    assert intervals(SpikeTrains([3.0], [0], [0], units=2, trials=1, stop=9.0)).size == 0
    assert intervals(SpikeTrains([], [], [], units=2, trials=1, stop=9.0)).size == 0


def test_poisson_intervals_are_exponential(poisson, rng):
    found = intervals(poisson(rng, [100.0], 200_000.0)).values
    # the share of intervals above the mean is 1/e, binomial
    share, expected = (found > 10.0).mean(), np.exp(-1)
    assert abs(share - expected) < 4.5 * np.sqrt(expected * (1 - expected) / len(found))
