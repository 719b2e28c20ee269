"""The filled memory of sparse patterns that several cases recall from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.bench.case import Size
from attractors.bench.data import Lists
from attractors.kernels import k_winners
from attractors.rules import Rule, Willshaw
from attractors.seeding import stream
from attractors.synapses import Synapses, synapses_for

# where the winners of each cue begin and end, and the winners of all cues
Found: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]

WILLSHAW = Willshaw()


@dataclass(frozen=True)
class Filled:
    """A memory, what it stores, and cues to it.

    Parameters
    ----------
    synapses : Synapses
        Ours.
    stored : Lists
        All patterns.
    chosen : Lists
        Those that are cued.
    cues : Lists
        A half of each.
    """

    synapses: Synapses
    stored: Lists
    chosen: Lists
    cues: Lists

    @property
    def k(self) -> int:
        """Active units of a pattern."""
        return int(self.stored.active.shape[1])

    def winners(self, share: float = 0.0) -> Found:
        """Return the winners of all cues, as lists.

        Parameters
        ----------
        share : float
            Share of a cue's units that a winner must have a synapse from; 0 asks for one synapse.
        """
        least = max(share * self.cues.active.shape[1], 1.0)
        found = self.synapses.winners(self.cues.indptr, self.cues.indices, self.k, least)
        return found[0], found[1]

    def coincidences(self) -> sparse.csr_array:
        """Return how often units were active together, (N, N) float32, as SciPy counts it."""
        patterns = self.stored.sparse().astype(np.float32)
        counts = sparse.csr_array(patterns.T @ patterns)
        counts.setdiag(0)
        counts.eliminate_zeros()
        return counts

    def clipped(self) -> sparse.csr_array:
        """Return the weights of the Willshaw rule, (N, N) float32, as SciPy makes them."""
        weights = self.coincidences()
        weights.data[:] = 1
        return weights


def filled(size: Size, form: str, rule: Rule = WILLSHAW) -> Filled:
    """Return a memory in one form, with the units, k, patterns and batch of a size."""
    generator = stream(0, "bench", "filled")
    units = size["units"]
    stored = Lists.random(size["patterns"], units, size["k"], generator)
    chosen = stored[generator.integers(0, len(stored), size["batch"])]
    synapses = synapses_for(rule, (units, units), True, "bench", form)
    learn(synapses, stored)
    return Filled(synapses, stored, chosen, chosen.half(generator))


def learn(synapses: Synapses, stored: Lists, at_once: int = 50_000) -> int:
    """Store patterns, in blocks that bound the memory which learning needs.

    Returns
    -------
    int
        Number of synapses; where lessons are only noted at first, this makes the synapses, so
        that whoever measures storing measures all of it.
    """
    nominal = stored.active.shape[1] / stored.units
    for start in range(0, len(stored), at_once):
        patterns = stored[slice(start, start + at_once)]
        rows = patterns.sparse() if synapses.learns_sparse else patterns.full()
        synapses.learn(rows, rows, (nominal, nominal))
    return synapses.count


def same_winners(filled: Filled, share: float = 0.0) -> Callable[[Found, Any], bool]:
    """Return the test whether lists of winners are those of a field, (B, N)."""
    # counts are whole numbers: half a synapse less than the least keeps rounding out of it
    below = float(np.ceil(max(share * filled.cues.active.shape[1], 1.0))) - 0.5

    def same(ours: Found, theirs: Any) -> bool:
        active, _ = k_winners(in_full(theirs), filled.k, below)
        return same_lists(ours, active)

    return same


def same_lists(found: Found, active: NDArray[np.bool_]) -> bool:
    """Tell whether lists of units are the units that are active, (B, N)."""
    ends = np.cumsum(np.count_nonzero(active, axis=1))
    return np.array_equal(found[0][1:], ends) and np.array_equal(found[1], np.nonzero(active)[1])


def in_full(field: Any) -> NDArray[np.float32]:
    """Return a field as a full array, whatever library made it."""
    whole = field.toarray() if sparse.issparse(field) else np.asarray(field)
    return whole.astype(np.float32, copy=False)
