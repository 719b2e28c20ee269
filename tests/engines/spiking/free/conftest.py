"""A memory small enough to run freely in a second or two."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_sparse

UNITS, ACTIVE, PATTERNS = 150, 8, 12


@pytest.fixture
def patterns():
    return random_sparse(PATTERNS, UNITS, ACTIVE, np.random.default_rng(0))


@pytest.fixture
def memory(patterns):
    """A Willshaw memory of the patterns."""
    word = at.AttractorNetwork("word", UNITS, at.KWinners(ACTIVE), at.Willshaw())
    circuit = at.Circuit(at.Architecture([word]))
    circuit.store(word=patterns)
    return circuit


@pytest.fixture
def half_cues(patterns):
    """A trial for each of the first four patterns: half of its units driven for 100 ms."""
    trials = []
    for pattern in patterns[:4]:
        half = pattern.copy()
        half[np.flatnonzero(half)[::2]] = 0
        trials.append(at.Trial(300.0, [at.Cue("word", half, stop=100.0)]))
    return trials
