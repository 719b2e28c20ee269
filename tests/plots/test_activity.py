import numpy as np
import pytest
from matplotlib.figure import Figure

from attractors.errors import ParameterError, UnsupportedError
from attractors.plots import activity


@pytest.mark.parametrize("trial", [0, 1])
def test_the_image_is_the_recorded_state(recording, trial):
    ax = activity(recording, "cortex/word", trial=trial)
    state = recording.get("state", "cortex/word").values[trial]
    np.testing.assert_array_equal(ax.images[0].get_array(), state.T)
    assert ax.images[0].origin == "lower"
    assert ax.images[0].get_extent() == [0.0, 300.0, -0.5, 11.5]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("time (ms)", "unit")


def test_units_are_grouped_by_pattern(recording):
    patterns = np.zeros((2, 12), int)
    patterns[0, [5, 7]] = patterns[1, [0, 5]] = 1
    ax = activity(recording, "cortex/word", order=patterns)
    state = recording.get("state", "cortex/word").values[0]
    np.testing.assert_array_equal(ax.images[0].get_array()[:3], state.T[[5, 7, 0]])
    assert "grouped" in ax.get_ylabel()


def test_the_scale_carries_its_unit_and_spans_both_signs(recording):
    ax = activity(recording, "image")
    assert ax.images[0].colorbar.ax.get_ylabel() == "state (fraction of the on-state)"
    assert ax.images[0].get_clim() == (0.0, 1.0)
    signed = recording.dataset.copy()
    signed["state_image"] = 2 * signed["state_image"] - 1
    assert activity(type(recording)(signed), "image").images[0].get_clim() == (-1.0, 1.0)


def test_the_given_axes_is_drawn_on_and_returned(recording):
    ax = Figure().subplots()
    assert activity(recording, "image", ax) is ax


def test_bad_requests_are_refused(recording, make):
    with pytest.raises(UnsupportedError, match="no state of 'image'"):
        activity(make(state=False), "image")
    with pytest.raises(ParameterError, match="no trial 5"):
        activity(recording, "image", trial=5)
