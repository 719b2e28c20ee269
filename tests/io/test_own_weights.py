"""What depends on which synapses units have onto themselves comes back as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream


def weights(circuit: at.Circuit) -> np.ndarray:
    (link,) = circuit.links
    return link.factor * link.synapses.toarray()


@pytest.mark.parametrize("mmap", [False, True])
@pytest.mark.parametrize("coupled", [False, True])
@pytest.mark.parametrize("rule", [at.Storkey(), at.Competitive(), at.Perceptron()], ids=str)
def test_lesioned_weights_come_back_and_learn_on(
    rule: at.Rule, coupled: bool, mmap: bool, tmp_path: Path
) -> None:
    signed, rng = rule.values == "±1", stream(0, "x")
    dynamics = at.Sign() if signed else at.KWinners(6)
    network = at.AttractorNetwork("m", 60, dynamics, rule, self_coupling=coupled)
    circuit = at.Circuit(at.Architecture([network]))
    patterns = random_signs(7, 60, rng) if signed else random_sparse(7, 60, 6, rng)
    circuit.store(m=patterns[:5])
    assert weights(circuit).diagonal().any() == coupled
    cut = circuit.lesioned("m", 0.5)
    at.save(cut, tmp_path / "c.npz")
    back = at.load(tmp_path / "c.npz", mmap=mmap)
    assert np.array_equal(weights(back), weights(cut))
    for each in (cut, back):
        each.store(m=patterns[5:])
    assert np.array_equal(weights(back), weights(cut))
    assert weights(back).diagonal().any() == coupled


@pytest.mark.parametrize("keep", ["weights", "counts"])
def test_two_networks_with_the_same_patterns_stay_two(keep: str, tmp_path: Path) -> None:
    patterns = random_signs(5, 60, stream(0, "x"))
    networks = [at.AttractorNetwork(name, 60, at.Sign()) for name in "ab"]
    edges = [at.Association("a", "b", at.Quantised(at.Hebbian(), bits=2))]
    circuit = at.Circuit(at.Architecture(networks, edges), keep=keep)
    circuit.store(a=patterns, b=patterns)
    at.save(circuit, tmp_path / "c.npz")
    back = at.load(tmp_path / "c.npz")
    assert np.array_equal(weights(back), weights(circuit))
    assert weights(back).diagonal().all()
