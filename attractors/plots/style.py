"""Colours, line styles and figures that all plots share.

The colours are Okabe and Ito's, which stay apart for colour-blind readers; what matters is told
by dash, weight or shape as well, so that it survives a print in grey.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from attractors.errors import ParameterError
from attractors.recording import Recording

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, INK = "#CC79A7", "#56B4E9", "#222222"
GREY, PALE, FAINT = "#8C8C8C", "#BDBDBD", "#EFEFEF"

EXCITATORY, INHIBITORY = BLUE, VERMILION
# colour, dash and marker change together
SERIES: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "solid", "o"),
    (VERMILION, (0, (5, 1.5)), "s"),
    (GREEN, (0, (1, 1)), "^"),
    (PURPLE, (0, (5, 1.5, 1, 1.5)), "D"),
    (ORANGE, (0, (8, 2)), "v"),
    (SKY, (0, (3, 1, 1, 1, 1, 1)), "P"),
)


# backends that show nothing, so that pyplot would hold their figures for ever
SILENT = {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}


def series(index: int) -> tuple[str, Any, str]:
    """Return colour, dash and marker of the series of an index; they repeat after six."""
    return SERIES[index % len(SERIES)]


def new_axes(width: float, height: float) -> Axes:
    """Return the Axes of a new figure.

    Parameters
    ----------
    width, height : float
        In inches.
    """
    import matplotlib
    from matplotlib.figure import Figure

    if matplotlib.get_backend().lower() in SILENT:
        return Figure(figsize=(width, height), layout="constrained").subplots()
    from matplotlib import pyplot

    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def points(ax: Axes) -> tuple[float, float]:
    """Return width and height of an Axes in points."""
    box = ax.get_window_extent()
    return box.width * 72.0 / ax.figure.dpi, box.height * 72.0 / ax.figure.dpi


def plain(ax: Axes) -> None:
    """Leave only the two axes that carry a scale."""
    ax.spines[["top", "right"]].set_visible(False)


def key(ax: Axes) -> None:
    """Add a legend that hides no line, if there is anything to tell."""
    if ax.get_legend_handles_labels()[0]:
        ax.legend(frameon=True, framealpha=0.85, edgecolor="none", fontsize="small", loc="best")


def key_beside(ax: Axes) -> None:
    """Add a legend to the right of an Axes, where it hides nothing."""
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize="small")


def time_axis(ax: Axes, recording: Recording) -> None:
    """Label the horizontal axis and let it span the recording."""
    ax.set_xlabel("time (ms)")
    ax.set_xlim(0.0, float(recording.dataset["time"].values[-1]))


def title(recording: Recording, network: str, trial: int) -> str:
    """Return what a plot of one network (``""`` for several) in one trial is called."""
    return f"{network}, trial {trial}, {recording.engine} engine".removeprefix(", ")


def trial_of(recording: Recording, trial: int) -> int:
    """Return the index of a trial, checked.

    Raises
    ------
    ParameterError
        If there is no such trial.
    """
    count = recording.dataset.sizes["trial"]
    if not 0 <= operator.index(trial) < count:
        raise ParameterError(f"Recording has trials 0 to {count - 1}; there is no trial {trial}.")
    return operator.index(trial)


def step_of(recording: Recording) -> float:
    """Return the length of a step in ms; the times of a recording are the ends of steps."""
    return float(recording.dataset["time"].values[0])
