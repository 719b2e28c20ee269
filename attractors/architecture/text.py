"""The text summary of an architecture."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from attractors.architecture.edges import Diversion, Edge
from attractors.architecture.network import AttractorNetwork
from attractors.rules import Fixed

if TYPE_CHECKING:
    from attractors.architecture.graph import Architecture


def summary(architecture: Architecture) -> str:
    """Return one line a network and edge, in aligned columns."""
    networks: list[tuple[str, ...]] = [
        (name, f"{net.units} units", brief(net.dynamics), _memory(net))
        for name, net in architecture.nodes.items()
    ]
    edges: list[tuple[str, ...]] = [
        (name, _kind(edge), brief(architecture.rule_of(edge)), _numbers(edge))
        for name, edge in architecture.links.items()
    ]
    units = sum(network.units for network in architecture.nodes.values())
    head = f"Architecture of {len(networks)} networks ({units} units) and {len(edges)} edges"
    return "\n".join([head, *_columns(networks), *_columns(edges)])


def brief(declared: Any) -> str:
    """Return a declaration as its constructor call, defaults left out."""
    if isinstance(declared, Fixed):
        return f"Fixed{declared.weights.shape}"
    changed = [
        f"{f.name}={getattr(declared, f.name)!r}"
        for f in fields(declared)
        if getattr(declared, f.name) != f.default
    ]
    return f"{type(declared).__name__}({', '.join(changed)})"


def _memory(net: AttractorNetwork) -> str:
    if net.rule is None:
        return "no recurrent memory"
    gain = f", gain {net.gain:g}" if net.gain != 1 else ""
    coupled = ", self-coupled" if net.self_coupling else ""
    return f"recurrent {brief(net.rule)}{gain}{coupled}{_form(net.synapses)}"


def _form(synapses: str | None) -> str:
    return f", {synapses} synapses" if synapses else ""


def _kind(edge: Edge) -> str:
    kind = type(edge).__name__.lower()
    return f"{edge.mode} {kind}" if isinstance(edge, Diversion) else kind


def _numbers(edge: Edge) -> str:
    ends = f", {edge.source} to {edge.target}" if edge.name else ""
    delay = f", delay {edge.delay:g} ms" if edge.delay else ""
    fade = f", fade {edge.fade:g} ms" if edge.fade else ""
    return f"gain {edge.gain:g}{delay}{fade}{_form(edge.synapses)}{ends}"


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
