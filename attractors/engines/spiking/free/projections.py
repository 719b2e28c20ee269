"""Synapses between free-running units: one Brian2 object for all edges of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import brian2
import numpy as np
from brian2 import ms
from brian2.devices.device import get_device
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.engines.spiking.free.calibration import TRACE, strengths, trace_jump
from attractors.engines.spiking.free.ends import drawn_delays
from attractors.engines.spiking.free.group import Group
from attractors.engines.spiking.free.learned import KIND
from attractors.engines.spiking.free.learning import Learning
from attractors.engines.spiking.free.plan import Plan
from attractors.engines.spiking.free.traces import names_of
from attractors.engines.spiking.free.units import quantity
from attractors.engines.spiking.free.wires import Wires, wires
from attractors.engines.spiking.neurons import Receptor, ShortTerm
from attractors.engines.spiking.targets.device import Standalone
from attractors.schedule import Schedule


@dataclass(frozen=True)
class Kind:
    """What edges must have in common to be one object.

    Attributes
    ----------
    source, target : int
        Numbers of the groups.
    action : str
        ``"excitation"``, ``"inhibition"``, ``"divisive"`` or ``"veto"``.
    delay : float or None
        In ms; ``None`` where every synapse has its own.
    short_term : ShortTerm or None
        Facilitation and depression.
    edge : str or None
        Name of the edge if it is plastic: it is then the only one of its kind.
    """

    source: int
    target: int
    action: str
    delay: float | None
    short_term: ShortTerm | None
    edge: str | None = None


ACTIONS = {
    "recurrent": "excitation",
    "association": "excitation",
    "subtractive": "inhibition",
    "divisive": "divisive",
    "veto": "veto",
}
ENDS = ("source", "target")


class Projection:
    """All edges of one kind.

    Parameters
    ----------
    plan : Plan
        What is to be built.
    kind : Kind
        What they have in common.
    links : sequence of Link
        The edges.
    source, target : Group
        Their ends.
    number : int
        For the name.
    """

    def __init__(
        self,
        plan: Plan,
        kind: Kind,
        links: Sequence[Link],
        source: Group,
        target: Group,
        number: int,
    ) -> None:
        self.plan, self.kind, self.links = plan, kind, links
        self.source, self.target, self.edge = source, target, kind.edge
        self.learning = self._learning()
        # weights of edges that are lesioned in some trials change from chunk to chunk
        self.cut = any(link.name in plan.cut for link in links)
        found = [wires(plan, link, source.layout, target.layout) for link in links]
        self.alike = self._alike([each.weights for each in found])
        self.synapses = self._made(number)
        weights = self._connected(found)
        self.held = weights if self.cut else []
        if self.alike is None and not self.cut:
            once = np.ones(plan.trials)
            values = np.concatenate([each.times(once) for each in weights])
            self.synapses.variables["w"].set_value(values)
        if isinstance(get_device(), Standalone):
            # before the next projection is made, not after the last
            get_device().free_read()

    def initial(self, schedule: Schedule) -> dict[Any, NDArray[np.float64]]:
        """Return the weights for a chunk, without those of edges that a trial lesions.

        Those of a plastic edge are raw, others are strengths; where all are alike, one for all.
        Nothing for edges that are whole in all trials of a batch: their weights are there.
        """
        if self.alike is not None:
            return {self.synapses.w: np.asarray(self.alike)}
        if not self.cut:
            return {}
        alive = [self._alive(each.link, schedule) for each in self.held]
        found = [each.times(there) for each, there in zip(self.held, alive, strict=True)]
        values = {self.synapses.w: np.concatenate(found)}
        if self.learning is not None:
            tops = alive[0] * self.learning.rule.maximum
            values[self.synapses.top] = np.repeat(tops, self.held[0].count)
        return values

    def learned(self) -> NDArray[Any]:
        """Return the raw weights (trial, post, pre) of a plastic edge after a run."""
        (link,) = self.links
        post, pre = self._ends("_synaptic_post", "_synaptic_pre")
        weights = np.zeros((self.plan.trials, *link.synapses.shape), KIND)
        weights[:, post, pre] = np.reshape(self.synapses.w[:], (self.plan.trials, len(post)))
        return weights

    def fan_out(self) -> NDArray[np.int64]:
        """Return how many synapses leave each source unit of a plastic edge, (n_pre,)."""
        (link,) = self.links
        (pre,) = self._ends("_synaptic_pre")
        return np.bincount(pre, minlength=link.synapses.shape[1])

    def _learning(self) -> Learning | None:
        link = self.links[0]
        rule = self.plan.plasticity(link)
        if rule is None:
            return None
        rates = self.source.neurons.on_rate, self.target.neurons.on_rate
        held = names_of(self.plan, link)
        return Learning(rule, rates, cut=link.name in self.plan.cut, traces=held)

    def _alike(self, weights: Sequence[NDArray[np.float64]]) -> float | None:
        """Return the strength that all synapses have, or ``None`` if theirs differ or change."""
        if self.learning is not None or self.cut or any(each.size > 1 for each in weights):
            return None
        found = {float(value) for each in weights for value in each}
        return found.pop() if len(found) == 1 else None

    def _alive(self, link: Link, schedule: Schedule) -> NDArray[np.float64]:
        """Return 1 for each replica, (trials,), 0 where a trial lesions a link or there is none."""
        alive = np.zeros(self.plan.trials)
        intact = schedule.intact(link.name)
        alive[: schedule.count] = 1.0 if intact is None else intact
        return alive

    def _ends(self, *names: str) -> list[NDArray[np.int64]]:
        """Return one end or both of a plastic edge's synapses in the first trial, (S,) each."""
        (link,) = self.links
        count = len(self.synapses) // self.plan.trials
        first = {
            "_synaptic_pre": self.source.layout.start[link.source],
            "_synaptic_post": self.target.layout.start[link.target],
        }
        return [self.synapses.variables[n].get_value()[:count] - first[n] for n in names]

    def _made(self, number: int) -> Any:
        code, namespace = self._code()
        delay, learning = self.kind.delay, self.learning
        return brian2.Synapses(
            self.source.units,
            self.target.units,
            self._model(),
            on_pre=code if learning is None else f"{code}\n{learning.on_pre}",
            on_post=None if learning is None else learning.on_post,
            delay=None if delay is None else delay * ms,
            dt=self.plan.engine.interval * ms,
            name=f"attractors_synapses{number}",
            namespace=namespace if learning is None else namespace | learning.namespace,
        )

    def _connected(self, found: list[Wires]) -> list[Wires]:
        """Make the synapses, empty the list, and return what is left of it: the weights."""
        source, target = (np.concatenate([getattr(w, end) for w in found]) for end in ENDS)
        weights = [each.without_ends() for each in found]
        # Brian2 makes copies of its own meanwhile
        found.clear()
        if not len(source):
            # arrays without a number are refused by Brian2, and so are synapses never connected
            self.synapses.connect(False)
            return weights
        self.synapses.connect(i=source, j=target)
        if self.kind.delay is None:
            delays = [self._delays(each.link, each.count) for each in weights]
            self.synapses.delay = np.concatenate(delays) * ms
        return weights

    def _model(self) -> str:
        if self.learning is not None:
            return self.learning.model
        # one number instead of one a synapse: less to read, and to hold
        return "w : 1 (constant)" if self.alike is None else "w : 1 (shared, constant)"

    def _code(self) -> tuple[str, dict[str, Any]]:
        """Return what a spike does in Brian2's language, and the constants of it."""
        lines, namespace = [], {}
        # raw weights are scaled when they are transmitted
        one = strengths(self.plan, self.links[0], np.ones(1)).item() if self.learning else 1.0
        for n, receptor in enumerate(self._receptors()):
            saturation = self.target.neurons.saturation if receptor.saturating else None
            factors = self.source.source.factors(self.kind.short_term, saturation)
            lines.append(f"{receptor.variable}_post += jump{n} * w{factors}")
            namespace[f"jump{n}"] = quantity(one * receptor.jump, receptor.unit)
        return "\n".join(lines), namespace

    def _receptors(self) -> tuple[Receptor, ...]:
        neurons, scale = self.target.neurons, self.plan.engine.scale
        rate = self.source.neurons.on_rate
        if self.kind.action == "excitation":
            return neurons.excitation(scale, rate)
        if self.kind.action == "inhibition":
            return neurons.inhibition(scale, rate)
        jump = trace_jump(self.plan, self.links[0], TRACE)
        return (Receptor(self.kind.action, jump, "1"),)

    def _delays(self, link: Link, count: int) -> NDArray[np.float64]:
        return np.tile(drawn_delays(self.plan, link, count), self.plan.trials)


def projections(plan: Plan, groups: Sequence[Group]) -> list[Projection]:
    """Return the synapses of all links, those of one kind together."""
    number = {name: n for n, group in enumerate(groups) for name in group.layout.units}
    kinds: dict[Kind, list[Link]] = {}
    for link in plan.links:
        low, high = plan.delays(link)
        kind = Kind(
            number[link.source],
            number[link.target],
            ACTIONS[link.kind],
            low if low == high else None,
            plan.short_term(link),
            None if plan.plasticity(link) is None else link.name,
        )
        kinds.setdefault(kind, []).append(link)
    return [
        Projection(plan, kind, links, groups[kind.source], groups[kind.target], n)
        for n, (kind, links) in enumerate(kinds.items())
    ]
