"""Hopfieldkit: a ±1 network that is updated unit by unit until it settles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(weights: NDArray[np.float32], cue: NDArray[Any]) -> Work:
    """Return the recall of one cue, (N,), by a network that holds the same weights."""
    from hopfieldkit import HopfieldNetwork

    network = HopfieldNetwork(len(weights))
    # its own fit takes a minute of outer products for what is a sum of them
    network.weights = weights.astype(np.float64)
    return lambda: network.recall(cue, seed=0)


RIVAL = Rival("hopfieldkit", "asynchronous recall", prepare)
