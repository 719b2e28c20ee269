"""±1 networks with Hebb's rule: mean field, and what finite networks keep."""

from __future__ import annotations

from attractors import theory
from attractors.catalog import Measured
from attractors.dynamics import Sign
from attractors.memory import Memory
from attractors.patterns import random_signs
from attractors.rules import Hebbian, Rule, Storkey
from attractors.seeding import stream
from attractors.studies import capacity
from attractors.verify.families.family import Family, exactly, real, whole
from attractors.verify.row import Parameters

MEMORIES = 8


def critical_load(parameters: Parameters, seed: int) -> Measured:
    """Return the mean-field α_c at T = 0."""
    return exactly(theory.hopfield_capacity())


def critical_overlap(parameters: Parameters, seed: int) -> Measured:
    """Return the mean-field overlap at α_c."""
    # the overlap ends there with a vertical slope: just below, it is off by the root of the step
    return exactly(theory.hopfield_overlap(theory.hopfield_capacity() * (1.0 - 1e-13)))


def overlap(parameters: Parameters, seed: int) -> Measured:
    """Return the mean-field overlap at a load, T = 0."""
    return exactly(theory.hopfield_overlap(real(parameters, "alpha")))


def survivors(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of patterns from which an asynchronous network ends at m > 0.9."""
    study = capacity(
        *("hebbian", whole(parameters, "N")),
        measure="overlap",
        patterns=[whole(parameters, "P")],
        trials=MEMORIES,
        seed=seed,
        progress=False,
    )
    return Measured.mean((study.table["recalled"] / study.table["cues"]).tolist())


def half_load(parameters: Parameters, seed: int) -> Measured:
    """Measure the load at which half of the patterns end at m > 0.9."""
    units = whole(parameters, "N")
    study = capacity("hebbian", units, measure="overlap", trials=4, seed=seed, progress=False)
    return Measured(study.critical_load, *study.interval, len(study.table))


def fixed_share(rule: Rule, parameters: Parameters, seed: int) -> Measured:
    """Measure the share of stored patterns that an update of all units leaves as they are."""
    units, count = whole(parameters, "N"), whole(parameters, "M")
    kept = []
    for number in range(MEMORIES):
        patterns = random_signs(count, units, stream(seed, "verify", number))
        memory = Memory(units, Sign(), rule)
        memory.store(patterns)
        kept.append(float((memory.recall(patterns, steps=1) == patterns).all(axis=1).mean()))
    return Measured.mean(kept)


def kept_by_hebb(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of fixed patterns with Hebb's rule."""
    return fixed_share(Hebbian(), parameters, seed)


def kept_by_storkey(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of fixed patterns with Storkey's rule."""
    return fixed_share(Storkey(), parameters, seed)


FAMILIES = (
    Family("hop_ac", critical_load),
    Family("hop_mc", critical_overlap),
    Family("hop_m", overlap),
    Family("hopsim", survivors),
    Family("hop_a50", half_load, slow=True),
    Family("mce", kept_by_hebb),
    Family("storkey", kept_by_storkey),
)
