"""Figures that plots make on their own: none is left behind, matplotlib comes on first use."""

import gc
import subprocess
import sys
import weakref

import matplotlib
import pytest
from matplotlib import pyplot

import attractors as at
from attractors.plots import style
from attractors.spike_trains import SpikeTrains


def draw(recording):
    patterns = [[0.0, 1.0], [1.0, 0.0]]
    brain = at.Architecture([at.AttractorNetwork("a", 10, at.KWinners(2))])
    yield at.plots.architecture(brain)
    yield at.plots.overlaps(recording, "image")
    yield at.plots.raster(recording, "image")
    yield at.plots.activity(recording, "image")
    yield at.plots.gallery(patterns, shape=(1, 2))
    yield at.plots.curve([0.1, 0.2], [1.0, 0.5])
    yield at.plots.growth([10, 100, 1000], [1.0, 2.0, 4.0])
    trains = SpikeTrains.from_recording(recording, "image")
    yield at.plots.rates(at.spike_trains.binned_rates(trains, 50.0, by="population"))
    yield at.plots.histogram(at.spike_trains.intervals(trains))


def test_every_plot_is_listed_and_returns_an_axes_of_its_own(recording):
    made = list(draw(recording))
    assert all(isinstance(ax, matplotlib.axes.Axes) for ax in made)
    assert len({ax.figure for ax in made}) == len(made) == len(at.plots.__all__)


def test_no_figure_outlives_its_axes_where_nothing_shows_it(recording):
    alive = [weakref.ref(ax.figure) for ax in draw(recording)]
    gc.collect()
    assert pyplot.get_fignums() == []
    assert not any(figure() for figure in alive)


def test_figures_are_pyplots_where_something_shows_them(monkeypatch):
    monkeypatch.setattr(matplotlib, "get_backend", lambda: "inline")
    ax = style.new_axes(2.0, 1.0)
    assert pyplot.gcf() is ax.figure


def test_series_differ_in_colour_dash_and_marker():
    for column in zip(*style.SERIES, strict=True):
        assert len(set(column)) == len(style.SERIES)
    assert style.series(len(style.SERIES)) == style.series(0)


@pytest.mark.parametrize("name", ["attractors", "attractors.recording", "attractors.simulation"])
def test_matplotlib_waits_for_the_first_plot(name):
    code = f"import sys, {name}; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
