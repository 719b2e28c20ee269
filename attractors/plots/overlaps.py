"""Overlap with stored patterns over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.measures import NONE, WINNING_MATCH
from attractors.plots import style
from attractors.recording import Recording, variable

LABELS = {
    "overlap": "overlap with stored patterns\n(1: the pattern itself)",
    "match": "match with stored patterns\n(correlation)",
}


def overlaps(
    recording: Recording,
    network: str,
    ax: Axes | None = None,
    trial: int = 0,
    quantity: str = "overlap",
    cue: tuple[float, float] | None = None,
    highlight: Sequence[int] | None = None,
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw how close one trial came to each stored pattern, one line a pattern.

    Parameters
    ----------
    recording : Recording
        Of a run with ``record=("overlap", ...)`` or ``("match", ...)``.
    network : str
        Qualified name.
    ax : Axes, optional
        Where to draw; by default a new figure.
    trial : int
        Which one.
    quantity : {"overlap", "match"}
        What to draw.
    cue : (float, float), optional
        Start and stop of the cue in ms; shaded.
    highlight : sequence of int, optional
        Patterns in colour, the others are grey; by default the winner, where match was recorded.
    labels : sequence of str, optional
        Names of the patterns, by default their indices.

    Returns
    -------
    Axes
        The lines carry ``pattern INDEX`` as ``gid``.

    Raises
    ------
    UnknownNameError, UnsupportedError, ParameterError
        If the network, the quantity or the trial does not exist or was not recorded.
    """
    checks.choice("overlaps", "quantity", quantity, LABELS)
    values = recording.get(quantity, network)
    trial = style.trial_of(recording, trial)
    lines = values.isel(trial=trial).values
    marked = _marked(recording, network, trial, lines.shape[1], highlight)
    if labels is not None and len(labels) != lines.shape[1]:
        raise ParameterError(
            f"overlaps: {len(labels)} labels for the {lines.shape[1]} patterns of {network!r}; "
            "give one each."
        )
    ax = ax if ax is not None else style.new_axes(5.5, 3.0)
    if cue is not None:
        ax.axvspan(*cue, color=style.FAINT, zorder=0, label="cue", gid="cue")
    _draw_lines(ax, values["time"].values, lines, marked, labels)
    if quantity == "match":
        look: dict[str, Any] = {"color": style.GREY, "lw": 0.8, "ls": ":", "zorder": 1}
        ax.axhline(WINNING_MATCH, label="needed to win", gid="needed to win", **look)
    style.time_axis(ax, recording)
    ax.set_ylabel(LABELS[quantity])
    ax.set_ylim(min(-0.1, 1.05 * lines.min(initial=0.0)), max(1.05, 1.05 * lines.max(initial=0.0)))
    style.plain(ax)
    style.key(ax)
    ax.set_title(style.title(recording, network, trial), fontsize="medium")
    return ax


def _draw_lines(
    ax: Axes,
    time: NDArray[Any],
    lines: NDArray[Any],
    marked: Sequence[int],
    labels: Sequence[str] | None,
) -> None:
    names = labels if labels is not None else [f"pattern {i}" for i in range(lines.shape[1])]
    others = [pattern for pattern in range(lines.shape[1]) if pattern not in marked]
    for pattern in others:
        ax.plot(time, lines[:, pattern], color=style.PALE, lw=0.8, gid=f"pattern {pattern}")
    for rank, pattern in enumerate(marked):
        colour, dash, _ = style.series(rank)
        look = {"color": colour, "ls": dash, "lw": 2.2, "zorder": 4}
        ax.plot(time, lines[:, pattern], label=names[pattern], gid=f"pattern {pattern}", **look)
    if others:
        count = f"{len(others)} {'other ' if marked else ''}pattern{'s' * (len(others) > 1)}"
        ax.plot([], [], color=style.PALE, lw=0.8, label=count)


def _marked(
    recording: Recording, network: str, trial: int, patterns: int, highlight: Sequence[int] | None
) -> list[int]:
    if highlight is None:
        known = variable("match", network) in recording.dataset
        winner = int(recording.winner(network)[trial]) if known else NONE
        return [] if winner == NONE else [winner]
    for pattern in highlight:
        if not 0 <= pattern < patterns:
            raise ParameterError(
                f"overlaps: highlight holds {pattern!r}; {network!r} stores patterns 0 to "
                f"{patterns - 1}."
            )
    return list(highlight)
