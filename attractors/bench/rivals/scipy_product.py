"""SciPy: sparse cues times the compressed rows of the weights."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.bench.contest import Rival
from attractors.bench.timing import Work


def prepare(weights: sparse.csr_array, cues: NDArray[Any] | sparse.csr_array) -> Work:
    """Return the product of two sparse arrays; the weights are symmetric."""
    states = sparse.csr_array(cues, dtype=np.float32)
    return lambda: states @ weights


RIVAL = Rival("scipy", "sparse cue @ CSR", prepare)
