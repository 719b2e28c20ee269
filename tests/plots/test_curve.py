import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from attractors.errors import ParameterError
from attractors.plots import curve

TABLE = pd.DataFrame(
    {
        "load": [0.2, 0.1, 0.15],
        "success": [0.1, 1.0, 0.6],
        "low": [0.05, 0.9, 0.5],
        "high": [0.2, 1.0, 0.7],
    }
)


def line(ax, gid):
    (found,) = (each for each in ax.lines if each.get_gid() == gid)
    return found


def texts(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_the_line_is_the_table_sorted_by_load():
    ax = curve(TABLE["load"], TABLE["success"])
    assert line(ax, "curve 0").get_xydata().tolist() == [[0.1, 1.0], [0.15, 0.6], [0.2, 0.1]]
    assert ax.get_xlabel() == "load (patterns per unit)"


def test_the_band_lies_between_the_bounds():
    ax = curve(TABLE["load"], TABLE["success"], low=TABLE["low"], high=TABLE["high"])
    (band,) = ax.collections
    drawn = {tuple(corner) for corner in band.get_paths()[0].vertices.tolist()}
    assert {(0.1, 0.9), (0.1, 1.0), (0.15, 0.5), (0.15, 0.7), (0.2, 0.05), (0.2, 0.2)} <= drawn


def test_theory_is_drawn_as_given():
    ax = curve([0.1], [1.0], theory=([0.1, 0.2], [1.0, 0.0]), label="Hebbian")
    assert line(ax, "theory 0").get_xydata().tolist() == [[0.1, 1.0], [0.2, 0.0]]
    assert texts(ax) == ["Hebbian", "theory, Hebbian"]


def test_the_critical_load_is_marked_with_its_interval():
    ax = curve([0.1, 0.2], [1, 0], critical=(0.138, 0.13, 0.145))
    assert line(ax, "critical 0").get_xdata() == [0.138, 0.138]
    assert "critical load 0.138\n(0.13 to 0.145)" in texts(ax)
    assert "critical load 0.138" in texts(curve([0.1, 0.2], [1, 0], critical=0.138))


def test_a_critical_load_that_was_not_found_is_left_out():
    ax = curve([0.1, 0.2], [1, 1], critical=(np.nan, np.nan, np.nan, np.nan))
    assert texts(ax) == ["measured"]


def test_further_curves_differ_in_colour_dash_and_marker():
    ax = curve([0.1, 0.2], [1, 0], label="a")
    assert curve([0.1, 0.2], [1, 1], ax, label="b") is ax
    first, second = line(ax, "curve 0"), line(ax, "curve 1")
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()
    assert first.get_marker() != second.get_marker()


def test_the_given_axes_is_drawn_on_and_returned():
    ax = Figure().subplots()
    assert curve([0.1], [1.0], ax) is ax


def test_columns_that_do_not_fit_are_refused():
    with pytest.raises(ParameterError, match=r"'load': \(2,\), 'success': \(3,\)"):
        curve([0.1, 0.2], [1, 1, 0])
    with pytest.raises(ParameterError, match="both bounds"):
        curve([0.1, 0.2], [1, 0], low=[0.9, 0.0])
