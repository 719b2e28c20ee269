"""Empty synapses for everything that an architecture declares."""

from __future__ import annotations

from typing import Literal

from attractors.architecture import Architecture
from attractors.rules import Rule
from attractors.rules.base import Levels
from attractors.synapses import Synapses, synapses_for
from attractors.synapses.counted import counted_for

Keep = Literal["weights", "counts"]
KEEPS = ("weights", "counts")


def empty_memories(architecture: Architecture, keep: Keep) -> dict[str, Synapses]:
    """Return the empty recurrent synapses of all networks that have some, by network.

    Parameters
    ----------
    architecture : Architecture
        What is there.
    keep : {"weights", "counts"}
        What the synapses are to keep.

    Raises
    ------
    UnsupportedError, MemoryLimitError
        If a rule cannot be kept like that, or the synapses would not fit in memory.
    """
    return {
        name: _empty(
            net.rule,
            (net.units, net.units),
            not net.self_coupling,
            name,
            net.synapses,
            keep,
            (net.activity, net.activity),
            net.dynamics.graded,
        )
        for name, net in architecture.nodes.items()
        if net.rule is not None
    }


def empty_edges(architecture: Architecture, keep: Keep) -> dict[str, Synapses]:
    """Return the empty synapses of all edges, by name; parameters as in empty_memories."""
    nodes = architecture.nodes
    return {
        name: _empty(
            architecture.rule_of(edge),
            (nodes[edge.target].units, nodes[edge.source].units),
            False,
            name,
            edge.synapses,
            keep,
            (nodes[edge.target].activity, nodes[edge.source].activity),
            nodes[edge.source].dynamics.graded,
        )
        for name, edge in architecture.links.items()
    }


def _empty(
    rule: Rule,
    shape: tuple[int, int],
    recurrent: bool,
    name: str,
    forced: str | None,
    keep: Keep,
    activity: Levels,
    graded: bool,
) -> Synapses:
    if keep == "weights":
        return synapses_for(rule, shape, recurrent, name, forced, graded=graded, activity=activity)
    return counted_for(rule, shape, recurrent, name, forced, activity, graded=graded)
