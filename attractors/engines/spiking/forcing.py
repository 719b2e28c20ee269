"""Which units must fire, and which must not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attractors.architecture import Architecture
from attractors.engines.spiking.forms import form_of
from attractors.errors import UnsupportedError
from attractors.protocol import Trial
from attractors.schedule import Schedule


def check_clamped(trials: Sequence[Trial], architecture: Architecture) -> None:
    """Refuse clamped cues that spikes cannot hold.

    Parameters
    ----------
    trials : sequence of Trial
        That fit the architecture.
    architecture : Architecture
        Whose networks they clamp; graded units may be held at any value.

    Raises
    ------
    UnsupportedError
        If a clamped cue to a spiking network is not 0/1.
    """
    clamps = (cue for trial in trials for cue in trial.cues if cue.mode == "clamped")
    for cue in clamps:
        network = architecture.nodes[cue.network]
        if form_of(network.dynamics, network.units) is None:
            continue
        if not np.isin(cue.pattern, (0, 1)).all():
            raise UnsupportedError(
                f"spiking engine, network {cue.network!r}: a clamped cue has values other than 0 "
                "and 1, which spikes cannot hold; clamp 0/1 patterns, or use mode='added'."
            )


def held(schedule: Schedule, name: str, step: int, units: int) -> NDArray[np.float64]:
    """Return 1 where a unit must fire, -1 where it must not and 0 elsewhere, (B, N)."""
    force = np.zeros((schedule.count, units))
    clamped = schedule.clamped(name, step)
    if clamped is not None:
        rows, values = clamped
        force[rows] = np.where(values[rows] > 0, 1.0, -1.0)
    silent = schedule.silenced(name, step)
    if silent is not None:
        force[silent] = -1.0
    return force
