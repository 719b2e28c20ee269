"""Which synapses an edge between free-running units has, and how late each of them is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.plasticity.candidates import candidates
from attractors.seeding import stream
from attractors.synapses.base import Triples
from attractors.synapses.blockwise import between_blocks


def triples(plan: Plan, link: Link) -> Triples:
    """Return the synapses of a link; the units of a block have none among themselves.

    Of a plastic link these are all that may change, with raw weights.
    """
    form, rule = plan.members[link.target].form, plan.plasticity(link)
    if rule is not None:
        return candidates(link, rule, plan.seed, form.pools)
    found = link.synapses.triples()
    if link.kind != "recurrent" or form.pools == 1:
        return found
    return between_blocks(found, link.synapses.shape[0] // form.pools)


def drawn_delays(plan: Plan, link: Link, count: int) -> NDArray[np.float64]:
    """Return the delays in ms, (count,), of the synapses of a link that draw theirs."""
    low, high = plan.delays(link)
    return stream(plan.seed, link.name, "delay").uniform(low, high, count)
