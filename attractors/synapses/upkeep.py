"""What a rule remembers of each synapse beside its weight."""

from __future__ import annotations

import numpy as np

from attractors.rules import Rule


def upkeep(rule: Rule) -> int:
    """Return the bytes that a rule keeps for each synapse, beside the weights made of them.

    Parameters
    ----------
    rule : Rule
        One that makes weights.

    Returns
    -------
    int
        0 if it keeps the weights alone. What it keeps for each unit is left out.

    Examples
    --------
    >>> from attractors.rules import Clipped, Hebbian, Storkey
    >>> upkeep(Hebbian()), upkeep(Storkey()), upkeep(Clipped(Hebbian()))
    (0, 0, 8)
    """
    held = {(n, m): rule.start((n, m)) for n in (2, 4) for m in (2, 4)}
    if isinstance(held[2, 2], np.ndarray):
        return 0
    sizes = {
        shape: sum(array.nbytes for array in arrays.values()) for shape, arrays in held.items()
    }
    # what grows with units alone cancels in the mixed difference
    kept = int(sizes[4, 4] - sizes[4, 2] - sizes[2, 4] + sizes[2, 2]) // 4
    weights = rule.matrix(held[2, 2])
    part = any(array is weights for array in held[2, 2].values())
    return kept - weights.itemsize if part else kept
