"""Willshaw's memory: exact counting, and recall that iterates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from attractors import theory
from attractors.architecture import Architecture, AttractorNetwork
from attractors.catalog import Measured
from attractors.circuit import Circuit
from attractors.dynamics import Dynamics
from attractors.engines.rate import update
from attractors.patterns import erase, random_sparse
from attractors.protocol import Cue, Trial
from attractors.rules import Willshaw
from attractors.seeding import stream
from attractors.simulation import simulate
from attractors.verify.families.family import Family, exactly, whole
from attractors.verify.row import Parameters

MEMORIES, CUES, CYCLE, ITERATIONS = 6, 50, 10.0, 30


@dataclass(frozen=True)
class HighestThreshold(Dynamics):
    """At least k active units: the threshold is the highest that leaves so many.

    Parameters
    ----------
    k : int
        Units; all that tie with the last of them are active as well.
    """

    k: int
    values: ClassVar[Literal["01"]] = "01"

    def activity(self, units: int) -> float:
        """Return the nominal fraction of active units."""
        return self.k / units


@update.register
def _highest_threshold(
    dynamics: HighestThreshold, field: NDArray[Any], state: NDArray[Any], uniform: None
) -> tuple[NDArray[Any], None]:
    cut = np.sort(field, axis=1)[:, -dynamics.k]
    # sums of the same ones in another order differ in their last digit
    return (field >= cut[:, None] - 1e-6).astype(field.dtype), None


def pairs(parameters: Parameters, seed: int) -> Measured:
    """Return the largest M at which ε = 0.01 of an answer is wrong."""
    found = theory.willshaw_capacity(whole(parameters, "n"), whole(parameters, "k"))
    return exactly(float(int(found)))


def false_positive(parameters: Parameters, seed: int) -> Measured:
    """Return the probability that a wrong unit fires on a whole cue."""
    size = (whole(parameters, name) for name in "nkM")
    return exactly(theory.willshaw_false_positive(*size))


def iterated(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of half cues that come back exactly; the known half stays on as input.

    All units that tie at the cut are active, and a unit's synapse onto itself is kept.
    """
    units, active, stored = (whole(parameters, name) for name in "nkM")
    shares = []
    for number in range(MEMORIES):
        draw = stream(seed, "iterated", number)
        rows = random_sparse(stored, units, active, draw)
        network = AttractorNetwork(
            "memory", units, HighestThreshold(active), Willshaw(), self_coupling=True
        )
        circuit = Circuit(Architecture((network,)))
        circuit.store(memory=rows)
        trials = [
            Trial(ITERATIONS * CYCLE, [_first(cue), Cue("memory", cue, start=CYCLE)])
            for cue in erase(rows[:CUES], 0.5, draw)
        ]
        final = simulate(circuit, trials, record=("state",)).get("state", "memory").values
        shares.append(float((final[:, -1] == rows[:CUES]).all(axis=1).mean()))
    return Measured.mean(shares)


def _first(cue: NDArray[np.int8]) -> Cue:
    return Cue("memory", cue, stop=CYCLE, mode="clamped")


FAMILIES = (Family("wil", pairs), Family("wp", false_positive), Family("wauto", iterated))
