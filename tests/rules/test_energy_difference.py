import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.patterns import random_signs
from attractors.seeding import stream
from attractors.synapses import Dual


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
