"""What one chunk of trials did, free of Brian2, so that it can come from another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.layout import Layout
from attractors.schedule import Schedule


@dataclass(frozen=True)
class Fired:
    """Spikes of a chunk.

    Parameters
    ----------
    layout : Layout
        Of the spiking networks.
    units : (S,) int
        Index within the layout.
    times : (S,) float
        In ms.
    ties : (trials,) int
        Ties by replica.
    """

    layout: Layout
    units: NDArray[np.int64]
    times: NDArray[np.float64]
    ties: NDArray[np.int64]


@dataclass(frozen=True)
class Graded:
    """States of a chunk of graded units.

    Parameters
    ----------
    layout : Layout
        Of the networks of Rate units.
    schedule : Schedule
        Of the chunk.
    by_step : list of dict of str to (trials, N) array
        State of each network after each step.
    events : (trials,) int
        Synaptic events.
    bytes : (trials,) float
        Bytes read for them.
    """

    layout: Layout
    schedule: Schedule
    by_step: list[dict[str, NDArray[np.float64]]]
    events: NDArray[np.int64]
    bytes: NDArray[Any]


@dataclass(frozen=True)
class Outcome:
    """What a chunk of trials did.

    Parameters
    ----------
    first : int
        Number of its first trial.
    fired : Fired or None
        Spikes, if networks spike.
    graded : Graded or None
        States, if networks are graded.
    """

    first: int
    fired: Fired | None
    graded: Graded | None
