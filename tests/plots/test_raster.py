import sys

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from attractors.errors import ParameterError, PatternError, UnknownNameError, UnsupportedError
from attractors.plots import raster, style


def marks(ax, gid):
    (found,) = (each for each in ax.lines if each.get_gid() == gid)
    return sorted(zip(found.get_xdata(), found.get_ydata(), strict=True))


def spikes(recording, network, trial):
    found = recording.spikes(network)
    mine = found["trial"].values == trial
    return sorted(zip(found["time"].values[mine], found["unit"].values[mine], strict=True))


@pytest.mark.parametrize("trial", [0, 1])
def test_every_spike_of_the_trial_is_drawn_once(recording, trial):
    ax = raster(recording, "image", trial=trial)
    assert marks(ax, "image") == spikes(recording, "image", trial)
    assert ax.get_xlabel() == "time (ms)"
    assert "spike" in ax.get_ylabel()
    assert ax.get_ylim() == (-0.5, 19.5)


def test_networks_are_bands_that_do_not_mix(recording):
    ax = raster(recording, ["image", "cortex/word"])
    for band, name in enumerate(["image", "cortex/word"]):
        rows = [row for _, row in marks(ax, name)]
        assert band < min(rows) <= max(rows) < band + 1
        assert len(rows) == len(spikes(recording, name, 0))
    assert [label.get_text().split("\n")[0] for label in ax.get_yticklabels()] == [
        "image",
        "cortex/word",
    ]


def test_units_of_a_pattern_lie_side_by_side_in_its_colour(recording):
    patterns = np.zeros((2, 20), int)
    patterns[0, [3, 11, 17]] = patterns[1, [0, 3, 8]] = 1
    ax = raster(recording, "image", order=patterns)
    drawn = spikes(recording, "image", 0)
    rows = {3: 0, 11: 1, 17: 2, 0: 3, 8: 4}
    for group, units in ((0, [3, 11, 17]), (1, [0, 8])):
        expected = sorted((time, rows[unit]) for time, unit in drawn if unit in units)
        assert marks(ax, f"image pattern {group}") == expected
    rest = marks(ax, "image")
    assert min(row for _, row in rest) >= 5
    assert len(rest) == sum(unit not in rows for _, unit in drawn)


def test_silent_units_of_no_pattern_are_left_out_and_counted(recording):
    dataset = recording.dataset.copy()
    dataset["spike_unit_image"] = dataset["spike_unit_image"] % 5
    ax = raster(type(recording)(dataset), "image", order=np.eye(20)[:7].any(axis=0))
    assert ax.get_ylim()[1] == 6.5
    assert "13 silent ones not shown" in ax.get_ylabel()


def test_without_spikes_active_steps_are_dashes_as_long_as_a_step(make):
    recording = make(spikes=False)
    ax = raster(recording, "image", trial=1)
    (dashes,) = (c for c in ax.collections if isinstance(c, LineCollection))
    step, unit = np.nonzero(recording.get("state", "image").values[1] > 0.5)
    expected = [[[10.0 * s, u], [10.0 * (s + 1), u]] for s, u in zip(step, unit, strict=True)]
    np.testing.assert_allclose(dashes.get_segments(), expected)
    assert "active in a step" in ax.get_ylabel()


def test_many_spikes_are_an_image_in_vector_files(recording, monkeypatch):
    assert not raster(recording, "image").lines[0].get_rasterized()
    monkeypatch.setattr(sys.modules["attractors.plots.raster"], "MANY", 10)
    assert raster(recording, "image").lines[0].get_rasterized()


def test_the_given_axes_is_drawn_on_and_returned(recording):
    ax = Figure().subplots()
    assert raster(recording, "image", ax) is ax


def test_groups_are_explained(recording):
    ax = raster(recording, "image", order={"image": np.eye(20)[0]})
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["units of pattern 0", "other active units"]
    assert style.series(0)[0] in {line.get_color() for line in ax.lines}


def test_bad_requests_are_refused(recording, make):
    with pytest.raises(UnknownNameError, match="did you mean 'image'"):
        raster(recording, "imag")
    with pytest.raises(UnsupportedError, match="neither spikes nor state of 'image'"):
        raster(make(spikes=False, state=False), "image")
    with pytest.raises(PatternError, match=r"shape \(2, 7\); give \(G, 20\)"):
        raster(recording, "image", order=np.zeros((2, 7)))
    with pytest.raises(ParameterError, match="at least one name"):
        raster(recording, [])
    with pytest.raises(ParameterError, match="no trial -1"):
        raster(recording, "image", trial=-1)
