"""Cliques of Gripon and Berrou: messages with erased parts."""

from __future__ import annotations

import numpy as np

from attractors.architecture import Architecture, AttractorNetwork
from attractors.catalog import Measured
from attractors.circuit import Circuit
from attractors.dynamics import Blocks
from attractors.protocol import Trial
from attractors.rules import Willshaw
from attractors.seeding import stream
from attractors.simulation import simulate
from attractors.verify.families.family import Family, whole
from attractors.verify.row import Parameters

ASKED, ITERATIONS, CYCLE = 2000, 4, 10.0


def message_error(parameters: Parameters, seed: int) -> Measured:
    """Measure the share of messages that are wrong after four iterations."""
    blocks, size, erased, messages = (whole(parameters, n) for n in ("c", "l", "erased", "M"))
    draw = stream(seed, "cliques")
    parts = draw.integers(0, size, (messages, blocks))
    patterns = (parts[:, :, None] == np.arange(size)).reshape(messages, -1).astype(np.int8)
    # the memory effect of the paper: a unit's synapse onto itself keeps it in play
    network = AttractorNetwork(
        "clique", blocks * size, Blocks(blocks, winners="all"), Willshaw(), self_coupling=True
    )
    circuit = Circuit(Architecture((network,)))
    circuit.store(clique=patterns)
    wanted = patterns[draw.choice(messages, ASKED, replace=False)]
    gone = draw.random((ASKED, blocks)).argsort(axis=1)[:, :erased]
    cues = wanted.reshape(ASKED, blocks, size).copy()
    cues[np.arange(ASKED)[:, None], gone] = 0
    trials = Trial.batch(
        (ITERATIONS + 1) * CYCLE,
        {"clique": cues.reshape(ASKED, -1)},
        stop=CYCLE,
        mode="clamped",
    )
    final = simulate(circuit, trials, record="state").get("state", "clique").values[:, -1]
    return Measured.share(int((final != wanted).any(axis=1).sum()), ASKED)


FAMILIES = (Family("gb", message_error, slow=True),)
