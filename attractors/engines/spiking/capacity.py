"""Whether a network has stored more than the theory of its rule lets it hold."""

from __future__ import annotations

from collections.abc import Iterator

from attractors.circuit import Circuit
from attractors.rules import Covariance, Willshaw
from attractors.theory import covariance_capacity, willshaw_capacity


def overloads(circuit: Circuit) -> Iterator[str]:
    """Iterate over warnings about networks that hold more patterns than theory allows."""
    for link in circuit.links:
        if link.kind != "recurrent" or link.factor == 0:
            continue
        stored = int(circuit.patterns(link.target).shape[0])
        capacity = _capacity(circuit, link.target, type(link.synapses.rule)) if stored else None
        if capacity is not None and stored > capacity:
            yield (
                f"network {link.target!r} holds {stored} patterns, and theory lets it hold "
                f"{capacity:.0f}; store less, or use more units."
            )


def _capacity(circuit: Circuit, network: str, rule: type) -> float | None:
    """Return the number of patterns, ``None`` where no theory is at hand."""
    units, activity = circuit.architecture.nodes[network].units, circuit.activity(network)
    if not 0.0 < activity <= 0.5:
        return None
    if rule is Willshaw and round(units * activity) >= 1:
        return willshaw_capacity(units, round(units * activity))
    if rule is Covariance:
        return units * covariance_capacity(activity, "winners")
    return None
