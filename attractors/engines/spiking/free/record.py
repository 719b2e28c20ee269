"""From spikes to states: what the recorder takes on every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.engines.spiking.events import Spikes
from attractors.engines.spiking.free.plan import Member


def states(
    spikes: Mapping[str, Spikes],
    members: Mapping[str, Member],
    trials: int,
    steps: int,
    step: float,
    window: float,
) -> Iterator[dict[str, NDArray[Any]]]:
    """Iterate over the states (B, N) of all networks at the end of each step.

    The state of a unit is the number of its spikes in the window that ends there, over the number
    in the on-state; before a whole window has passed, the part that has.

    Parameters
    ----------
    spikes : mapping of str to Spikes
        In the order of time.
    members : mapping of str to Member
        The networks.
    trials, steps : int
        B and T.
    step, window : float
        In ms.
    """
    tables = {
        name: _by_step(spikes.get(name), member.units, trials, steps, step)
        for name, member in members.items()
    }
    length = round(window / step)
    sums = {n: np.zeros((trials, member.units), np.float32) for n, member in members.items()}
    for now in range(steps):
        whole = min(now + 1, length) * step / 1000.0
        found = {}
        for name, member in members.items():
            _add(sums[name], tables[name][now], 1.0)
            if now >= length:
                _add(sums[name], tables[name][now - length], -1.0)
            found[name] = sums[name] / np.float32(member.neurons.on_rate * whole)
        yield found


Cells = tuple[NDArray[np.int64], NDArray[np.int64]]


def _by_step(
    spikes: Spikes | None, units: int, trials: int, steps: int, step: float
) -> list[Cells]:
    """Return trial and unit of the spikes in each step."""
    if spikes is None:
        nothing = np.zeros(0, np.int64)
        return [(nothing, nothing)] * steps
    trial, unit, time = spikes
    cuts = np.searchsorted(time, step * np.arange(steps + 1) - 1e-9)
    return [(trial[a:b], unit[a:b]) for a, b in pairwise(cuts)]


def _add(sums: NDArray[np.float32], cells: Cells, sign: float) -> None:
    np.add.at(sums, cells, np.float32(sign))
