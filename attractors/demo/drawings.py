"""The figures of the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import plots
from attractors.plots import figures
from attractors.recording import Recording

EXAMPLES = ("10 % flipped", "30 % erased", "overlay, even", "overlay, odd", "overlay, no context")
BRIEF = ("flipped", "erased", "even", "odd", "no context")


def draw(folder: Path, gate: Any, tasks: list[Any], recordings: list[Recording]) -> None:
    """Write the figures of the example trials.

    Parameters
    ----------
    folder : Path
    gate : Gate
        What ran.
    tasks : list of Task
        One question each, in the order of the trials.
    recordings : list of Recording
        One an engine, with overlap, match and state; spikes on the spiking engine.
    """
    figures.save(plots.architecture(gate.circuit.architecture), folder / "architecture.png")
    _overlaps(folder / "overlaps.png", gate, tasks, recordings)
    _raster(folder / "raster.png", gate, tasks, recordings[-1])
    _recalled(folder / "recalled.png", gate, tasks, recordings)


def _overlaps(path: Path, gate: Any, tasks: list[Any], recordings: list[Recording]) -> None:
    """Draw the overlap of word with every digit, engines in rows and trials in columns."""
    labels = [str(digit) for digit in range(len(gate.circuit.patterns("word")))]
    panels = figures.panels(len(recordings), len(tasks), 3.2, 2.4)
    for index, ax in enumerate(panels):
        row, trial = divmod(index, len(tasks))
        shown = [int(tasks[trial].answers[0])] if trial < 2 else _readings(tasks)
        cue = (0.0, gate.settings.cue)
        recording = recordings[row]
        plots.overlaps(recording, "word", ax, trial, cue=cue, highlight=shown, labels=labels)
        ax.set_title(f"{recording.engine}: {EXAMPLES[trial]}", fontsize="medium")
        ax.set_ylabel("overlap of word" if trial == 0 else "")
    figures.save(panels[0], path)


def _raster(path: Path, gate: Any, tasks: list[Any], recording: Recording) -> None:
    """Draw the overlay in both contexts, units of the two digits in colour."""
    readings = _readings(tasks)
    order = {"context": gate.circuit.patterns("context")}
    order["word"] = gate.circuit.patterns("word")[readings]
    panels = figures.panels(1, 2, 5.5, 4.2)
    for ax, trial in zip(panels, (2, 3), strict=True):
        plots.raster(recording, ["context", "word", "image"], ax, trial, order=order)
        ax.set_title(f"{recording.engine}: {EXAMPLES[trial]}", fontsize="medium")
    figures.save(panels[0], path)


def _recalled(path: Path, gate: Any, tasks: list[Any], recordings: list[Recording]) -> None:
    """Draw the cues above what the image memory ends in, decoded to pixels."""
    rows = [np.concatenate([task.images for task in tasks]).astype(float)]
    titles = [f"cue:\n{name}" for name in BRIEF]
    for recording in recordings:
        rows.append(_decoded(gate, recording))
        said = ["none" if won < 0 else str(won) for won in recording.winner("word")]
        titles += [f"{recording.engine},\nword says {word}" for word in said]
    ax = plots.gallery(np.concatenate(rows), titles=titles, columns=len(tasks))
    figures.save(ax, path)


def _decoded(gate: Any, recording: Recording) -> NDArray[np.float64]:
    """Return the last states of image as pixels, ink between 0 and 1."""
    states = recording.get("state", "image").values[:, -1]
    pixels = np.clip(gate.encoder[-1].inverse_transform(states.astype(float)), 0.0, None)
    return np.asarray(pixels / np.maximum(pixels.max(axis=1, keepdims=True), 1e-9))


def _readings(tasks: list[Any]) -> list[int]:
    """Return the even and the odd digit of the example overlay."""
    return [int(task.answers[0]) for task in tasks if task.context is not None]
