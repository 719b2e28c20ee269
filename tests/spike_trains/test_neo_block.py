import sys

import numpy as np
import pytest

from attractors.errors import (
    MissingExtraError,
    ParameterError,
    UnknownNameError,
    UnsupportedError,
)
from attractors.recording import Recording
from attractors.spike_trains import SpikeTrains, cv, from_neo, to_neo


@pytest.fixture
def neo():
    return pytest.importorskip("neo", reason="neo is an extra: pip install '.[neo]'")


@pytest.mark.usefixtures("neo")
def test_every_unit_of_every_trial_has_a_train(recording):
    block = to_neo(recording)
    assert len(block.segments) == 2
    for trial, segment in enumerate(block.segments):
        assert [train.annotations["unit"] for train in segment.spiketrains] == [0, 1, 2, 3, 4]
        for unit, train in enumerate(segment.spiketrains):
            spikes = recording.spikes("cortex/word")
            mine = (spikes["trial"] == trial) & (spikes["unit"] == unit)
            np.testing.assert_array_equal(
                train.rescale("ms").magnitude, np.sort(spikes["time"].values[mine.values])
            )
            assert train.annotations["network"] == "cortex/word"
            assert float(train.t_stop.rescale("ms")) == 40.0
    assert block.annotations["seed"] == 4


@pytest.mark.usefixtures("neo")
def test_overlaps_are_signals_that_stand_at_the_end_of_their_steps(recording):
    segment = to_neo(recording).segments[1]
    overlap, activity = segment.analogsignals
    assert (overlap.annotations["quantity"], overlap.annotations["network"]) == (
        "overlap",
        "cortex/word",
    )
    np.testing.assert_array_equal(overlap.magnitude, recording.get("overlap", "cortex/word")[1])
    np.testing.assert_allclose(overlap.times.rescale("ms").magnitude, [10.0, 20.0, 30.0, 40.0])
    assert overlap.array_annotations["pattern"].tolist() == [0, 1]
    assert activity.shape == (4, 1)


@pytest.mark.usefixtures("neo")
def test_there_and_back_are_the_same_trains(recording):
    trains = SpikeTrains.from_recording(recording, "cortex/word")
    back = from_neo(to_neo(recording), "cortex/word")
    for field in ("units", "trials", "start", "stop"):
        assert getattr(back, field) == getattr(trains, field)
    order = np.lexsort((trains.time, trains.train))
    for field in ("time", "unit", "trial"):
        np.testing.assert_array_equal(getattr(back, field), getattr(trains, field)[order])


def test_trains_from_elsewhere_are_measured_like_ours(neo):
    block, segment = neo.Block(), neo.Segment()
    block.segments.append(segment)
    segment.spiketrains.extend(
        [
            neo.SpikeTrain(times, units="s", t_start=1.0, t_stop=2.0)
            for times in ([1.1, 1.2, 1.5], [])
        ]
    )
    trains = from_neo(block)
    assert (trains.start, trains.stop, trains.units) == (1000.0, 2000.0, 2)
    # intervals of 100 and 300 ms
    np.testing.assert_allclose(cv(trains), [[0.5, np.nan]])


def test_segments_that_do_not_match_are_refused(neo):
    block = neo.Block()
    with pytest.raises(ParameterError, match="at least one"):
        from_neo(block)
    for stop in (2.0, 3.0):
        segment = neo.Segment()
        segment.spiketrains.append(neo.SpikeTrain([1.0], units="s", t_stop=stop))
        block.segments.append(segment)
    with pytest.raises(ParameterError, match="same window"):
        from_neo(block)
    with pytest.raises(UnknownNameError, match="network"):
        from_neo(block, "memory")


@pytest.mark.usefixtures("neo")
def test_a_recording_without_spikes_is_refused(recording):
    dataset = recording.dataset.drop_vars("spike_time_cortex.word")
    with pytest.raises(UnsupportedError, match="holds no spikes"):
        to_neo(Recording(dataset))


@pytest.mark.usefixtures("neo")
def test_a_size_that_is_not_recorded_is_asked_for(make):
    recording = make(state=False)
    with pytest.raises(UnsupportedError, match="how many units"):
        to_neo(recording)
    assert len(to_neo(recording, {"cortex/word": 8}).segments[0].spiketrains) == 8


def test_without_neo_the_extra_is_named(monkeypatch, recording):
    monkeypatch.setitem(sys.modules, "neo", None)
    with pytest.raises(MissingExtraError, match=r"attractor-networks\[neo\]"):
        to_neo(recording)
