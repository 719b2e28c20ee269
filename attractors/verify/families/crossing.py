"""Where a share that falls with the load crosses a level."""

from __future__ import annotations

from collections.abc import Callable

from attractors.errors import ParameterError

MOST = 1 << 20


def falls_below(share: Callable[[int], float], level: float = 0.9, first: int = 4) -> float:
    """Return the load at which a share falls below a level, between the last two whole numbers.

    Loads double, or are halved, until the level lies between two of them, which are then parted in
    halves. Of a share that rises and falls by chance, one of its crossings is found.

    Parameters
    ----------
    share : callable
        From a number of patterns to a share of successes.
    level : float
        The level.
    first : int
        Number of patterns to begin with.

    Returns
    -------
    float
        Interpolated; 0 if not even one pattern reaches the level.

    Raises
    ------
    ParameterError
        If the share does not fall within a million patterns.
    """
    low, high = first, first
    above = below = share(first)
    while below >= level:
        low, above, high = high, below, 2 * high
        if high > MOST:
            raise ParameterError(f"falls_below: the share is {below:g} even at {low} patterns.")
        below = share(high)
    while above < level:
        if low == 1:
            return 0.0
        high, below, low = low, above, low // 2
        above = share(low)
    while high - low > 1:
        middle = (low + high) // 2
        found = share(middle)
        if found >= level:
            low, above = middle, found
        else:
            high, below = middle, found
    return low + (above - level) / (above - below)
