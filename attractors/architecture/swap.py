"""The same networks and edges with other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from attractors.architecture.edges import Edge
from attractors.architecture.graph import Architecture
from attractors.architecture.network import AttractorNetwork
from attractors.errors import ArchitectureError, unknown_name
from attractors.rules import Fixed, Rule

Part = TypeVar("Part", AttractorNetwork, Edge)


def with_rules(architecture: Architecture, rules: Mapping[str, Rule]) -> Architecture:
    """Return the architecture with the rules of some networks and edges replaced.

    Parameters
    ----------
    architecture : Architecture
        What is there; it is not changed.
    rules : mapping of str to Rule
        By qualified name of an edge, or of a network for its recurrence.

    Raises
    ------
    UnknownNameError
        If there is no such network or edge.
    ArchitectureError
        If a network has no recurrent memory, or a rule does not fit.
    """
    nodes, links = architecture.nodes, architecture.links
    for name in rules:
        if name not in nodes and name not in links:
            raise unknown_name("edge or recurrent network", name, {**nodes, **links})
        if name in nodes and nodes[name].rule is None:
            raise ArchitectureError(
                f"network {name!r} has no recurrent memory whose rule could be swapped; declare it "
                "with a rule from the start."
            )
    return _replaced(architecture, "", rules)


def _replaced(level: Architecture, prefix: str, rules: Mapping[str, Rule]) -> Architecture:
    networks = [_changed(net, rules.get(f"{prefix}{net.name}")) for net in level.networks]
    edges = [_changed(edge, rules.get(_label(edge, prefix))) for edge in level.edges]
    parts = {name: _replaced(part, f"{prefix}{name}/", rules) for name, part in level.parts.items()}
    return Architecture(tuple(networks), tuple(edges), parts)


def _changed(part: Part, rule: Rule | None) -> Part:
    if rule is None:
        return part
    # a form that was asked for a rule that learns need not hold weights that are given
    return replace(part, rule=rule, synapses=None if isinstance(rule, Fixed) else part.synapses)


def _label(edge: Edge, prefix: str) -> str:
    """Return the qualified name of an edge that lies below a prefix."""
    if edge.name is not None:
        return f"{prefix}{edge.name}"
    return f"{prefix}{edge.source}{edge.arrow}{prefix}{edge.target}"
