"""Plots: each takes data and an Axes, computes nothing and returns the Axes.

Without an Axes a plot makes a figure of its own. Where a notebook or a window shows figures it is
pyplot's, which closes it after the cell or with the window; elsewhere nothing but the Axes holds
it, so loops over plots leave no figures behind. Save one with ``axes.figure.savefig(path)``.
"""

from attractors.plots.activity import activity
from attractors.plots.architecture import architecture
from attractors.plots.curve import curve
from attractors.plots.gallery import gallery
from attractors.plots.growth import growth
from attractors.plots.histogram import histogram
from attractors.plots.overlaps import overlaps
from attractors.plots.raster import raster
from attractors.plots.rates import rates

__all__ = [
    "activity",
    "architecture",
    "curve",
    "gallery",
    "growth",
    "histogram",
    "overlaps",
    "raster",
    "rates",
]
