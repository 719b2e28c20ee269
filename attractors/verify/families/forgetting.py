"""Memories that forget: bounded synapses, and synapses that switch by chance."""

from __future__ import annotations

import numpy as np

from attractors.catalog import Measured
from attractors.dynamics import Sign
from attractors.memory import Memory
from attractors.patterns import random_signs
from attractors.rules import AmitFusi, Bounded
from attractors.seeding import stream
from attractors.verify.families.family import Family, real
from attractors.verify.row import Parameters

UNITS, MEMORIES, NEWEST = 600, 5, 60
# synapses onto a unit, units, chance to switch, and the ages that are read
INPUTS, READ, CHANCE, AGES = 400, 3000, 0.1, (0, 5, 15)


def recalled(parameters: Parameters, seed: int) -> Measured:
    """Measure how many of the newest patterns keep m > 0.9 in bounded synapses, by unit."""
    bound, shares = real(parameters, "A"), []
    # weights have wandered from bound to bound after about A²N patterns
    count = max(round(3 * bound**2 * UNITS), UNITS)
    for number in range(MEMORIES):
        patterns = random_signs(count, UNITS, stream(seed, "bounded", number))
        memory = Memory(UNITS, Sign(), Bounded(bound))
        memory.store(patterns)
        newest = patterns[::-1][:NEWEST]
        kept = (memory.recall(newest) * newest.astype(float)).mean(axis=1) > 0.9
        shares.append((NEWEST if kept.all() else int(np.argmin(kept))) / UNITS)
    return Measured.mean(shares)


def off_the_formula(parameters: Parameters, seed: int) -> Measured:
    """Measure by how much the signal, for noise of 1, differs from √N q (1 - q)^age."""
    differences = []
    for number in range(MEMORIES):
        draw = stream(seed, "switching", number)
        source = random_signs(AGES[-1] + 1, INPUTS, draw)
        target = random_signs(AGES[-1] + 1, READ, draw)
        rule = AmitFusi(CHANCE, CHANCE, values="±1", seed=int(draw.integers(2**31)))
        weights = rule.start((READ, INPUTS))
        weights = rule.learn(weights, target, source, (None, None))
        held = rule.matrix(weights)
        by_age = []
        for age in AGES:
            signal = (held @ source[-1 - age]) * target[-1 - age] / np.sqrt(INPUTS)
            by_age.append(signal.mean() - np.sqrt(INPUTS) * CHANCE * (1 - CHANCE) ** age)
        differences.append(float(np.mean(by_age)))
    return Measured.mean(differences)


FAMILIES = (Family("parisi", recalled), Family("amitfusi", off_the_formula))
