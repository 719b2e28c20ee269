"""The binomial formula: published capacities, its own equations, and exact counting below it."""

import math

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("units", "active", "bits", "patterns"),
    [
        (1000, 12, 0.4113, 4431),
        (10**6, 21, 0.5276, 1486542128),
        (10**6, 50, 0.4316, 551544443),
        # notes of the rows of exact counting
        (1000, 10, 0.4066, 5083),
        (1000, 20, 0.3708, 2652),
    ],
)
def test_published_capacities(units: int, active: int, bits: float, patterns: int) -> None:
    found = at.theory.willshaw_binomial(units, active)
    assert abs(found.bits - bits) <= 1e-4
    assert found.patterns == pytest.approx(patterns, rel=2e-4)


@pytest.mark.parametrize(("given", "source"), [(1.0, None), (0.5, (4000, 16)), (0.75, (300, 8))])
def test_the_load_leaves_the_allowed_errors(given, source) -> None:
    found = at.theory.willshaw_binomial(2000, 10, 0.05, given, source=source)
    m, k = source or (2000, 10)
    load = 1 - (1 - k * 10 / (m * 2000)) ** found.patterns
    assert load == pytest.approx(found.load, rel=1e-9)
    assert load ** (given * k) == pytest.approx(0.05 * 10 / 1990, rel=1e-9)


def test_associations_that_are_filled_have_the_load() -> None:
    found = at.theory.willshaw_binomial(300, 6, source=(200, 8))
    rng = np.random.default_rng(0)
    synapses = np.zeros((300, 200), dtype=bool)
    for _ in range(round(found.patterns)):
        post, pre = rng.choice(300, 6, replace=False), rng.choice(200, 8, replace=False)
        synapses[np.ix_(post, pre)] = True
    # pairs set 48 synapses at once: as few independent draws as there are pairs
    error = math.sqrt(found.load * (1 - found.load) / found.patterns)
    assert abs(synapses.mean() - found.load) < 4 * error


@pytest.mark.parametrize(("active", "bits"), [(10, 0.3832), (20, 0.3389)])
def test_exact_counting_holds_less_than_it_promises(active: int, bits: float) -> None:
    exact = at.theory.willshaw_capacity(1000, active)
    promised = at.theory.willshaw_binomial(1000, active).patterns
    assert 1.01 < promised / exact < 1.18
    allowed = 0.01 * active / (1000 - active)
    told = at.theory.transinformation(active / 1000, allowed)
    # printed beside the exact capacity
    assert exact * told / 1000 == pytest.approx(bits, abs=1e-4)


def test_bits_approach_their_limit_slowly_from_below() -> None:
    best = [
        max(at.theory.willshaw_binomial(n, k, 1e-3).bits for k in range(2, 200))
        for n in (10**3, 10**6, 10**12, 10**24)
    ]
    assert best == sorted(best)
    assert 0.55 < best[-1] < math.log(2)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.willshaw_binomial(10, 10),
        lambda: at.theory.willshaw_binomial(10, 0),
        lambda: at.theory.willshaw_binomial(10, 3, error=0.0),
        lambda: at.theory.willshaw_binomial(10, 3, error=5.0),
        lambda: at.theory.willshaw_binomial(10, 3, given=1.2),
        lambda: at.theory.willshaw_binomial(10, 3, source=(5, 6)),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError, match="willshaw_binomial"):
        call()
