"""What dense memories minimise: no update of all units at once increases it."""

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_signs
from attractors.seeding import stream

BETA = 0.3


def of_softmax(h, s):
    largest = h.max(axis=1)
    summed = np.exp(BETA * (h - largest[:, None])).sum(axis=1)
    return -largest - np.log(summed) / BETA + (s**2).sum(axis=1) / 2


SIGNS, NUMBERS = random_signs(60, 30, stream(0, "x")), stream(0, "x").normal(size=(60, 30))
CASES = [
    (at.Sign(), SIGNS, at.Softmax(BETA), of_softmax),
    # the other energies have no bound for states that have none
    (at.Linear(), NUMBERS, at.Softmax(BETA), of_softmax),
    (at.Sign(), SIGNS, at.Power(3), lambda h, s: -(np.maximum(h, 0) ** 3).sum(axis=1)),
    (at.Sign(), SIGNS, at.Power(2), lambda h, s: -(np.maximum(h, 0) ** 2).sum(axis=1)),
    # its logarithm: the number itself is too large to tell updates apart
    (at.Sign(), SIGNS, at.Exponential(), lambda h, s: -np.logaddexp.reduce(h, axis=1)),
]


@pytest.mark.parametrize(
    ("units", "patterns", "separation", "energy"),
    [pytest.param(*case, id=f"{case[2]}-{type(case[0]).__name__}") for case in CASES],
)
def test_updates_never_increase_the_energy(units, patterns, separation, energy):
    network = at.AttractorNetwork("memory", 30, units, at.KeyValue(separation))
    circuit = at.Circuit(at.Architecture([network]))
    circuit.store(memory=patterns)
    cues = random_signs(40, 30, stream(0, "cues"))
    trials = at.Trial.batch(80.0, {"memory": cues}, stop=10.0, mode="clamped")
    states = at.simulate(circuit, trials, record=("state",)).get("state", "memory").values
    found = np.stack(
        [energy(s @ patterns.T.astype(float), s) for s in states.transpose(1, 0, 2).astype(float)]
    )
    rises = np.diff(found, axis=0).max(axis=0)
    assert rises.max() <= 1e-5 * np.abs(found).max(), f"the energy rises by {rises.max():g}"
    assert (found[-1] < found[0]).mean() > 0.9
