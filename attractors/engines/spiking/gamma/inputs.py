"""What reaches the units from outside, drawn beforehand and laid out on the step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from attractors.circuit import Circuit
from attractors.dynamics import Blocks, Dynamics, KWinners
from attractors.engines.spiking.forcing import held
from attractors.engines.spiking.layout import Layout
from attractors.schedule import Schedule
from attractors.seeding import stream

Table = NDArray[np.float64]


@dataclass(frozen=True)
class Inputs:
    """Inputs of all units at every step, (steps, total) each, in units of the field.

    Attributes
    ----------
    drive : (steps, total) float
        Cues and noise.
    jitter : (steps, total) float or None
        Noise of the units' temperature.
    force : (steps, total) float or None
        1 where a unit must fire, -1 where it must not, 0 elsewhere.
    """

    drive: Table
    jitter: Table | None
    force: Table | None


def is_forced(schedule: Schedule) -> bool:
    """Tell whether a trial clamps or silences units."""
    return any(
        trial.silences or any(cue.mode == "clamped" for cue in trial.cues)
        for trial in schedule.trials
    )


def is_hot(circuit: Circuit, layout: Layout) -> bool:
    """Tell whether a network of the layout has a temperature."""
    nodes = circuit.architecture.nodes
    return any(nodes[name].dynamics.temperature > 0 for name in layout.units)


def inputs(
    circuit: Circuit, layout: Layout, schedule: Schedule, seed: int, first: int, forced: bool
) -> Inputs:
    """Return the inputs of a chunk of trials.

    Parameters
    ----------
    circuit : Circuit
        Whose networks receive them.
    layout : Layout
        Of the chunk; replicas beyond the trials receive nothing.
    schedule : Schedule
        Of the chunk.
    seed : int
        Seed of the temperature.
    first : int
        Number of the chunk's first trial within the batch.
    forced : bool
        Whether any trial of the batch clamps or silences units.
    """
    shape = (schedule.steps, layout.total)
    drive, jitter, force = np.zeros(shape), None, None
    for name, step, rows in _added(layout, schedule):
        layout.place({name: rows}, drive[step])
    if is_hot(circuit, layout):
        jitter = np.zeros(shape)
        for name in layout.units:
            dynamics = circuit.architecture.nodes[name].dynamics
            for step in range(schedule.steps if dynamics.temperature > 0 else 0):
                rows = _uniform(layout.units[name], name, schedule.count, seed, first, step)
                layout.place({name: _thermal(dynamics, rows)}, jitter[step])
    if forced:
        force = np.zeros(shape)
        for name in layout.units:
            for step in range(schedule.steps):
                layout.place({name: held(schedule, name, step, layout.units[name])}, force[step])
    return Inputs(drive, jitter, force)


def _added(layout: Layout, schedule: Schedule) -> Iterator[tuple[str, int, NDArray[Any]]]:
    for name in layout.units:
        for step in range(schedule.steps):
            rows = schedule.added(name, step)
            if rows is not None:
                yield name, step, rows


def _uniform(
    units: int, name: str, trials: int, seed: int, first: int, step: int
) -> NDArray[np.float64]:
    """Return the numbers that the rate engine draws for the same trials, (trials, units)."""
    draws = (
        stream(seed, name, "temperature", trial, step) for trial in range(first, first + trials)
    )
    return np.stack([draw.random(units) for draw in draws])


def _thermal(dynamics: Dynamics, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return noise that, added to the field, gives the probabilities of the dynamics."""
    safe = np.clip(uniform, 1e-12, 1.0 - 1e-12)
    if isinstance(dynamics, KWinners | Blocks):
        return np.asarray(-dynamics.temperature * np.log(-np.log(safe)))
    # u < 1/(1 + exp(-x/T)) is x - T logit(u) > 0
    return np.asarray(-dynamics.temperature * logit(safe))
