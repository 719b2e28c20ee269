import itertools

import numpy as np
import pytest

from attractors.errors import ParameterError, UnknownNameError, UnsupportedError
from attractors.spike_trains import SpikeTrains, spike_counts


def test_a_recording_gives_spikes_window_and_sizes(recording):
    trains = SpikeTrains.from_recording(recording, "cortex/word")
    assert (trains.units, trains.trials) == (5, 2)
    assert (trains.start, trains.stop, trains.duration) == (0.0, 40.0, 40.0)
    np.testing.assert_array_equal(trains.unit, [0, 0, 3, 0, 1, 1])
    np.testing.assert_array_equal(trains.train, [0, 0, 3, 0, 6, 6])


def test_spikes_alone_do_not_tell_how_many_units_were_silent(make):
    recording = make(state=False)
    with pytest.raises(UnsupportedError, match="how many units 'cortex/word' has"):
        SpikeTrains.from_recording(recording, "cortex/word")
    assert SpikeTrains.from_recording(recording, "cortex/word", units=9).units == 9


def test_a_recording_that_states_the_sizes_needs_no_state(make):
    recording = make(state=False, sizes=True)
    assert SpikeTrains.from_recording(recording, "cortex/word").units == 7


def test_what_was_not_recorded_is_refused(recording):
    with pytest.raises(UnsupportedError, match="no spikes of 'quiet'"):
        SpikeTrains.from_recording(recording, "quiet")
    with pytest.raises(UnknownNameError):
        SpikeTrains.from_recording(recording, "word")


def test_windows_side_by_side_share_no_spike_and_lose_none(poisson, rng):
    trains = poisson(rng, [50.0] * 4, 100.0, trials=3)
    borders = [0.0, 10.0, 40.0, 100.0]
    parts = [trains.between(a, b) for a, b in itertools.pairwise(borders)]
    assert sum(len(part.time) for part in parts) == len(trains.time) > 0
    assert all(((part.time >= part.start) & (part.time < part.stop)).all() for part in parts)


def test_a_spike_on_a_border_opens_a_window_despite_rounding():
    tick = 3 * 0.1  # 0.30000000000000004
    early = tick - 1e-12
    trains = SpikeTrains([early, tick], [0, 0], [0, 0], units=1, trials=1, stop=1.0)
    assert len(trains.between(0.0, 0.3).time) == 0
    assert len(trains.between(0.3, 1.0).time) == 2


def test_a_spike_at_the_very_end_is_counted():
    trains = SpikeTrains([20.0], [0], [0], units=1, trials=1, stop=20.0)
    assert spike_counts(trains, 10.0).values.ravel().tolist() == [0, 1]
    assert len(trains.between(10.0, 20.0).time) == 1


@pytest.mark.parametrize("window", [(5.0, 5.0), (9.0, 2.0), (-1.0, 5.0), (0.0, 21.0), (0, np.nan)])
def test_no_window_that_is_empty_or_was_not_observed(window):
    trains = SpikeTrains([2.0], [0], [0], units=1, trials=1, stop=20.0)
    with pytest.raises(ParameterError, match="no window"):
        trains.between(*window)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"time": [2.0, 30.0]}, "time holds 30; allowed are 0 to 20"),
        ({"time": [2.0, np.nan]}, "time holds nan"),
        ({"unit": [0, 2]}, "unit holds 2; allowed are 0 to 1"),
        ({"trial": [0, -1]}, "trial holds -1"),
        ({"unit": [0]}, "'unit': 1"),
        ({"unit": [0.5, 1.0]}, "unit is float64"),
        ({"time": [[2.0, 3.0]]}, "shape"),
        ({"units": 0}, "units is 0"),
        ({"stop": 0.0}, "stop is 0.0"),
    ],
)
def test_what_cannot_be_is_refused(change, message):
    right = {"time": [2.0, 3.0], "unit": [0, 1], "trial": [0, 0]}
    right |= {"units": 2, "trials": 1, "stop": 20.0}
    SpikeTrains(**right)
    with pytest.raises(ParameterError, match=message):
        SpikeTrains(**(right | change))
