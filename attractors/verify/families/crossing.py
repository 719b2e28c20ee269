"""Where a share that falls with the load crosses a level."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

POINTS = 7


def falls_below(share: Callable[[int], float], level: float = 0.9, first: int = 4) -> float:
    """Return the load at which a share falls below a level, interpolated.

    Loads double until the share is below; between the last two, some more are tried. Of a share
    that rises and falls by chance, the first crossing counts.

    Parameters
    ----------
    share : callable
        From a number of patterns to a share of successes.
    level : float
        The level.
    first : int
        Number of patterns to begin with.
    """
    tried = {first: share(first)}
    low = high = first
    while tried[high] >= level:
        low, high = high, 2 * high
        tried[high] = share(high)
    while tried[low] < level and low > 1:
        low, high = low // 2, low
        tried[low] = share(low)
    if tried[low] < level:
        return float(low)
    for load in np.unique(np.linspace(low, high, POINTS).round().astype(int))[1:-1]:
        tried[int(load)] = share(int(load))
    loads = sorted(load for load in tried if low <= load <= high)
    below = next(load for load in loads if tried[load] < level)
    above = max(load for load in loads if load < below)
    part = (tried[above] - level) / (tried[above] - tried[below])
    return float(above + part * (below - above))
