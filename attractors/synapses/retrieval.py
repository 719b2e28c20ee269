"""What keys and values answer to cues, by the separation between them."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Dynamics, Exponential, KWinners, Linear, Power, Softmax, Threshold
from attractors.rules import EnergyDifference
from attractors.synapses.folding import BLOCK, Pairs, added, blocks, exponential_sums
from attractors.synapses.separation import separate

Numbers = NDArray[Any]

# similarities held at once where a separation has to see all keys of a cue
WHOLE = 1 << 24
# numbers that are worked on at once, for blocks would cost more than they save
FEW = 1 << 17


def retrieve(separation: Dynamics | EnergyDifference, cues: Numbers, pairs: Pairs) -> Numbers:
    """Return what cues bring to the target: ``separate(scale · cues @ keys.T) @ values``.

    The similarities of all cues with all keys are never held at once, unless they are few.
    Softmax, Exponential and what answers key by key are folded over blocks of keys; any other
    separation, such as Sparsemax and KWinners, sees whole rows of a few cues at a time.

    Parameters
    ----------
    separation : Dynamics or EnergyDifference
        What stands between keys and values.
    cues : (B, n_pre)
        Source states.
    pairs : Pairs
        At least one key.

    Returns
    -------
    (B, n_post) float
        In double precision, or in single where cues, keys and values have no more; answers of
        patterns, whole numbers of one byte, are in single only where they are whole as well.
    """
    few = max(len(cues) * len(pairs.keys), pairs.keys.size, pairs.values.size) <= FEW
    if few and isinstance(separation, Dynamics):
        return _at_once(separation, cues, pairs)
    return folded(separation, cues, pairs)


@singledispatch
def folded(separation: Any, cues: Numbers, pairs: Pairs) -> Numbers:
    """Return the same in blocks; parameters as in :func:`retrieve`."""
    kind = pairs.weighing(cues)
    separation = fitted(separation, len(pairs.keys))
    found = []
    for rows in blocks(0, len(cues), WHOLE // len(pairs.keys)):
        turned = cues[rows].T.astype(kind, order="C")
        pieces = [*blocks(0, len(pairs.keys), max(BLOCK // turned.shape[1], 64))]
        similar = np.empty((turned.shape[1], len(pairs.keys)), kind)
        for piece in pieces:
            similar[:, piece] = (pairs.keys[piece].astype(kind, copy=False) @ turned).T
        weights = separate(separation, similar * kind.type(pairs.scale))
        found.append(
            sum(
                weights[:, piece] @ pairs.values[piece].astype(weights.dtype, copy=False)
                for piece in pieces
            )
        )
    return np.concatenate(found)


@folded.register(Linear)
@folded.register(Threshold)
@folded.register(Power)
def _one_by_one(separation: Linear | Threshold | Power, cues: Numbers, pairs: Pairs) -> Numbers:
    return added(lambda similar: (separate(separation, similar), 0.0), cues, pairs)[0]


@folded.register
def _softmax(separation: Softmax, cues: Numbers, pairs: Pairs) -> Numbers:
    summed, total = exponential_sums(cues, pairs, separation.beta * pairs.scale)
    return np.asarray(summed / total[:, None].astype(summed.dtype))


@folded.register
def _exponential(separation: Exponential, cues: Numbers, pairs: Pairs) -> Numbers:
    return exponential_sums(cues, pairs, pairs.scale)[0]


@folded.register
def _energy_difference(rule: EnergyDifference, cues: Numbers, pairs: Pairs) -> Numbers:
    """Return by how much F of the two states of each unit differs, summed over patterns.

    With x the similarity of a pattern ξ and the states s, ξ s = ±1, that difference is
    ξ (F(x+2) - F(x-2)) / 2 + s (2 F(x) - F(x+2) - F(x-2)) / 2 for every unit.
    """
    if rule.n is None:
        summed, total = exponential_sums(cues, pairs, 1.0)
        return np.asarray(np.sinh(2.0) * summed - (np.cosh(2.0) - 1.0) * total[:, None] * cues)
    n = rule.n

    def answers(similar: Numbers) -> tuple[Numbers, Numbers]:
        here, up, down = (np.asarray(similar + by, np.float64) ** n for by in (0.0, 2.0, -2.0))
        return (up - down) / 2.0, (here - (up + down) / 2.0).sum(axis=0)

    summed, own = added(answers, cues, pairs)
    return np.asarray(summed + own[:, None] * cues)


def _at_once(separation: Dynamics, cues: Numbers, pairs: Pairs) -> Numbers:
    kind = pairs.weighing(cues)
    similar = cues.astype(kind, copy=False) @ pairs.keys.T.astype(kind, copy=False)
    if pairs.scale != 1.0:
        similar *= kind.type(pairs.scale)
    weights = separate(fitted(separation, len(pairs.keys)), similar)
    return np.asarray(weights @ pairs.values.astype(weights.dtype, copy=False))


def fitted(separation: Any, keys: int) -> Any:
    """Return the separation for so many keys: while there are few, all of them win."""
    if isinstance(separation, KWinners):
        return replace(separation, k=min(separation.k, keys))
    return separation
