import numpy as np
import pytest
from matplotlib.figure import Figure

from attractors.errors import ParameterError, UnknownNameError, UnsupportedError
from attractors.plots import overlaps, style


def line(ax, pattern):
    (found,) = (each for each in ax.lines if each.get_gid() == f"pattern {pattern}")
    return found


@pytest.mark.parametrize("quantity", ["overlap", "match"])
@pytest.mark.parametrize("trial", [0, 1])
def test_the_lines_are_the_recording(recording, quantity, trial):
    ax = overlaps(recording, "cortex/word", trial=trial, quantity=quantity)
    values = recording.get(quantity, "cortex/word").values[trial]
    for pattern in range(3):
        np.testing.assert_array_equal(line(ax, pattern).get_xdata(), recording.dataset.time)
        np.testing.assert_array_equal(line(ax, pattern).get_ydata(), values[:, pattern])
    assert quantity in ax.get_ylabel()
    assert ax.get_xlabel() == "time (ms)"


def test_the_winner_stands_out_by_colour_and_weight(recording):
    for trial, winner in enumerate(recording.winner("image")):
        ax = overlaps(recording, "image", trial=trial)
        widths = [line(ax, pattern).get_linewidth() for pattern in range(3)]
        assert np.argmax(widths) == winner
        grey = {line(ax, p).get_color() for p in range(3) if p != winner}
        assert grey == {style.PALE} != {line(ax, winner).get_color()}


def test_without_match_nothing_is_called_winner(make):
    ax = overlaps(make(match=False), "image")
    assert {line(ax, pattern).get_color() for pattern in range(3)} == {style.PALE}


def test_chosen_patterns_are_highlighted_under_their_names(recording):
    ax = overlaps(recording, "image", highlight=[0, 2], labels=["three", "five", "eight"])
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["three", "eight", "1 other pattern"]
    assert line(ax, 0).get_linestyle() != line(ax, 2).get_linestyle()


def test_the_cue_is_shaded_from_start_to_stop(recording):
    ax = overlaps(recording, "image", cue=(20.0, 100.0))
    (shade,) = (patch for patch in ax.patches if patch.get_gid() == "cue")
    shaded = shade.get_extents().transformed(ax.transData.inverted()).intervalx
    assert shaded == pytest.approx([20.0, 100.0])


def test_no_cue_is_shaded_unasked(recording):
    assert not overlaps(recording, "image").patches


def test_the_given_axes_is_drawn_on_and_returned(recording):
    ax = Figure().subplots()
    assert overlaps(recording, "image", ax) is ax


def test_bad_requests_are_refused(recording, make):
    with pytest.raises(UnknownNameError, match="did you mean 'image'"):
        overlaps(recording, "imag")
    with pytest.raises(UnknownNameError, match="did you mean 'match'"):
        overlaps(recording, "image", quantity="mach")
    with pytest.raises(UnsupportedError, match="no overlap"):
        overlaps(make(overlap=False), "image")
    with pytest.raises(ParameterError, match="trials 0 to 1; there is no trial 2"):
        overlaps(recording, "image", trial=2)
    with pytest.raises(ParameterError, match="stores patterns 0 to 2"):
        overlaps(recording, "image", highlight=[3])
    with pytest.raises(ParameterError, match="2 labels for the 3 patterns"):
        overlaps(recording, "image", labels=["a", "b"])
