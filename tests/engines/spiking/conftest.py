"""Small circuits in spikes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import attractors as at


@pytest.fixture
def words() -> at.Circuit:
    """Two networks: *cue* drives *word*, *context* diverts it."""
    circuit = at.Circuit(
        at.Architecture(
            [
                at.AttractorNetwork("cue", 60, at.KWinners(6), at.Willshaw()),
                at.AttractorNetwork("word", 80, at.KWinners(5), at.Willshaw()),
                at.AttractorNetwork("context", 40, at.KWinners(4), at.Willshaw()),
            ],
            [
                at.Association("cue", "word", gain=0.8),
                at.Diversion("context", "word", gain=2.0),
            ],
        )
    )
    circuit.store(cue=blocks(6, 60, 6), word=blocks(6, 80, 5))
    circuit.store(context=blocks(2, 40, 4))
    circuit.divert("context", "word", blocks(2, 40, 4), blocks(2, 80, 5))
    return circuit


def blocks(count: int, units: int, active: int) -> np.ndarray[Any, Any]:
    """Disjoint patterns (count, units): the first ``active`` units, the next ones, and so on."""
    patterns = np.zeros((count, units), int)
    for row in range(count):
        patterns[row, row * active : (row + 1) * active] = 1
    return patterns


@pytest.fixture
def disjoint() -> Any:
    """The function that makes disjoint patterns."""
    return blocks
