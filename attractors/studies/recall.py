"""One trial: fill a memory, cue it with some of its patterns, count what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.accounting import account, outcome
from attractors.architecture import Architecture
from attractors.circuit import Circuit
from attractors.engines.rate import RateEngine
from attractors.engines.spiking import SpikingEngine
from attractors.protocol import Cue, Trial
from attractors.recording import Recording
from attractors.seeding import stream
from attractors.simulation import simulate
from attractors.studies.setting import NETWORK, Setting
from attractors.studies.task import Row, Task


@dataclass(frozen=True)
class Recall:
    """The measurement of one trial at a point ``{"patterns": P}``.

    Parameters
    ----------
    setting : Setting
        Memory, cue and criterion.
    seed : int
        Seed of the study.
    engine : {"rate", "spiking"}
        What the memory runs on.
    """

    setting: Setting
    seed: int
    engine: str = "rate"

    def __call__(self, task: Task) -> Row:
        """Return what the trial measured."""
        setting, count = self.setting, int(task.point["patterns"])
        stored = setting.patterns(count, self._stream(task, "patterns"))
        circuit = Circuit(Architecture((setting.network(),)))
        circuit.store({NETWORK: stored})
        # the patterns are independent: the first ones are as good as any choice
        cued = stored[: setting.cues]
        cues = setting.cue(cued, self._stream(task, "cues"))
        engine: Any = RateEngine(stop_when_settled=True)
        if self.engine != engine.name:
            engine = SpikingEngine()
        trials = [_trial(setting, cue, engine.step) for cue in cues]
        order = int(self._stream(task, "engine").integers(2**31))
        recording = simulate(circuit, trials, engine, seed=order, record=("state",))
        final = recording.get("state", NETWORK).values[:, -1]
        scores = setting.scores(final, cued)
        return {
            "load": count / setting.units,
            "cues": len(cued),
            "recalled": int(setting.recalled(scores).sum()),
            "score": float(scores.mean()),
            **_settling(recording, engine.step),
            **account(circuit, recording, outcome(cued, final, cues), count).row(),
        }

    def _stream(self, task: Task, consumer: str) -> np.random.Generator:
        return stream(self.seed, "capacity", *task.stream_key, consumer)


def _trial(setting: Setting, pattern: NDArray[np.int8], step: float) -> Trial:
    """Return the trial that starts in a cue, and keeps it as input if it is held."""
    cues = [Cue(NETWORK, pattern, stop=step, mode="clamped")]
    if setting.held:
        cues.append(Cue(NETWORK, pattern, start=step, strength=setting.held))
    return Trial((setting.steps + 1) * step, cues)


def _settling(recording: Recording, step: float) -> Row:
    """Return how the recalls ended: updates after the cue, fixed points and two-cycles."""
    period = _values(recording, "period")
    return {
        "steps": recording.dataset.sizes["time"] - 1,
        "settled": float((period == 1).mean()),
        "two_cycles": float((period == 2).mean()),
        "ties": float((_values(recording, "ties") > 0).mean()),
    }


def _values(recording: Recording, name: str) -> NDArray[Any]:
    return np.asarray(recording.dataset[name].values)
