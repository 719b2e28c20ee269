import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.plots import rates
from attractors.spike_trains import SpikeTrains, binned_rates, smoothed_rates


@pytest.fixture
def trains():
    time, unit = np.array([12.0, 13.0, 41.0, 55.0]), np.array([0, 1, 2, 3])
    return SpikeTrains(time, unit, np.array([0, 0, 0, 1]), units=4, trials=2, stop=60.0)


def lines(ax):
    return {line.get_gid(): line.get_ydata().tolist() for line in ax.lines}


def test_every_bin_has_its_rate_over_its_width(trains):
    ax = rates(binned_rates(trains, 20.0, by=[[1, 1, 0, 0], [0, 0, 1, 1]]))
    assert lines(ax) == {"rate 0": [50.0, 50.0, 0.0, 0.0], "rate 1": [0.0, 0.0, 0.0, 25.0]}
    assert ax.lines[0].get_xdata().tolist() == [0.0, 20.0, 40.0, 60.0]
    assert ax.lines[0].get_drawstyle() == "steps-pre"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("time (ms)", "rate (Hz)")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["pattern 0", "pattern 1"]


def test_one_rate_of_all_needs_no_key(trains):
    ax = rates(binned_rates(trains, 20.0, by="population"), trial=1)
    assert lines(ax) == {"rate 0": [0.0, 0.0, 0.0, 12.5]}
    assert ax.get_legend() is None


def test_a_window_that_starts_late_is_drawn_where_it_was(trains):
    ax = rates(smoothed_rates(trains.between(40.0, 60.0), 5.0, by="population"))
    assert ax.get_xlim() == (40.0, 60.0)


def test_groups_can_be_named(trains):
    ax = rates(binned_rates(trains, by=[[1, 1, 0, 0]]), labels=["cued"])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["cued"]
    with pytest.raises(ParameterError, match="2 labels for 1"):
        rates(binned_rates(trains, by="population"), labels=["a", "b"])


def test_what_is_no_rate_of_a_trial_is_refused(trains):
    found = binned_rates(trains, 20.0)
    with pytest.raises(ParameterError, match="no trial 2"):
        rates(found, trial=2)
    with pytest.raises(ParameterError, match="dimensions"):
        rates(found.isel(trial=0))
