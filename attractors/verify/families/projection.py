"""The pseudo-inverse rule: basins, and what more patterns than units leave."""

from __future__ import annotations

import numpy as np

from attractors.architecture import Architecture, Association, AttractorNetwork
from attractors.catalog import Measured
from attractors.circuit import Circuit
from attractors.dynamics import Sign
from attractors.engines.rate import RateEngine
from attractors.patterns import flip, random_signs
from attractors.protocol import Trial
from attractors.rules import PseudoInverse
from attractors.seeding import stream
from attractors.verify.families.family import Family, real, whole
from attractors.verify.row import Parameters

UNITS, NETWORKS, CUES, SWEEPS = 300, 3, 60, 50
FLIPS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
HIDDEN, FEATURES = 200, 500


def basin(parameters: Parameters, seed: int) -> Measured:
    """Measure the largest share of flipped units of which 90 % of the cues come back exactly."""
    coupled = parameters["diagonal"] == "kept"
    widest = []
    for number in range(NETWORKS):
        circuit = _filled(real(parameters, "alpha"), coupled, seed, number)
        exact = [_exact(circuit, share, seed, number) for share in FLIPS]
        widest.append(max((s for s, e in zip(FLIPS, exact, strict=True) if e >= 0.9), default=0.0))
    return Measured.mean(widest)


def faded(parameters: Parameters, seed: int) -> Measured:
    """Measure the overlap of pairs read from 200 source units, by sign, with what was stored."""
    count = whole(parameters, "P")
    overlaps = []
    for number in range(NETWORKS):
        hidden = random_signs(count, HIDDEN, stream(seed, "hidden", number))
        features = random_signs(count, FEATURES, stream(seed, "features", number))
        ends = [
            AttractorNetwork("hidden", HIDDEN, Sign()),
            AttractorNetwork("features", FEATURES, Sign()),
        ]
        circuit = Circuit(
            Architecture(tuple(ends), (Association("hidden", "features", PseudoInverse()),))
        )
        circuit.store(hidden=hidden, features=features)
        read = np.sign(circuit.links[0].synapses.field(hidden.astype(float)))
        overlaps.append(float((read * features).mean()))
    return Measured.mean(overlaps)


def _filled(load: float, coupled: bool, seed: int, number: int) -> Circuit:
    dynamics = Sign(order="asynchronous")
    network = AttractorNetwork("memory", UNITS, dynamics, PseudoInverse(), self_coupling=coupled)
    circuit = Circuit(Architecture((network,)))
    patterns = random_signs(round(load * UNITS), UNITS, stream(seed, "basin", number))
    circuit.store(memory=patterns)
    return circuit


def _exact(circuit: Circuit, share: float, seed: int, number: int) -> float:
    """Return the share of cues that come back exactly."""
    stored = circuit.patterns("memory")[:CUES]
    cues = flip(stored, share, stream(seed, "flips", number, round(100 * share)))
    engine = RateEngine(stop_when_settled=True)
    first, last = engine.step, (SWEEPS + 1) * engine.step
    trials = Trial.batch(last, {"memory": cues}, stop=first, mode="clamped")
    final = engine.compile(circuit).run(trials, seed, ("state",)).get("state", "memory").values
    return float((final[:, -1] == stored).all(axis=1).mean())


FAMILIES = (Family("pinv", basin), Family("mesh", faded))
