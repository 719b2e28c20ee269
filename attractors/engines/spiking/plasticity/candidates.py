"""Which synapses of a plastic edge there are: those that are stored, and those that may grow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.plasticity.base import Plasticity
from attractors.seeding import stream
from attractors.synapses.base import Triples


def candidates(link: Link, rule: Plasticity, seed: int, blocks: int = 1) -> Triples:
    """Return post indices, pre indices and raw weights of all synapses that may change.

    Parameters
    ----------
    link : Link
        The edge, or the recurrence of a network.
    rule : Plasticity
        How it learns.
    seed : int
        Of the run; draws those that may grow if not all may.
    blocks : int
        Equal blocks of units that a recurrence has no synapses within.
    """
    weights = link.synapses.toarray()
    there = weights != 0
    if link.kind == "recurrent" and blocks > 1:
        there &= ~_within(len(weights), blocks) | np.eye(len(weights), dtype=bool)
    post, pre = np.nonzero(there | _grown(link, rule, seed, blocks))
    return post, pre, np.where(there, weights, 0.0)[post, pre].astype(float)


def expected(link: Link, rule: Plasticity) -> int:
    """Return about how many synapses that are, without making a list of them."""
    synapses = link.synapses
    return synapses.count + round(rule.candidates * (synapses.possible - synapses.count))


def _grown(link: Link, rule: Plasticity, seed: int, blocks: int) -> NDArray[np.bool_]:
    """Return where synapses may grow, (n_post, n_pre)."""
    shape = link.synapses.shape
    if rule.candidates < 1.0:
        may = stream(seed, link.name, "candidates").random(shape) < rule.candidates
    else:
        may = np.ones(shape, bool)
    if link.kind == "recurrent":
        # no unit grows a synapse onto itself: each is a block, where there are no others
        may &= ~_within(shape[0], blocks if blocks > 1 else shape[0])
    return may


def _within(units: int, blocks: int) -> NDArray[np.bool_]:
    """Return which pairs (N, N) of units lie in one block."""
    block = np.arange(units) // (units // blocks)
    return np.asarray(block[:, None] == block[None, :])
