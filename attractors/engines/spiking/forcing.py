"""Which units must fire, and which must not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.errors import UnsupportedError
from attractors.schedule import Schedule


def held(schedule: Schedule, name: str, step: int, units: int) -> NDArray[np.float64]:
    """Return 1 where a unit must fire, -1 where it must not and 0 elsewhere, (B, N).

    Raises
    ------
    UnsupportedError
        If a clamped cue is not 0/1.
    """
    force = np.zeros((schedule.count, units))
    clamped = schedule.clamped(name, step)
    if clamped is not None:
        rows, values = clamped
        if not np.isin(values[rows], (0, 1)).all():
            raise UnsupportedError(
                f"spiking engine, network {name!r}: a clamped cue has values other than 0 and 1, "
                "which spikes cannot hold; clamp 0/1 patterns, or use mode='added'."
            )
        force[rows] = np.where(values[rows] > 0, 1.0, -1.0)
    silent = schedule.silenced(name, step)
    if silent is not None:
        force[silent] = -1.0
    return force
