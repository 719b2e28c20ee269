"""Random streams keyed by name, so that a new consumer changes nobody else's numbers."""

from __future__ import annotations

import hashlib

import numpy as np

from attractors.errors import ParameterError


def stream(seed: int, *key: str | int) -> np.random.Generator:
    """Return the random generator of a named consumer.

    The same seed and key always give the same numbers, whatever else draws random numbers
    and in whatever order.

    Parameters
    ----------
    seed : int
        Seed of the run, at least 0.
    *key : str or int
        Names and indices of the consumer, e.g. ``"cortex/word", "noise", 3``.

    Raises
    ------
    ParameterError
        If the seed is not a non-negative integer.

    Examples
    --------
    >>> stream(1, "word", "cue", 0).integers(1000) == stream(1, "word", "cue", 0).integers(1000)
    np.True_
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ParameterError(f"seed is {seed!r}; it must be an integer of at least 0.")
    # repr keeps the key (1, "2") apart from ("1", 2)
    digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
    words = tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))
    return np.random.default_rng(np.random.SeedSequence(int(seed), spawn_key=words))
