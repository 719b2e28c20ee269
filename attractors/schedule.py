"""Trials laid out on the step: what reaches each network when, the same for both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.architecture import Architecture
from attractors.errors import PatternError, TrialError, unknown_name
from attractors.protocol import Cue, Noise, Silence, Trial
from attractors.seeding import stream

Action = TypeVar("Action", Cue, Noise, Silence)


class Entry(NamedTuple, Generic[Action]):
    """One action in steps: from ``start`` to before ``stop``, in trial ``row``.

    ``number`` counts the actions of one kind within the trial.
    """

    start: int
    stop: int
    row: int
    action: Action
    number: int = 0


def whole_steps(owner: str, milliseconds: float, step: float) -> int:
    """Return a time as a number of steps.

    Raises
    ------
    TrialError
        If it is no multiple of the step.
    """
    steps = round(milliseconds / step)
    if abs(steps * step - milliseconds) > 1e-6:
        raise TrialError(f"{owner} is {milliseconds:g} ms; it must be a multiple of {step:g} ms.")
    return steps


class Schedule:
    """Trials of equal length, resolved against an architecture.

    Parameters
    ----------
    trials : sequence of Trial
        B trials.
    architecture : Architecture
        Whose networks and edges the trials name.
    step : float
        In ms.
    seed : int
        Seed of the noise.
    first : int
        Number of the first trial, when these are a part of a larger batch.

    Raises
    ------
    TrialError, PatternError, UnknownNameError
        If a trial does not fit the architecture or the step.
    """

    def __init__(
        self,
        trials: Sequence[Trial],
        architecture: Architecture,
        step: float,
        seed: int,
        first: int = 0,
    ) -> None:
        self.trials = _checked_trials(trials)
        self.count = len(self.trials)
        self.step = step
        self.steps = whole_steps("The trials' duration", self.trials[0].duration, step)
        if self.steps == 0:
            raise TrialError(
                f"The trials' duration is {self.trials[0].duration:g} ms; it must be at least one "
                f"step of {step:g} ms."
            )
        checks.whole("simulate", "seed", seed, low=0)
        self._units = {name: net.units for name, net in architecture.nodes.items()}
        self._edges = tuple(architecture.links)
        self._seed = seed
        self._first = first
        self._cues: dict[str, list[Entry[Cue]]] = {n: [] for n in self._units}
        self._noise: dict[str, list[Entry[Noise]]] = {n: [] for n in self._units}
        self._silences: dict[str, list[Entry[Silence]]] = {n: [] for n in self._units}
        self._cut: dict[str, list[int]] = {}
        for row, trial in enumerate(self.trials):
            self._enter(row, trial)
        self._cached: dict[str, tuple[tuple[int, ...], NDArray[np.float32]]] = {}

    @property
    def quiet_from(self) -> NDArray[np.int64]:
        """First step (B,) from which no input of a trial changes; ``steps`` if there is none."""
        last = np.zeros(self.count, np.int64)
        for cue in chain.from_iterable(self._cues.values()):
            held = cue.stop == self.steps and np.ndim(cue.action.pattern) == 1
            last[cue.row] = max(last[cue.row], cue.start if held else cue.stop)
        for silence in chain.from_iterable(self._silences.values()):
            held = silence.stop == self.steps
            last[silence.row] = max(last[silence.row], silence.start if held else silence.stop)
        for noise in chain.from_iterable(self._noise.values()):
            last[noise.row] = max(last[noise.row], noise.stop)
        return last

    def added(self, network: str, step: int) -> NDArray[np.float32] | None:
        """Return what cues and noise add to the field, (B, N), or ``None`` for nothing."""
        cues = [e for e in _active(self._cues[network], step) if e.action.mode == "added"]
        noise = _active(self._noise[network], step)
        if not noise:
            return self._summed(network, step, cues) if cues else None
        total = self._summed(network, step, cues).copy()
        for _, _, row, action, number in noise:
            draws = stream(self._seed, network, "noise", self._first + row, step, number)
            total[row] += action.amplitude * draws.standard_normal(
                self._units[network], dtype=np.float32
            )
        return total

    def clamped(
        self, network: str, step: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.float32]] | None:
        """Return which trials (B,) have their state clamped and to what (B, N)."""
        cues = [e for e in _active(self._cues[network], step) if e.action.mode == "clamped"]
        if not cues:
            return None
        rows = np.zeros(self.count, bool)
        rows[[cue.row for cue in cues]] = True
        return rows, self._sum(network, step, cues)

    def silenced(self, network: str, step: int) -> NDArray[np.bool_] | None:
        """Return which units are held inactive, (B, N), or ``None`` for none."""
        active = _active(self._silences[network], step)
        if not active:
            return None
        silent = np.zeros((self.count, self._units[network]), bool)
        for entry in active:
            units = entry.action.units
            silent[entry.row, slice(None) if units is None else list(units)] = True
        return silent

    def intact(self, edge: str) -> NDArray[np.bool_] | None:
        """Return in which trials (B,) an edge is not lesioned, or ``None`` for all."""
        if edge not in self._cut:
            return None
        rows = np.ones(self.count, bool)
        rows[self._cut[edge]] = False
        return rows

    def _enter(self, row: int, trial: Trial) -> None:
        for name in trial.lesions:
            if name not in self._edges:
                raise unknown_name("edge to lesion", name, self._edges)
            self._cut.setdefault(name, []).append(row)
        for cue in trial.cues:
            start, stop = self._span(cue)
            self._check_pattern(cue, stop - start)
            self._check_single_clamp(cue, start, stop, row)
            self._cues[cue.network].append(Entry(start, stop, row, cue))
        numbers: Counter[str] = Counter()
        for noise in trial.noise:
            span, number = self._span(noise), numbers[noise.network]
            self._noise[noise.network].append(Entry(*span, row, noise, number))
            numbers[noise.network] += 1
        for silence in trial.silences:
            start, stop = self._span(silence)
            self._check_units(silence)
            self._silences[silence.network].append(Entry(start, stop, row, silence))

    def _span(self, action: Cue | Noise | Silence) -> tuple[int, int]:
        kind = type(action).__name__
        if action.network not in self._units:
            raise unknown_name(f"network (of a {kind})", action.network, self._units)
        owner = f"{kind} on {action.network!r}"
        start = whole_steps(f"{owner}: start", action.start, self.step)
        if action.stop is None:
            return start, self.steps
        return start, whole_steps(f"{owner}: stop", action.stop, self.step)

    def _check_pattern(self, cue: Cue, steps: int) -> None:
        shape, units = np.shape(cue.pattern), self._units[cue.network]
        if shape not in ((units,), (steps, units)):
            raise PatternError(
                f"Cue to {cue.network!r}: pattern has shape {shape}; it must be ({units},) or, "
                f"one row a step, ({steps}, {units})."
            )

    def _check_single_clamp(self, cue: Cue, start: int, stop: int, row: int) -> None:
        others = (e for e in self._cues[cue.network] if e.row == row and e.action.mode == "clamped")
        if cue.mode == "clamped" and any(start < o.stop and o.start < stop for o in others):
            raise TrialError(
                f"Cue to {cue.network!r}: two clamped cues of one trial overlap in time; a state "
                "can be held at one pattern only."
            )

    def _check_units(self, silence: Silence) -> None:
        units = self._units[silence.network]
        for unit in () if silence.units is None else silence.units:
            if not 0 <= unit < units:
                raise TrialError(
                    f"Silence of {silence.network!r}: unit {unit} does not exist; use 0 to "
                    f"{units - 1}."
                )

    def _summed(self, network: str, step: int, cues: list[Entry[Cue]]) -> NDArray[np.float32]:
        """Return the sum of the cues, kept from the step before while they do not change."""
        varying = any(np.ndim(cue.action.pattern) == 2 for cue in cues)
        key = tuple(id(cue.action) for cue in cues)
        if not varying and self._cached.get(network, ((-1,), None))[0] == key:
            return self._cached[network][1]
        total = self._sum(network, step, cues)
        if not varying:
            self._cached[network] = (key, total)
        return total

    def _sum(self, network: str, step: int, cues: list[Entry[Cue]]) -> NDArray[np.float32]:
        total = np.zeros((self.count, self._units[network]), np.float32)
        for entry in cues:
            pattern = np.asarray(entry.action.pattern)
            now = pattern[step - entry.start] if pattern.ndim == 2 else pattern
            total[entry.row] += entry.action.strength * now
        return total


def _active(entries: list[Entry[Action]], step: int) -> list[Entry[Action]]:
    return [entry for entry in entries if entry.start <= step < entry.stop]


def _checked_trials(trials: Sequence[Trial]) -> tuple[Trial, ...]:
    found = tuple(trials)
    if not found:
        raise TrialError("simulate: there is no trial; give at least one.")
    for trial in found:
        if not isinstance(trial, Trial):
            raise TrialError(f"simulate: {trial!r} is no Trial; write Trial(duration, cues=[...]).")
    lengths = {trial.duration for trial in found}
    if len(lengths) > 1:
        raise TrialError(
            f"simulate: trials last {sorted(lengths)} ms; run those of unequal length apart."
        )
    return found
