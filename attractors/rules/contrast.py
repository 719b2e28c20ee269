"""How far stored patterns part the units of their target."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.rules.counts import Counts


def contrast(
    weights: NDArray[Any], counts: Counts, low_post: int, low_pre: int, recurrent: bool
) -> float:
    r"""Return by how much raw weights part active from inactive units, per stored difference.

    The mean of the field :math:`\sum_i W_{ji} x^μ_i` over all stored pairs μ and the target units
    j that are active in μ, less its mean over the inactive ones, as a fraction of the difference
    of the stored values. No pattern is needed: the counts are enough.

    Parameters
    ----------
    weights : (n_post, n_pre)
        Raw weights.
    counts : Counts
        Of the stored pairs, full.
    low_post, low_pre : int
        Value of an inactive unit of target and source, 0 or -1.
    recurrent : bool
        Leave out synapses of a unit onto itself, as if they were like the others.

    Returns
    -------
    float
        0 if no unit or every unit was active.

    Examples
    --------
    >>> pattern = np.array([[1, 1, -1, -1]], np.int8)
    >>> contrast(pattern.T * pattern, Counts.of(pattern, pattern), -1, -1, recurrent=False)
    4.0
    """
    active, all_units = int(counts.post.sum()), counts.stored * weights.shape[0]
    if active in (0, all_units):
        return 0.0
    share = 1.0
    if recurrent:
        weights = weights.copy()
        np.fill_diagonal(weights, 0)
        share = len(weights) / (len(weights) - 1)
    spread = 1 - low_pre
    # with v = 1 for active and 0 for inactive units, x = spread v + low
    rows = weights.sum(axis=1, dtype=np.float64)
    together = np.einsum("ji,ji->", weights, counts.pairs, dtype=np.float64)
    to_active = spread * float(together) + low_pre * float(rows @ counts.post)
    columns = weights.sum(axis=0, dtype=np.float64)
    to_all = spread * float(columns @ counts.pre) + low_pre * counts.stored * float(rows.sum())
    parted = to_active / active - (to_all - to_active) / (all_units - active)
    return float(share * parted / (1 - low_post))
