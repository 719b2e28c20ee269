"""What a spike through each edge between units that run freely does to its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attractors.circuit import Circuit, Link
from attractors.engines.spiking.expected import ExpectedEdge, scaled
from attractors.engines.spiking.free.calibration import TRACE
from attractors.engines.spiking.free.plan import Member
from attractors.engines.spiking.free.response import response
from attractors.engines.spiking.neurons import Receptor, ShortTerm
from attractors.engines.spiking.plasticity import Plasticity
from attractors.engines.spiking.plasticity.candidates import expected
from attractors.engines.spiking.plasticity.edges import working

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

NAN = float("nan")


def expected_edges(
    engine: SpikingEngine, circuit: Circuit, members: dict[str, Member]
) -> list[ExpectedEdge]:
    """Return one row an edge and receptor; edges that may learn are among them while empty."""
    return [
        _row(engine, circuit, link, receptor, members)
        for link in working(engine, circuit)
        for receptor in receptors(engine, link, members)
    ]


def receptors(
    engine: SpikingEngine, link: Link, members: dict[str, Member]
) -> tuple[Receptor, ...]:
    """Return what spikes of an edge add to."""
    target, rate = members[link.target].neurons, members[link.source].neurons.on_rate
    if link.kind in ("divisive", "veto"):
        # a trace of the source, see the projections
        return (Receptor(link.kind, 1000.0 / (rate * TRACE), "1"),)
    if link.kind == "subtractive":
        return target.inhibition(engine.scale, rate)
    return target.excitation(engine.scale, rate)


def _row(
    engine: SpikingEngine,
    circuit: Circuit,
    link: Link,
    receptor: Receptor,
    members: dict[str, Member],
) -> ExpectedEdge:
    target = members[link.target]
    chosen = engine.transmission_of(link.name)
    count, average, most = _weights(circuit, link, chosen.plasticity)
    trace = receptor.unit == "1"
    scale = 1.0 if trace else target.volt
    opened = target.neurons.saturation[1] if target.neurons.saturation else 1.0
    jump = abs(receptor.jump) * (opened if receptor.saturating else 1.0)
    short_term = chosen.short_term or members[link.source].short_term
    peak = NAN if trace else response(target.neurons, receptor, opened).peak
    return ExpectedEdge(
        link.name,
        link.kind,
        receptor.variable,
        count,
        average * scale * jump,
        most * scale * jump,
        receptor.unit,
        average * scale * peak,
        most * scale * peak,
        _spelt(chosen.delays or (link.delay or engine.axon,) * 2),
        _described(short_term),
        "" if chosen.plasticity is None else _learning(chosen.plasticity),
    )


def _weights(circuit: Circuit, link: Link, rule: Plasticity | None) -> tuple[int, float, float]:
    """Return number, mean and largest of the scaled weights, of those that learn at the most."""
    weights = np.abs(scaled(circuit, link).data)
    if rule is not None:
        count = expected(link, rule)
        return count, float(weights.sum()) / max(count, 1), abs(link.factor) * rule.maximum
    average = float(weights.mean()) if len(weights) else 0.0
    return len(weights), average, float(weights.max(initial=0.0))


def _spelt(delays: tuple[float, float]) -> str:
    low, high = delays
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def _described(short_term: ShortTerm | None) -> str:
    if short_term is None:
        return ""
    return (
        f"U {short_term.use:.2g}, facilitation {short_term.facilitation:g} ms, "
        f"recovery {short_term.recovery:g} ms"
    )


def _learning(rule: Plasticity) -> str:
    return f"{type(rule).__name__}, weights 0 to {rule.maximum:g}"
