"""How many synapses a spike reaches before the trial is over."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.free.ends import drawn_delays, triples
from attractors.engines.spiking.free.plan import Plan


class Arrivals:
    """Arrivals of spikes at the synapses of all edges, delays taken into account.

    Parameters
    ----------
    plan : Plan
        What has run.
    candidates : mapping of str to (n_pre,) int
        Synapses of plastic edges that leave each source unit.
    """

    def __init__(self, plan: Plan, candidates: Mapping[str, NDArray[np.int64]]) -> None:
        self.plan, self.candidates = plan, candidates

    def reached(
        self, link: Link, units: NDArray[np.int64], left: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Return how many synapses of an edge each spike reaches, (S,).

        Parameters
        ----------
        link : Link
            The edge.
        units : (S,) int
            Units that fired.
        left : (S,) float
            Time in ms that was left of the trial when they did.
        """
        steps = np.rint(left / self.plan.engine.interval).astype(np.int64)
        low, high = self.plan.delays(link)
        if low < high:
            return self._of_drawn(link, units, steps)
        fan_out = self.candidates.get(link.name)
        if fan_out is None:
            fan_out = self._fan_out(link)
        return np.where(steps > self._in_steps(np.array(low)), fan_out[units], 0)

    def _fan_out(self, link: Link) -> NDArray[np.int64]:
        """Return the synapses that leave each unit; within a block there are none."""
        if link.kind != "recurrent" or self.plan.members[link.target].form.pools == 1:
            return link.synapses.fan_out
        pre = triples(self.plan, link)[1]
        return np.bincount(pre, minlength=link.synapses.shape[1]).astype(np.int64)

    def _of_drawn(
        self, link: Link, units: NDArray[np.int64], steps: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        pre = triples(self.plan, link)[1].astype(np.int64)
        late = self._in_steps(drawn_delays(self.plan, link, len(pre)))
        # one number for source and delay: what lies between two of them is counted by a search
        base = int(late.max(initial=0)) + 1
        keys = np.sort(pre * base + late)
        own = units * base
        last = own + np.minimum(steps, base)
        return np.asarray(np.searchsorted(keys, last) - np.searchsorted(keys, own), np.int64)

    def _in_steps(self, delays: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return delays in time steps, rounded as Brian2 rounds them."""
        return np.floor(delays / self.plan.engine.interval + 0.5).astype(np.int64)
