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

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

NAN = float("nan")


def expected_edges(
    engine: SpikingEngine, circuit: Circuit, members: dict[str, Member]
) -> list[ExpectedEdge]:
    """Return one row an edge and receptor."""
    return [
        _row(engine, circuit, link, receptor, members)
        for link in circuit.links
        if link.factor != 0
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
    weights = np.abs(scaled(circuit, link).data)
    average = float(weights.mean()) if len(weights) else 0.0
    most = float(weights.max(initial=0.0))
    trace = receptor.unit == "1"
    scale = 1.0 if trace else target.volt
    opened = target.neurons.saturation[1] if target.neurons.saturation else 1.0
    jump = abs(receptor.jump) * (opened if receptor.saturating else 1.0)
    chosen = engine.transmission_of(link.name)
    short_term = chosen.short_term or members[link.source].short_term
    peak = NAN if trace else response(target.neurons, receptor, opened).peak
    return ExpectedEdge(
        link.name,
        link.kind,
        receptor.variable,
        len(weights),
        average * scale * jump,
        most * scale * jump,
        receptor.unit,
        average * scale * peak,
        most * scale * peak,
        _spelt(chosen.delays or (link.delay or engine.axon,) * 2),
        _described(short_term),
    )


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
