import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.patterns import random_signs
from attractors.seeding import stream
from attractors.synapses import Dual

SEEDS = 5
# rows dam_* of published.csv: n, units, patterns, share of wrong bits, tolerance
PUBLISHED = [
    (2, 400, 40, 0.0008177, 0.00033),
    (2, 400, 56, 0.003792, 0.00076),
    (2, 400, 80, 0.01203, 0.0024),
    (2, 400, 120, 0.03438, 0.0069),
    (3, 100, 300, 0.0005, 0.00043),
    (3, 100, 500, 0.005833, 0.00158),
    (3, 100, 800, 0.02152, 0.0043),
]


@pytest.mark.parametrize(("n", "units", "count", "published", "tolerance"), PUBLISHED)
def test_one_step_from_a_stored_pattern_makes_the_published_errors(
    n: int, units: int, count: int, published: float, tolerance: float
) -> None:
    wrong = []
    for seed in range(SEEDS):
        patterns = random_signs(count, units, stream(seed, "patterns"))
        memory = at.Memory(units, at.Sign(), at.EnergyDifference(n))
        memory.store(patterns)
        wrong.append((memory.recall(patterns, steps=1) != patterns).mean())
    error = np.std(wrong, ddof=1) / np.sqrt(SEEDS)
    allowed = tolerance + 2 * error
    assert abs(np.mean(wrong) - published) <= allowed, f"{np.mean(wrong):.5f} of the bits are wrong"


def by_the_paper(n: int | None, patterns: np.ndarray, state: np.ndarray) -> np.ndarray:
    def f(x: np.ndarray) -> np.ndarray:
        return np.exp(x) if n is None else x.astype(float) ** n

    found = np.zeros(len(state))
    for unit in range(len(state)):
        others = patterns @ state - patterns[:, unit] * state[unit]
        found[unit] = (f(others + patterns[:, unit]) - f(others - patterns[:, unit])).sum()
    return found


@pytest.mark.parametrize("n", [2, 3, 4, 7, None])
def test_fields_are_the_differences_of_energy_unit_by_unit(n: int | None) -> None:
    patterns = random_signs(12, 20, stream(0, "patterns"))
    states = random_signs(6, 20, stream(0, "states"))
    synapses = Dual(at.EnergyDifference(n), (20, 20), True)
    synapses.learn(patterns, patterns, (None, None))
    for state, field in zip(states, synapses.field(states.astype(float)), strict=True):
        wanted = by_the_paper(n, patterns.astype(int), state.astype(int))
        # exponentials are relative to that of the largest overlap
        scale = np.exp((patterns.astype(int) @ state).max()) if n is None else 1.0
        assert field == pytest.approx(wanted / scale, rel=1e-9, abs=1e-9)


def test_the_square_is_hebb_without_self_coupling():
    patterns = random_signs(12, 20, stream(0, "patterns"))
    states = random_signs(6, 20, stream(0, "states"))
    fields = []
    for rule in (at.EnergyDifference(2), at.Hebbian()):
        synapses = Dual(rule, (20, 20), True)
        synapses.learn(patterns, patterns, (None, None))
        fields.append(synapses.field(states.astype(float)) * synapses.scale(20, 0.0))
    # F(N) - F(N-2) = 4 (N-1): the field of a lone pattern has no part from the unit itself
    assert fields[0] == pytest.approx(fields[1] * 20 / 19)


@pytest.mark.parametrize("n", [1, 2.5, True])
def test_exponents_without_an_energy_are_refused(n):
    with pytest.raises(ParameterError, match="n is .*; it must be a whole number of at least 2"):
        at.EnergyDifference(n)


def test_only_a_recurrent_memory_has_a_state_to_compare():
    networks = [at.AttractorNetwork(name, 20, at.Sign()) for name in "ab"]
    edge = at.Association("a", "b", at.EnergyDifference())
    with pytest.raises(UnsupportedError, match="'a->b'.*needs the unit's own state"):
        at.Circuit(at.Architecture(networks, [edge]))
