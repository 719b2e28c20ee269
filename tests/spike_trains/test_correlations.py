import numpy as np
import pytest

from attractors.errors import MemoryLimitError, UnknownNameError
from attractors.spike_trains import SpikeTrains, count_correlations, mean_correlations

WINDOWS = 4000


def merged(*parts):
    """Trains of several draws, as if the same units had fired them all."""
    columns = [np.concatenate([getattr(p, n) for p in parts]) for n in ("time", "unit", "trial")]
    first = parts[0]
    return SpikeTrains(*columns, units=first.units, trials=first.trials, stop=first.stop)


def common_source(poisson, rng, share, units=4, rate=100.0, width=100.0):
    """Poisson units that have this share of their spikes from one common source."""
    stop = WINDOWS * width
    own = poisson(rng, [rate * (1 - share)] * units, stop)
    source = poisson(rng, [rate * share], stop).time
    unit = np.repeat(np.arange(units), len(source))
    copies = SpikeTrains(
        np.tile(source, units), unit, np.zeros_like(unit), units=units, trials=1, stop=stop
    )
    return merged(own, copies)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6])
def test_a_common_source_correlates_counts_by_its_share(poisson, rng, share):
    found = count_correlations(common_source(poisson, rng, share), 100.0).values
    pairs = found[np.triu_indices(4, 1)]
    # the variance of r over n windows with λ spikes each is
    # ((1 - c²)² + (c - 2c² + c² (1 + c) / 2) / λ) / n, which is below 1/n for λ = 10
    assert np.abs(pairs - share).max() < 4.5 / np.sqrt(WINDOWS), pairs
    assert (np.diagonal(found) == 1.0).all()
    np.testing.assert_allclose(found, found.T)


def test_it_is_pearsons_correlation(poisson, rng):
    trains = poisson(rng, [30.0] * 5, 2000.0)
    edges = (np.arange(0, 2001, 50), np.arange(6))
    counts = np.histogram2d(trains.time, trains.unit, edges)[0]
    found = count_correlations(trains, 50.0)
    assert found.dims == ("unit", "other_unit")
    np.testing.assert_allclose(found, np.corrcoef(counts.T), atol=1e-6)


def test_a_common_stimulus_is_left_out_over_trials(poisson, rng):
    """Rates that rise together in every trial are no noise correlation."""
    trials, windows = 40, 20
    low, high = poisson(rng, [10.0] * 2, 2000.0, trials), poisson(rng, [190.0] * 2, 2000.0, trials)
    odd = (high.time // 100).astype(int) % 2 == 1
    burst = SpikeTrains(
        high.time[odd], high.unit[odd], high.trial[odd], units=2, trials=trials, stop=2000.0
    )
    trains = merged(low, burst)
    # means 1 and 20 in turn: the stimulus has variance 9.5², the noise 10.5 on average
    expected = 9.5**2 / (9.5**2 + 10.5)
    signal = count_correlations(trains, 100.0).values[0, 1]
    freedom = windows * (trials - 1)
    assert abs(signal - expected) < 4.5 / np.sqrt(freedom)
    # windows of 20 spikes carry the weight: half of the products count
    noise = count_correlations(trains, 100.0, over="trial").values[0, 1]
    assert abs(noise) < 4.5 / np.sqrt(freedom / 2)


@pytest.mark.parametrize("over", ["time", "trial"])
def test_means_of_groups_are_means_over_pairs_of_different_units(poisson, rng, over):
    trains = poisson(rng, [30.0, 30.0, 0.0, 30.0, 30.0, 30.0], 1000.0, trials=3)
    groups = np.array([[1, 1, 1, 0, 0, 0], [0, 1, 0, 1, 1, 0], [0, 0, 0, 0, 0, 1]])
    every = count_correlations(trains, 50.0, over).values
    means = mean_correlations(trains, 50.0, groups, over)
    assert means.dims == ("group", "other_group")
    for a, b in np.ndindex(3, 3):
        pairs = [
            every[i, j]
            for i in np.flatnonzero(groups[a])
            for j in np.flatnonzero(groups[b])
            if i != j and np.isfinite(every[i, j])
        ]
        expected = np.mean(pairs) if pairs else np.nan
        np.testing.assert_allclose(means.values[a, b], expected, atol=1e-6)


def test_a_common_source_shows_within_its_group_alone(poisson, rng):
    driven = common_source(poisson, rng, 0.3)
    apart = poisson(rng, [100.0] * 4, driven.stop)
    trains = SpikeTrains(
        np.concatenate((driven.time, apart.time)),
        np.concatenate((driven.unit, apart.unit + 4)),
        np.concatenate((driven.trial, apart.trial)),
        units=8,
        trials=1,
        stop=driven.stop,
    )
    groups = np.repeat(np.eye(2), 4, axis=1)
    means = mean_correlations(trains, 100.0, groups).values
    bound = 4.5 / np.sqrt(WINDOWS)
    np.testing.assert_allclose(means, [[0.3, 0.0], [0.0, 0.0]], atol=bound)


def test_a_count_that_never_changes_correlates_with_nothing():
    trains = SpikeTrains([1.0, 11.0, 2.0], [0, 0, 1], [0, 0, 0], units=3, trials=1, stop=20.0)
    found = count_correlations(trains, 10.0).values
    expected = np.full((3, 3), np.nan)
    expected[1, 1] = 1.0
    np.testing.assert_array_equal(found, expected)
    assert np.isnan(mean_correlations(trains, 10.0, np.ones((1, 3)))).all()


def test_what_cannot_be_correlated_is_refused():
    trains = SpikeTrains([1.0], [0], [0], units=10**6, trials=1, stop=20.0)
    with pytest.raises(MemoryLimitError, match="mean_correlations"):
        count_correlations(trains, 10.0)
    with pytest.raises(UnknownNameError, match="over"):
        mean_correlations(trains, 10.0, np.ones((1, 10**6)), over="trials")
