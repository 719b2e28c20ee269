"""Traces of spikes at the ends of plastic edges, held by the units where no synapse needs its own.

All synapses of a unit read the same trace of its spikes, and where they share one delay, the same
trace of arrivals. One number a unit takes the place of one a synapse, and is not computed anew for
each synapse that a spike reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import brian2
import numpy as np
from brian2 import ms

from attractors.circuit import Link
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.layout import Layout


@dataclass(frozen=True)
class Trace:
    """A number a unit that jumps at its spikes, or at their arrival, and decays.

    Attributes
    ----------
    name : str
        Of the variable.
    network : str
        Whose spikes it follows.
    tau : float
        Time constant in ms.
    jump : float
        What a spike adds.
    delay : float or None
        In ms, after which a spike arrives; ``None`` where it counts at once.
    """

    name: str
    network: str
    tau: float
    jump: float
    delay: float | None = None


def traced(plan: Plan) -> list[Link]:
    """Return the plastic edges whose traces are held by units: all synapses have one delay."""
    return [
        link
        for link in plan.links
        if plan.plasticity(link) is not None and len(set(plan.delays(link))) == 1
    ]


def names_of(plan: Plan, link: Link) -> tuple[str, str] | None:
    """Return the variables of source and target that hold the traces of an edge, if they do."""
    names = [other.name for other in traced(plan)]
    if link.name not in names:
        return None
    number = names.index(link.name)
    return f"arrived{number}", f"fired{number}"


class Traces:
    """The traces that one group of units holds.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    layout : Layout
        Of the group.
    """

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.layout, self.interval = layout, plan.engine.interval
        self.held = [trace for trace in _all(plan) if trace.network in layout.units]

    @property
    def equations(self) -> str:
        """Declarations of the variables."""
        return "\n".join(f"{trace.name} : 1" for trace in self.held)

    @property
    def decay(self) -> str:
        """What happens in every step: exact, whatever method the other equations need."""
        return "\n".join(f"{trace.name} *= kept_{trace.name}" for trace in self.held)

    @property
    def reset(self) -> str:
        """What a spike does at once."""
        at_once = [trace for trace in self.held if trace.delay is None]
        return "\n".join(f"{trace.name} += jump_{trace.name}" for trace in at_once)

    @property
    def namespace(self) -> dict[str, Any]:
        """Constants of decay and jumps."""
        kept = {f"kept_{t.name}": float(np.exp(-self.interval / t.tau)) for t in self.held}
        return kept | {f"jump_{t.name}": t.jump for t in self.held if t.delay is None}

    def arrivals(self, units: Any) -> list[Any]:
        """Make the synapses of every unit onto itself that bring what arrives late."""
        late = [trace for trace in self.held if trace.delay is not None]
        return [self._arrival(trace, units) for trace in late]

    def _arrival(self, trace: Trace, units: Any) -> Any:
        synapses = brian2.Synapses(
            units,
            units,
            on_pre=f"{trace.name}_post += jump",
            delay=trace.delay * ms,
            dt=self.interval * ms,
            name=f"{units.name}_{trace.name}",
            namespace={"jump": trace.jump},
        )
        # after what the arriving spike does to weights, before what a spike of the target does
        synapses.pre.order = 0
        first = self.layout.start[trace.network]
        own = self.layout.replicas(np.arange(first, first + self.layout.units[trace.network]))
        synapses.connect(i=own, j=own)
        return synapses


def _all(plan: Plan) -> Iterator[Trace]:
    members = plan.members
    for n, link in enumerate(traced(plan)):
        rule = plan.plasticity(link)
        assert rule is not None
        source, target = members[link.source].neurons.on_rate, members[link.target].neurons.on_rate
        (source_tau, target_tau), (arriving, firing) = rule.taus, rule.jumps(source, target)
        yield Trace(f"arrived{n}", link.source, source_tau, arriving, plan.delays(link)[0])
        yield Trace(f"fired{n}", link.target, target_tau, firing)
