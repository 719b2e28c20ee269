"""Architectures to and from networkx and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias

import networkx
import numpy as np

from attractors.architecture.edges import Association, Diversion, Edge
from attractors.architecture.graph import Architecture
from attractors.architecture.network import AttractorNetwork
from attractors.dynamics import DYNAMICS, FATIGUE
from attractors.errors import ArchitectureError, unknown_name
from attractors.rules import RULES

Graph: TypeAlias = "networkx.MultiDiGraph[str]"
SCHEMA = 1


def to_networkx(architecture: Architecture) -> Graph:
    """Return the flattened graph with the declarations as ``network`` and ``edge`` attributes."""
    graph: Graph = networkx.MultiDiGraph()
    for name, network in architecture.nodes.items():
        graph.add_node(name, network=network)
    for name, edge in architecture.links.items():
        graph.add_edge(edge.source, edge.target, key=name, edge=edge)
    return graph


def from_networkx(graph: Graph) -> Architecture:
    """Return the architecture that :func:`to_networkx` or a user's own script laid out."""
    for name, network in graph.nodes(data="network"):
        if not isinstance(network, AttractorNetwork):
            raise ArchitectureError(
                f"Node {name!r} has network={network!r}; set it to an AttractorNetwork."
            )
    for source, target, edge in graph.edges(data="edge"):
        if not isinstance(edge, Edge) or (edge.source, edge.target) != (source, target):
            raise ArchitectureError(
                f"Edge {source!r} to {target!r} has edge={edge!r}; set it to an Association or "
                "Diversion with the same ends."
            )
    edges = [edge for _, _, edge in graph.edges(data="edge")]
    return _nested(dict(graph.nodes(data="network")), edges)


def _nested(nodes: dict[str, AttractorNetwork], edges: list[Edge]) -> Architecture:
    """Build the level whose networks have no ``/`` and, below it, one part per prefix."""
    prefixes = dict.fromkeys(name.split("/", 1)[0] for name in nodes if "/" in name)
    inside = {prefix: [e for e in edges if _within(e, prefix)] for prefix in prefixes}
    parts = {
        prefix: _nested(
            {n.split("/", 1)[1]: net for n, net in nodes.items() if n.startswith(f"{prefix}/")},
            [_inner(edge, prefix) for edge in inside[prefix]],
        )
        for prefix in prefixes
    }
    own = [replace(net, name=name) for name, net in nodes.items() if "/" not in name]
    within = {id(edge) for group in inside.values() for edge in group}
    return Architecture(tuple(own), tuple(edge for edge in edges if id(edge) not in within), parts)


def _within(edge: Edge, prefix: str) -> bool:
    """Tell whether an edge belongs to a part: by its qualified name, else by both its ends."""
    if edge.name and "/" not in edge.name:
        return False
    names = (edge.source, edge.target, *([edge.name] if edge.name else []))
    return all(name.startswith(f"{prefix}/") for name in names)


def _inner(edge: Edge, prefix: str) -> Edge:
    start = len(prefix) + 1
    inner = replace(edge, source=edge.source[start:], target=edge.target[start:], name=None)
    # a name may still hold "/", which the constructor keeps from users
    object.__setattr__(inner, "name", edge.name[start:] if edge.name else None)
    return inner


def to_json(architecture: Architecture) -> str:
    """Return JSON text with a schema version."""
    return json.dumps({"schema": SCHEMA, "architecture": _encode(architecture)}, indent=1)


def from_json(text: str, types: Iterable[type] = ()) -> Architecture:
    """Return the architecture of a JSON text."""
    try:
        document = json.loads(text)
        schema, body = document["schema"], document["architecture"]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchitectureError(f"This is no architecture in JSON: {error!r}.") from None
    if schema != SCHEMA:
        raise ArchitectureError(
            f"The JSON has schema {schema!r}, this version reads {SCHEMA}; update attractors."
        )
    own = (Architecture, AttractorNetwork, Association, Diversion, *types)
    known = {**DYNAMICS, **FATIGUE, **RULES, **{kind.__name__: kind for kind in own}}
    architecture = _decode(body, known)
    if not isinstance(architecture, Architecture):
        raise ArchitectureError("The JSON describes no Architecture.")
    return architecture


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        body = {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
        return {"type": type(value).__name__, **body}
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, list | tuple):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {key: _encode(item) for key, item in value.items()}
    return value


def _decode(value: Any, types: dict[str, type]) -> Any:
    if isinstance(value, list):
        return [_decode(item, types) for item in value]
    if not isinstance(value, dict):
        return value
    body = {key: _decode(item, types) for key, item in value.items() if key != "type"}
    if "type" not in value:
        return body
    if not isinstance(value["type"], str) or value["type"] not in types:
        raise unknown_name("type in this JSON (pass your own as types=)", value["type"], types)
    try:
        return types[value["type"]](**body)
    except TypeError as error:
        raise ArchitectureError(f"The JSON of a {value['type']} is damaged: {error}.") from None
