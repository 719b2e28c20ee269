import numpy as np
import pytest
from scipy import sparse

from attractors.errors import MemoryLimitError, ParameterError, PatternError, UnknownNameError
from attractors.spike_trains import SpikeTrains, spike_counts

GROUPS = np.array([[1, 0, 1, 0], [0, 0, 1, 1], [0, 0, 0, 0]])


def test_every_spike_is_counted_where_it_belongs(poisson, rng):
    trains = poisson(rng, [40.0] * 4, 120.0, trials=3)
    counts = spike_counts(trains, 30.0)
    edges = ([0, 1, 2, 3], [0, 30, 60, 90, 120], [0, 1, 2, 3, 4])
    expected = np.histogramdd((trains.trial, trains.time, trains.unit), edges)[0]
    np.testing.assert_array_equal(counts.values, expected)
    assert counts.dims == ("trial", "time", "unit")
    assert counts["time"].values.tolist() == [30.0, 60.0, 90.0, 120.0]
    assert counts["time"].attrs["units"] == "ms"


@pytest.mark.parametrize("form", [np.array, sparse.csr_array, lambda rows: rows.tolist()])
def test_groups_sum_their_units_even_shared_ones(poisson, rng, form):
    trains = poisson(rng, [40.0] * 4, 120.0, trials=3)
    grouped = spike_counts(trains, 30.0, by=form(GROUPS))
    assert grouped.dims == ("trial", "time", "group")
    np.testing.assert_array_equal(grouped.values, spike_counts(trains, 30.0).values @ GROUPS.T)


def test_the_population_is_the_sum_of_all(poisson, rng):
    trains = poisson(rng, [40.0] * 4, 120.0, trials=3)
    counts = spike_counts(trains, 30.0)
    np.testing.assert_array_equal(
        spike_counts(trains, 30.0, by="population"), counts.sum("unit").values
    )


def test_a_simulators_grid_falls_into_the_bins_that_it_opens():
    """0.1 ms steps: i * 0.1 / 0.3 is below a whole number for some i, by rounding."""
    ticks = np.arange(3000) * 0.1
    nobody = np.zeros(3000, int)
    trains = SpikeTrains(ticks, nobody, nobody, units=1, trials=1, stop=300.0)
    assert (spike_counts(trains, 0.3).values == 3).all()


def test_a_window_that_starts_late_keeps_its_times():
    trains = SpikeTrains([12.0, 17.0], [0, 0], [0, 0], units=1, trials=1, stop=20.0, start=10.0)
    counts = spike_counts(trains, 5.0)
    assert counts["time"].values.tolist() == [15.0, 20.0]
    assert counts.values.ravel().tolist() == [1, 1]


def test_silence_is_counted_as_zero():
    silent = SpikeTrains([], [], [], units=3, trials=2, stop=20.0)
    assert spike_counts(silent, 10.0).shape == (2, 2, 3)
    assert not spike_counts(silent, 10.0).any()
    assert not spike_counts(silent, 10.0, by=np.ones((1, 3))).any()


@pytest.mark.parametrize("width", [30.0, 150.0, 0.0, -5.0, np.nan])
def test_bins_that_do_not_fill_the_window_are_refused(width):
    trains = SpikeTrains([2.0], [0], [0], units=1, trials=1, stop=100.0)
    with pytest.raises(ParameterError, match=r"do not fill|width is"):
        spike_counts(trains, width)


def test_what_cannot_be_grouped_is_refused():
    trains = SpikeTrains([2.0], [0], [0], units=4, trials=1, stop=100.0)
    with pytest.raises(PatternError, match=r"\(G, 4\)"):
        spike_counts(trains, by=np.ones((2, 3)))
    with pytest.raises(PatternError, match="numbers"):
        spike_counts(trains, by=np.array([["a"] * 4]))
    with pytest.raises(UnknownNameError, match="did you mean 'unit'"):
        spike_counts(trains, by="units")


def test_counts_that_do_not_fit_are_refused_before_they_are_made():
    trains = SpikeTrains([2.0], [0], [0], units=10**9, trials=100, stop=1000.0)
    with pytest.raises(MemoryLimitError, match="wider bins"):
        spike_counts(trains, 1.0)
