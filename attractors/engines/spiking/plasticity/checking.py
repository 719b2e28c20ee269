"""Which edges can be plastic, found out when a circuit is compiled."""

from __future__ import annotations

import math

from attractors.circuit import Circuit, Link, scale_of
from attractors.engines.spiking.plasticity.base import Plasticity
from attractors.errors import ParameterError, UnsupportedError


def check_plastic(circuit: Circuit, link: Link, rule: Plasticity) -> None:
    """Raise UnsupportedError or ParameterError if a rule cannot change the synapses of an edge.

    Parameters
    ----------
    circuit : Circuit
        What runs.
    link : Link
        Of the circuit.
    rule : Plasticity
        How it is to learn.
    """
    owner = f"spiking engine, edge {link.name!r}"
    if link.kind not in ("recurrent", "association"):
        raise UnsupportedError(
            f"{owner}: {link.kind} diversions are not plastic; use plasticity on associations and "
            "recurrences."
        )
    scale = scale_of(circuit, link.name)
    if not (math.isfinite(scale) and scale > 0.0):
        raise UnsupportedError(
            f"{owner}: {type(link.synapses.rule).__name__} has no factor from weights to field yet "
            f"({scale:g}); store a pattern in {link.source!r}, or use Willshaw() and KWinners(k)."
        )
    weights = link.synapses.triples()[2]
    low, high = weights.min(initial=0.0), weights.max(initial=0.0)
    # recorded weights are rounded to single precision
    if low < 0.0 or high > rule.maximum * (1.0 + 1e-6):
        raise ParameterError(
            f"{owner}: raw weights reach from {low:g} to {high:g}, those of {type(rule).__name__} "
            f"from 0 to {rule.maximum:g}; set maximum, or use Willshaw()."
        )
