"""Small circuits whose fields can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

import attractors as at

OFFSET = 10.0

Measure = Callable[..., np.ndarray]


@pytest.fixture
def field_of() -> Measure:
    """Measure the field of network ``target`` from outside, through the state of linear units.

    Rate units with response max(0, h + 10) and a time constant of 1 ms show their field within
    e^-100 after 100 ms; a vetoed one shows -10, the field of a unit that is switched off.
    """

    def measure(
        units: int,
        edges: Sequence[Any],
        sources: Mapping[str, Any],
        cue: Any = None,
        **trial: Any,
    ) -> np.ndarray:
        dynamics = at.Rate(1.0, "relu", threshold=-OFFSET, slope=1.0)
        networks = [at.AttractorNetwork("target", units, dynamics)]
        networks += [at.AttractorNetwork(n, len(s), at.Threshold()) for n, s in sources.items()]
        circuit = at.Circuit(at.Architecture(networks, edges))
        cues = [at.Cue(name, state, mode="clamped") for name, state in sources.items()]
        cues += [] if cue is None else [at.Cue("target", cue)]
        run = at.simulate(circuit, at.Trial(100.0, cues, **trial), record="state")
        return run.get("state", "target").values[0, -1] - OFFSET

    return measure


@pytest.fixture
def latch() -> at.AttractorNetwork:
    """One unit that stays on once it is on."""
    return at.AttractorNetwork("latch", 1, at.Threshold(), at.Fixed([[1.0]]))


@pytest.fixture
def pair() -> at.Circuit:
    """Two ±1 units that pull each other to the same side with a field of 1."""
    rule = at.Fixed([[0.0, 1.0], [1.0, 0.0]])
    return at.Circuit(at.Architecture([at.AttractorNetwork("pair", 2, at.Sign(), rule)]))
