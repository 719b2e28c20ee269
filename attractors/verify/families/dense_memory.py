"""Dense associative memories: bit errors after one step from a stored pattern."""

from __future__ import annotations

from attractors.catalog import Measured
from attractors.dynamics import Sign
from attractors.memory import Memory
from attractors.patterns import random_signs
from attractors.rules import EnergyDifference
from attractors.seeding import stream
from attractors.verify.families.family import Family, whole
from attractors.verify.row import Parameters

MEMORIES = 10


def bit_error(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of units that change when the energy of F(x) = xⁿ falls."""
    units, count = whole(parameters, "N"), whole(parameters, "K")
    wrong = []
    for number in range(MEMORIES):
        patterns = random_signs(count, units, stream(seed, "verify", number))
        memory = Memory(units, Sign(), EnergyDifference(whole(parameters, "n")))
        memory.store(patterns)
        wrong.append(float((memory.recall(patterns, steps=1) != patterns).mean()))
    return Measured.mean(wrong)


FAMILIES = (Family("dam", bit_error),)
