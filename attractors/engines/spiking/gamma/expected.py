"""What the gamma cycle is expected to make of a circuit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from attractors.circuit import Circuit
from attractors.engines.spiking.expected import (
    ExpectedEdge,
    ExpectedNetwork,
    Fields,
    scaled,
    stored_fields,
)
from attractors.engines.spiking.forms import Form, form_of
from attractors.engines.spiking.gamma.calibration import Timing
from attractors.engines.spiking.gamma.preset import PRESET

if TYPE_CHECKING:
    from attractors.engines.spiking.engine import SpikingEngine

# of the noise of temperature 1: logistic beside a threshold, Gumbel between competitors
LOGISTIC, GUMBEL = math.pi / math.sqrt(3.0), math.pi / math.sqrt(6.0)


def expected_network(engine: SpikingEngine, circuit: Circuit, name: str) -> ExpectedNetwork:
    """Return what is expected of a network in the gamma rhythm."""
    network = circuit.architecture.nodes[name]
    form = form_of(network.dynamics, network.units)
    if form is None:
        return ExpectedNetwork(name, "rate ODE", network.units)
    fields, scale = stored_fields(circuit, name), PRESET["field"].value
    on = 1.0 if fields is None else float(fields.on.mean())
    off = 0.0 if fields is None else float(fields.off.mean())
    level = inhibition(form, fields)
    once = 1000.0 / engine.step
    spread = GUMBEL if form.winners < network.units or form.pools > 1 else LOGISTIC
    noise = spread * network.dynamics.temperature
    threshold = form.entry if form.entry is not None else form.floor
    return ExpectedNetwork(
        name,
        "gamma cycle",
        network.units,
        on_rate=once,
        field_scale=scale,
        threshold=scale * (threshold or 0.0),
        drive_on=scale * on,
        inhibition_on=scale * level,
        rate_on=once if on > level else 0.0,
        rate_off=once if off > level else 0.0,
        rate_rest=once if threshold is None or threshold < 0 else 0.0,
        noise=scale * noise,
        noise_field=noise,
        crosstalk_on=0.0 if fields is None else scale * float(fields.on.std()),
        crosstalk_off=0.0 if fields is None else scale * float(fields.off.std()),
    )


def inhibition(form: Form, fields: Fields | None) -> float:
    """Return the inhibition p in the on-state, in units of the field.

    Where units compete it comes to stand between the active and the inactive ones.
    """
    floor = form.floor if form.floor is not None else (form.entry or 0.0)
    if fields is None or (form.pools == 1 and form.winners >= fields.active + 1):
        return floor
    return max(floor, float(fields.highest_off.mean()))


def concerns(circuit: Circuit, name: str) -> list[str]:
    """Return warnings about one network."""
    network = circuit.architecture.nodes[name]
    form, fields = form_of(network.dynamics, network.units), stored_fields(circuit, name)
    if form is None or fields is None:
        return []
    threshold = form.floor if form.floor is not None else (form.entry or 0.0)
    owner, on = f"network {name!r}", float(fields.on.mean())
    if on <= threshold:
        return [
            f"{owner} has no on-state that lasts: its recurrence brings a field of {on:.2g}, its "
            f"threshold is {threshold:g}; raise the gain or lower the threshold."
        ]
    competes = form.winners < network.units or form.pools > 1
    bar = np.minimum(fields.lowest_on, np.inf) if competes else threshold
    blurred = (fields.highest_off >= bar) | (fields.lowest_on <= threshold)
    if not blurred.any():
        return []
    return [
        f"{owner}: crosstalk reaches the margin: in {blurred.sum()} of {len(blurred)} stored "
        "patterns active and inactive units are not told apart; store less."
    ]


def expected_edges(engine: SpikingEngine, circuit: Circuit) -> list[ExpectedEdge]:
    """Return one row an edge between units that spike."""
    timing, found = Timing(engine.step, engine.interval), []
    nodes = circuit.architecture.nodes
    for link in circuit.links:
        source = nodes[link.source]
        if link.factor == 0 or form_of(source.dynamics, source.units) is None:
            continue
        unit = timing.traced(link.fade) if link.fade else timing.strength
        weights = np.abs(scaled(circuit, link).data) * unit
        average, most = (
            (float(weights.mean()), float(weights.max())) if len(weights) else (0.0,) * 2
        )
        depression = source.dynamics.depression
        found.append(
            ExpectedEdge(
                link.name,
                link.kind,
                "excitation" if link.kind in ("recurrent", "association") else link.kind,
                len(weights),
                average,
                most,
                "mV",
                average,
                most,
                f"{timing.delay(link.delay, link.kind == 'recurrent'):g}",
                "" if depression is None else f"use {depression.use:g}, {depression.recovery:g} ms",
            )
        )
    return found
