import numpy as np
import pytest

from attractors.errors import ParameterError, PatternError
from attractors.spike_trains import SpikeTrains, cross_correlogram


def test_a_follower_shows_at_its_lag():
    leader = np.arange(5.5, 900.0, 90.0)
    time = np.concatenate((leader, leader + 7.0))
    unit = np.repeat([0, 1], len(leader))
    trains = SpikeTrains(time, unit, np.zeros_like(unit), units=2, trials=1, stop=1000.0)
    found = cross_correlogram(trains, [1, 0], [0, 1], lag=20.0)
    assert found.attrs["units"] == "Hz"
    assert found["lag"].attrs["units"] == "ms"
    # every spike is followed by one in this bin of 1 ms
    assert found.sel(lag=7.0) == 1000.0
    assert found.sum() == 1000.0
    assert cross_correlogram(trains, [0, 1], [1, 0], lag=20.0).sel(lag=-7.0) == 1000.0


def test_it_counts_pairs_within_trials(poisson, rng):
    trains = poisson(rng, [100.0] * 5, 60.0, trials=4)
    first, second = np.array([1, 1, 1, 0, 0]), np.array([0, 0, 1, 1, 0])
    found = cross_correlogram(trains, first, second, lag=4.0, width=2.0)
    ticks = (trains.time // 2.0).astype(int)
    for lag, value in zip((-2, -1, 0, 1, 2), found.values, strict=True):
        pairs = spikes = 0
        for i in np.flatnonzero(first[trains.unit]):
            if 0 <= ticks[i] + lag < 30:
                spikes += 1
                same = (trains.trial == trains.trial[i]) & (ticks == ticks[i] + lag)
                same[i] = False
                pairs += np.count_nonzero(second[trains.unit[same]])
        assert value == pytest.approx(pairs / spikes / 2 / 0.002)


def test_independent_poisson_trains_are_flat(poisson, rng):
    trains = poisson(rng, [50.0] * 2, 200_000.0)
    found = cross_correlogram(trains, [1, 0], [0, 1], lag=30.0, width=2.0)
    expected = found.attrs["expected_rate"]
    assert expected == pytest.approx(1000.0 * np.sum(trains.unit == 1) / 200_000.0)
    # a bin holds the pairs of 10,000 spikes with 0.1 each, Poisson; 31 bins are looked at
    bound = 4.5 * 50.0 / np.sqrt(10_000 * 0.1)
    assert np.abs(found.values - expected).max() < bound


def test_a_unit_with_itself_shows_what_it_does_after_a_spike():
    clock = SpikeTrains(
        np.arange(0.5, 1000.0, 25.0), [0] * 40, [0] * 40, units=1, trials=1, stop=1000.0
    )
    found = cross_correlogram(clock, [1], [1], lag=30.0)
    peaks = found["lag"].values[found.values > 0]
    assert peaks.tolist() == [-25.0, 25.0]
    np.testing.assert_allclose(found.sel(lag=25.0), 1000.0)


def test_nobody_has_no_rate():
    trains = SpikeTrains([3.0], [0], [0], units=2, trials=1, stop=10.0)
    assert np.isnan(cross_correlogram(trains, [0, 1], [1, 0], lag=2.0)).all()
    assert np.isnan(cross_correlogram(trains, [1, 0], [0, 0], lag=2.0)).all()


def test_what_does_not_fit_is_refused():
    trains = SpikeTrains([3.0], [0], [0], units=2, trials=1, stop=10.0)
    for lag in (10.0, 2.5, -1.0):
        with pytest.raises(ParameterError, match="lag"):
            cross_correlogram(trains, [0, 1], [1, 0], lag=lag)
    with pytest.raises(PatternError):
        cross_correlogram(trains, [0, 1, 1], [1, 0, 0], lag=2.0)
