"""What each form holds and what that costs: bits, bytes, events and an estimate of energy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attractors.accounting import SILICON, Account, account, outcome
from attractors.bench.case import Case, Size
from attractors.bench.row import Row, Spread
from attractors.bench.timing import Pace
from attractors.dynamics import Dynamics, KWinners, Sign, Softmax
from attractors.engines.rate import RateEngine
from attractors.memory import Memory
from attractors.patterns import random_signs, random_sparse
from attractors.protocol import Trial
from attractors.rules import Covariance, Hebbian, KeyValue, Rule, Willshaw
from attractors.seeding import stream

FLIPPED = 0.1


@dataclass(frozen=True)
class Held:
    """A rule in a form, filled to a load.

    Parameters
    ----------
    form : str
        Name of the form.
    rule : Rule
        Of sparse 0/1 patterns or of ±1 patterns.
    load : str
        Name of the size that says how many patterns.
    """

    form: str
    rule: Rule
    load: str

    def measured(self, size: Size) -> Account:
        """Return the account of recalls from half cues, or from ±1 cues with a tenth flipped."""
        generator = stream(0, "bench", "accounts", self.load)
        count, units = size[self.load], size["units"]
        patterns: NDArray[np.int8]
        dynamics: Dynamics
        if self.rule.values == "01":
            dynamics, patterns = (
                KWinners(size["k"]),
                random_sparse(count, units, size["k"], generator),
            )
            chosen = patterns[: size["batch"]]
            # every second active unit
            cues = chosen * (np.cumsum(chosen, axis=1) % 2).astype(np.int8)
        else:
            dynamics, patterns = Sign(), random_signs(count, units, generator)
            chosen = patterns[: size["batch"]]
            cues = np.where(generator.random(chosen.shape) < FLIPPED, -chosen, chosen)
        memory = Memory(units, dynamics, self.rule, synapses=self.form)
        memory.store(patterns)
        return _account(memory, chosen, cues, count)


def _account(
    memory: Memory, chosen: NDArray[np.int8], cues: NDArray[np.int8], count: int
) -> Account:
    engine = RateEngine(stop_when_settled=True)
    trials = Trial.batch(20 * engine.step, {"memory": cues}, stop=engine.step, mode="clamped")
    recording = engine.compile(memory.circuit).run(trials, 0, ("state",))
    final = recording.get("state", "memory").values[:, -1]
    return account(memory.circuit, recording, outcome(chosen, final, cues), count)


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Account for every form; nothing here is a time."""
    for held in HELD:
        found = held.measured(size)
        per_byte = found.bits_per_byte
        yield Row(
            f"{held.form}, {type(held.rule).__name__}, {size[held.load]:,} patterns",
            Spread(per_byte, per_byte, per_byte),
            "bit/byte",
            note=f"{found.bits_per_synapse:.3g} bits a synapse that could be there, "
            f"{found.bits_per_used_synapse:.3g} one that is; {found.holding.bytes:,} bytes, "
            f"{found.work.events:,.0f} events, {found.work.bytes_read:,.0f} bytes read and "
            f"{1e9 * found.energy():,.3g} nJ a recall ({SILICON.name})",
            series={name: [value] for name, value in found.row().items()},
        )


HELD = (
    Held("packed", Willshaw(), "clipped"),
    Held("sparse", Willshaw(), "clipped"),
    Held("dense", Willshaw(), "clipped"),
    Held("int16", Covariance(), "graded"),
    Held("dense", Covariance(), "graded"),
    Held("dense", Hebbian(), "signs"),
    Held("dual", KeyValue(Softmax(1.0)), "signs"),
)

CASE = Case(
    "accounts",
    "bits, bytes, events and energy of the forms",
    measure,
    full={"units": 2048, "k": 22, "clipped": 6000, "graded": 6000, "signs": 200, "batch": 100},
    quick={"units": 256, "k": 8, "clipped": 500, "graded": 500, "signs": 20, "batch": 10},
)
