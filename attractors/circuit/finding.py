"""Finding the network or edge that is meant, and refusing an edge that could have no effect."""

from __future__ import annotations

from collections.abc import Iterable

from attractors.architecture import Architecture, Diversion, Edge
from attractors.dynamics import Blocks, KWinners, Threshold
from attractors.errors import ArchitectureError, UnsupportedError, unknown_name
from attractors.synapses import Synapses


def require_network(architecture: Architecture, name: str) -> None:
    """Raise UnknownNameError if there is no such network."""
    if name not in architecture.nodes:
        raise unknown_name("network", name, architecture.nodes)


def edge_between(
    architecture: Architecture, kind: type[Edge], source: str, target: str, name: str | None
) -> Edge:
    """Return the edge of a kind that joins two networks.

    Parameters
    ----------
    architecture : Architecture
        What is there.
    kind : type of Edge
        Association or Diversion.
    source, target : str
        Qualified names of the ends.
    name : str or None
        Name of the edge, where several join these ends.

    Raises
    ------
    UnknownNameError, ArchitectureError
        If there is no such network or edge, or more than one and no name.
    """
    require_network(architecture, source)
    require_network(architecture, target)
    edges = {k: e for k, e in architecture.links.items() if isinstance(e, kind)}
    found = {k: e for k, e in edges.items() if (e.source, e.target) == (source, target)}
    word = kind.__name__.lower()
    if not found:
        raise unknown_name(word, f"{source}{kind.arrow}{target}", edges)
    if name is not None and name not in found:
        raise unknown_name(f"{word} from {source!r} to {target!r}", name, found)
    if name is None and len(found) > 1:
        raise ArchitectureError(
            f"{len(found)} {word}s join {source!r} to {target!r}; say which: "
            f"name={' or '.join(map(repr, found))}."
        )
    return found[name] if name is not None else next(iter(found.values()))


def refuse_blind(architecture: Architecture, edge: Edge) -> None:
    """Refuse a diversion onto all units that cannot change which of them win.

    Raises
    ------
    UnsupportedError
        If it takes the same from all fields where only their ranks count, or divides all by the
        same where only their ranks and signs do.
    """
    dynamics = architecture.nodes[edge.target].dynamics
    if not isinstance(edge, Diversion) or not isinstance(dynamics, KWinners | Blocks | Threshold):
        return
    if edge.mode == "subtractive" and dynamics.threshold is None:
        cure = "give patterns, mode='veto' or threshold=0 in its dynamics"
    elif edge.mode == "divisive" and _scale_free(architecture, edge, dynamics):
        cure = "give patterns, mode='veto' or a threshold above 0 in its dynamics"
    else:
        return
    raise UnsupportedError(
        f"Diversion {edge.label!r} onto all units cannot change which units of "
        f"{edge.target!r} win; {cure}."
    )


def _scale_free(
    architecture: Architecture, edge: Diversion, dynamics: KWinners | Blocks | Threshold
) -> bool:
    """Tell whether a factor above 0 that is common to all fields changes no winner."""
    # fields are held against noise, a tired unit's threshold or what another diversion takes
    held = dynamics.temperature > 0 or dynamics.adaptation is not None
    others = (
        other
        for other in architecture.links.values()
        if isinstance(other, Diversion) and other.target == edge.target and other != edge
    )
    accompanied = any(other.mode != "veto" for other in others)
    above_0 = dynamics.threshold is not None and dynamics.threshold > 0
    return not (held or accompanied or above_0)


def refuse_signed(synapses: Iterable[Synapses]) -> None:
    """Refuse rules that make weights of both signs.

    Raises
    ------
    ArchitectureError
        If there is one.
    """
    for held in synapses:
        if held.rule.signed:
            raise ArchitectureError(
                f"{held.name!r}: {type(held.rule).__name__} makes weights of both signs, which "
                "dale=True refuses; use Willshaw() or Fixed weights of at least 0."
            )
