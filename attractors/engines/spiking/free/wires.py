"""The synapses of an edge as Brian2 takes them: who reaches whom in every trial, how strongly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.free.calibration import strengths
from attractors.engines.spiking.free.ends import triples
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.layout import Layout

# what Brian2 counts units and synapses in: others would be copied once more
INDEX = np.int32
NOBODY = np.zeros(0, INDEX)


@dataclass(frozen=True)
class Wires:
    """Synapses of one edge.

    Attributes
    ----------
    link : Link
        The edge.
    count : int
        S, the synapses of a trial.
    source, target : (trials × S,) int32
        Units within their groups, trial by trial.
    weights : (S,) float or (1,) float
        Strengths, raw weights of a plastic edge; one number where all are alike.
    """

    link: Link
    count: int
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weights: NDArray[np.float64]

    def times(self, factors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the weights (trials × S,), those of each trial times a factor (trials,)."""
        each = np.broadcast_to(self.weights, (self.count,))
        return np.multiply.outer(factors, each).ravel()

    def without_ends(self) -> Wires:
        """Return the weights alone."""
        return replace(self, source=NOBODY, target=NOBODY)


def wires(plan: Plan, link: Link, source: Layout, target: Layout) -> Wires:
    """Return the synapses of an edge between groups of given layouts."""
    post, pre, weights = triples(plan, link)
    if plan.plasticity(link) is None:
        weights = strengths(plan, link, weights)
        if len(weights) and weights.min() == weights.max():
            weights = weights[:1].copy()
    ends = _placed(source, link.source, pre), _placed(target, link.target, post)
    return Wires(link, len(post), *ends, weights)


def _placed(layout: Layout, name: str, units: NDArray[Any]) -> NDArray[np.int32]:
    return layout.replicas(units.astype(INDEX) + INDEX(layout.start[name]))
