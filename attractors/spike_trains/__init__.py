"""Spike trains: what a computational neuroscientist asks of the spikes of a recording."""

from attractors.spike_trains.correlations import count_correlations, mean_correlations
from attractors.spike_trains.correlogram import cross_correlogram
from attractors.spike_trains.counts import spike_counts
from attractors.spike_trains.fano import fano_factor
from attractors.spike_trains.intervals import intervals
from attractors.spike_trains.irregularity import cv, cv2, lv
from attractors.spike_trains.neo_block import from_neo, to_neo
from attractors.spike_trains.overlaps import overlaps
from attractors.spike_trains.rates import binned_rates
from attractors.spike_trains.smoothing import smoothed_rates
from attractors.spike_trains.trains import SpikeTrains

__all__ = [
    "SpikeTrains",
    "binned_rates",
    "count_correlations",
    "cross_correlogram",
    "cv",
    "cv2",
    "fano_factor",
    "from_neo",
    "intervals",
    "lv",
    "mean_correlations",
    "overlaps",
    "smoothed_rates",
    "spike_counts",
    "to_neo",
]
