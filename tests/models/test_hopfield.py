from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors import catalog

MODEL = catalog.load("hopfield")


@pytest.mark.parametrize("claim", MODEL.claims, ids=lambda claim: claim.statement)
def test_claim_holds(claim: at.Claim) -> None:
    measured = claim.measure(0)
    assert claim.holds(measured), f"published {claim.published}, measured {measured}"


@pytest.mark.parametrize("claim", MODEL.claims, ids=lambda claim: claim.statement)
def test_claim_is_measured_and_not_copied(claim: at.Claim) -> None:
    measure = claim.measure.args[1]
    one = measure(1, matrices=2)
    assert one != measure(2, matrices=2), one
    assert one == measure(1, matrices=2)


def test_another_number_would_not_hold() -> None:
    """A tenth more memories moves the share of wrong units out of reach of the claim."""
    claim = MODEL.claims[2]
    more = claim.measure.args[1](0, memories=204)
    assert not claim.holds(more), more


def test_it_shows_recall_from_damage() -> None:
    circuit = MODEL.build(0)
    trials = MODEL.trials(circuit, 0)
    memories = circuit.patterns("memory")
    recording = at.simulate(circuit, trials, record=("match", "state"))
    assert memories.shape == (10, 100)
    start = recording.get("state", "memory").values[:, 0]
    damaged = (start != np.repeat(memories, 2, axis=0)).sum(axis=1)
    assert damaged.tolist() == [15] * 20
    assert recording.winner("memory").tolist() == [i // 2 for i in range(20)]


def test_twice_the_memories_are_lost_in_the_papers_own_units() -> None:
    """Equation 10 gives P = 0.052 for a wrong bit at n = 20: none in 100 bits has odds of 0.005."""
    original = MODEL.claims[0].measure.args[1]
    assert original(0, memories=20, matrices=20).value < 0.1
