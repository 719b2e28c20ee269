"""The validated graph of networks and edges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attractors import checks
from attractors.architecture.edges import Diversion, Edge
from attractors.architecture.network import AttractorNetwork
from attractors.errors import ArchitectureError, unknown_name
from attractors.rules import Fixed, Hebbian, Rule, Willshaw
from attractors.synapses import form_for

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class Architecture:
    """A graph of attractor networks joined by associations and diversions.

    Parameters
    ----------
    networks : sequence of AttractorNetwork
        The nodes of this level.
    edges : sequence of Association or Diversion
        The edges; their ends may lie in nested parts (``"cortex/word"``).
    parts : mapping of str to Architecture
        Nested architectures; their networks are known under ``part/network``.

    Raises
    ------
    ArchitectureError, UnknownNameError
        If names collide, an edge leads nowhere or an edge's rule does not fit its ends.

    Examples
    --------
    >>> from attractors import KWinners, Willshaw
    >>> word = AttractorNetwork("word", 100, KWinners(5), Willshaw())
    >>> pair = Architecture([word], parts={"left": Architecture([word])})
    >>> list(pair.nodes)
    ['word', 'left/word']
    """

    networks: tuple[AttractorNetwork, ...] = ()
    edges: tuple[Edge, ...] = ()
    parts: Mapping[str, Architecture] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "networks", _all("networks", self.networks, AttractorNetwork))
        object.__setattr__(self, "edges", _all("edges", self.edges, Edge))
        object.__setattr__(self, "parts", dict(self.parts))
        for name, part in self.parts.items():
            checks.name("Architecture part", name)
            _all("parts", [part], Architecture)
        if not self.nodes:
            raise ArchitectureError("Architecture has no network; give at least one.")
        for edge in self.links.values():
            self._check(edge)

    @cached_property
    def nodes(self) -> dict[str, AttractorNetwork]:
        """All networks, nested ones included, by qualified name."""
        inner = ((f"{p}/{n}", net) for p, a in self.parts.items() for n, net in a.nodes.items())
        own = ((network.name, network) for network in self.networks)
        return _distinct("network", [*own, *inner])

    @cached_property
    def links(self) -> dict[str, Edge]:
        """All edges by qualified name; their ends and names are qualified too."""
        inner = [
            _qualified(part, name, edge)
            for part, architecture in self.parts.items()
            for name, edge in architecture.links.items()
        ]
        return _distinct("edge", [*((edge.label, edge) for edge in self.edges), *inner])

    def rule_of(self, edge: Edge) -> Rule:
        """Return the edge's rule, or the default for the patterns of its ends."""
        if edge.rule is not None:
            return edge.rule
        return Hebbian() if self.nodes[edge.target].values == "±1" else Willshaw()

    def _check(self, edge: Edge) -> None:
        owner = f"{type(edge).__name__} {edge.label!r}"
        for end in (edge.source, edge.target):
            if end not in self.nodes:
                raise unknown_name(f"network (an end of {owner})", end, self.nodes)
        source, target, rule = self.nodes[edge.source], self.nodes[edge.target], self.rule_of(edge)
        if isinstance(edge, Diversion) and target.values == "±1":
            raise ArchitectureError(
                f"{owner}: {edge.target!r} stores ±1 patterns, where -y is an attractor as well; "
                "divert 0/1 networks only."
            )
        if isinstance(rule, Fixed):
            if rule.weights.shape != (target.units, source.units):
                raise ArchitectureError(
                    f"{owner}: Fixed weights of shape {rule.weights.shape} must be [post, pre] = "
                    f"({target.units}, {source.units})."
                )
        elif rule.values != "any" and {source.values, target.values} != {rule.values}:
            raise ArchitectureError(
                f"{owner}: {type(rule).__name__} joins {rule.values} networks, the ends store "
                f"{source.values} and {target.values}; use like ends or Fixed(weights)."
            )
        form_for(rule, (target.units, source.units), edge.synapses, owner)

    def __str__(self) -> str:
        """Return a summary, one line a network and edge."""
        from attractors.architecture.text import summary

        return summary(self)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the flattened graph; see :func:`from_networkx` for the way back."""
        from attractors.architecture.convert import to_networkx

        return to_networkx(self)

    @classmethod
    def from_networkx(cls, graph: networkx.MultiDiGraph[str]) -> Architecture:
        """Return the architecture whose networks and edges a graph holds.

        Parameters
        ----------
        graph : networkx.MultiDiGraph
            Each node's ``network`` attribute is an AttractorNetwork, each edge's ``edge``
            attribute an Association or Diversion. Node names with ``/`` make nested parts.
        """
        from attractors.architecture.convert import from_networkx

        return from_networkx(graph)

    def to_json(self) -> str:
        """Return the architecture as JSON text."""
        from attractors.architecture.convert import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, text: str, types: Iterable[type] = ()) -> Architecture:
        """Return the architecture of a JSON text; no code is executed.

        Parameters
        ----------
        text : str
            What :meth:`to_json` wrote.
        types : iterable of type
            Rules and dynamics of your own that may occur in it.

        Raises
        ------
        ArchitectureError, UnknownNameError
            If the text is no architecture or names an unknown type.
        """
        from attractors.architecture.convert import from_json

        return from_json(text, types)


def _all(what: str, items: Iterable[Any], kind: type) -> tuple[Any, ...]:
    if not isinstance(items, Iterable):
        raise ArchitectureError(f"Architecture: {what} is {items!r}; give a list of them.")
    found = tuple(items)
    for item in found:
        if not isinstance(item, kind):
            raise ArchitectureError(
                f"Architecture: {what} holds {item!r}, which is no {kind.__name__}."
            )
    return found


def _distinct(kind: str, named: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, item in named:
        if name in found:
            cure = "rename one" if kind == "network" else "tell them apart by name="
            raise ArchitectureError(f"Architecture: two {kind}s are called {name!r}; {cure}.")
        found[name] = item
    return found


def _qualified(part: str, label: str, edge: Edge) -> tuple[str, Edge]:
    nested = replace(
        edge, source=f"{part}/{edge.source}", target=f"{part}/{edge.target}", name=None
    )
    if edge.name is not None:
        # a qualified name holds "/", which the constructor keeps from users
        object.__setattr__(nested, "name", f"{part}/{label}")
    return nested.label, nested
