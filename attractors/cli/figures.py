"""Figures that commands leave in their folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attractors.architecture import Architecture
from attractors.protocol import Trial
from attractors.recording import Recording

if TYPE_CHECKING:
    from attractors.studies import Study


def architecture(folder: Path, drawn: Architecture) -> None:
    """Draw an architecture into ``architecture.png``."""
    from attractors import plots
    from attractors.plots.figures import save

    save(plots.architecture(drawn), folder / "architecture.png")


def overlaps(folder: Path, recording: Recording, trials: Sequence[Trial], ending: str) -> None:
    """Draw the first trial of each network that has patterns into ``overlaps_NETWORK.png``."""
    from attractors import plots
    from attractors.plots.figures import save

    for network in recording.networks:
        if recording.get("overlap", network).shape[-1]:
            axes = plots.overlaps(recording, network, cue=_cued(trials[0], network))
            save(axes, folder / f"overlaps_{network.replace('/', '.')}{ending}.png")


def curve(folder: Path, study: Study) -> None:
    """Draw success against load, with the critical loads measured and expected."""
    from attractors import plots
    from attractors.plots.figures import save

    found = study.curve
    axes = plots.curve(
        found["load"],
        found["success"],
        low=found["low"],
        high=found["high"],
        # a step: theory gives the load at which recall breaks down
        theory=None if study.theory is None else ((study.theory, study.theory), (1.0, 0.0)),
        critical=(study.critical_load, *study.interval),
    )
    save(axes, folder / "curve.png")


def _cued(trial: Trial, network: str) -> tuple[float, float] | None:
    """Return from when to when a network is cued, in ms."""
    times = [
        (cue.start, trial.duration if cue.stop is None else cue.stop)
        for cue in trial.cues
        if cue.network == network
    ]
    return (min(t[0] for t in times), max(t[1] for t in times)) if times else None
