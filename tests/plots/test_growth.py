import pytest
from matplotlib.figure import Figure

from attractors.errors import ParameterError
from attractors.plots import growth


def line(ax, gid):
    (found,) = (each for each in ax.lines if each.get_gid() == gid)
    return found


def test_points_are_drawn_in_order_of_size_on_logarithmic_scales():
    ax = growth([4, 1, 2], [16.0, 1.0, 4.0], xlabel="units N", ylabel="time (s)")
    assert line(ax, "growth 0").get_xydata().tolist() == [[1, 1], [2, 4], [4, 16]]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("units N", "time (s)")


def test_a_law_is_a_line_through_points_that_are_not_joined():
    ax = growth([2, 1], [4.0, 1.5], fitted=[4.0, 1.0], label="dense: exponent 2.00")
    assert line(ax, "law 0").get_xydata().tolist() == [[1, 1], [2, 4]]
    assert line(ax, "growth 0").get_linestyle() == "None"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["dense: exponent 2.00"]


def test_further_lines_differ_in_colour_and_marker():
    ax = Figure().subplots()
    for _ in range(2):
        assert growth([1, 2], [1, 2], ax) is ax
    first, second = line(ax, "growth 0"), line(ax, "growth 1")
    assert first.get_color() != second.get_color()
    assert first.get_marker() != second.get_marker()


def test_panels_can_show_one_thing_alike():
    ax = growth([1, 2], [1, 2], index=3)
    assert line(ax, "growth 3").get_marker() == "D"
    assert ax.get_legend() is None


def test_a_cost_that_does_not_grow_is_a_flat_line():
    ax = growth([1, 2], [3.0, 3.1])
    assert ax.get_ylim() == (1.0, 10.0)
    assert growth([1, 2], [0.5, 20.0], ax).get_ylim() == pytest.approx((0.1, 100.0))


def test_columns_that_do_not_fit_are_refused():
    with pytest.raises(ParameterError, match=r"\(2,\), \(3,\)"):
        growth([1, 2], [1, 2, 3])
    with pytest.raises(ParameterError, match="above 0"):
        growth([1, 2], [0.0, 1.0])
