"""A lesson: pattern pairs on their way into one set of synapses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike
from scipy import sparse

from attractors import room
from attractors.architecture import Architecture, Association, AttractorNetwork, Edge
from attractors.circuit.contents import Contents
from attractors.errors import ParameterError, PatternError, unknown_name
from attractors.patterns import as_patterns, as_sparse_patterns
from attractors.rules import Fixed
from attractors.synapses import Synapses


@dataclass(frozen=True)
class Lesson:
    """What one set of synapses is to learn, checked when it is made.

    Attributes
    ----------
    owner : str
        What learns, as an error should name it.
    synapses : Synapses
        Where it goes.
    post, pre : (P, n_post) and (P, n_pre) int8, or csr_array
        Pattern pairs; made full where the synapses learn from full arrays only.
    activity : (float or None, float or None)
        Nominal activity of target and source.
    """

    owner: str
    synapses: Synapses
    post: Any
    pre: Any
    activity: tuple[float | None, float | None]

    def __post_init__(self) -> None:
        sparse_too = self.synapses.learns_sparse
        recurrent = self.post is self.pre
        object.__setattr__(self, "post", _held(self.post, sparse_too, self.owner))
        pre = self.post if recurrent else _held(self.pre, sparse_too, self.owner)
        object.__setattr__(self, "pre", pre)
        try:
            self.synapses.rule.check(self.activity)
            self.synapses.rule.check_patterns(self.post, self.pre, self.activity)
        except (ParameterError, PatternError) as error:
            raise type(error)(f"{self.owner}: {error}") from None

    def learn(self) -> None:
        """Train the synapses; fixed ones stay as they are."""
        if not isinstance(self.synapses.rule, Fixed):
            self.synapses.learn(self.post, self.pre, self.activity)


def checked_rows(rows: Any, network: AttractorNetwork, owner: str) -> Any:
    """Return patterns (P, N) of a network, checked; sparse 0/1 patterns stay sparse.

    Raises
    ------
    PatternError
        If they do not fit.
    """
    if sparse.issparse(rows) and network.values == "01":
        return as_sparse_patterns(rows, network.units, owner)
    return as_patterns(rows, network.units, network.values, owner)


def checked_patterns(
    what: str, architecture: Architecture, patterns: Mapping[str, Any]
) -> dict[str, Any]:
    """Return patterns (P, N) that are stored together, by network, checked.

    Parameters
    ----------
    what : str
        What is done with them, as an error should name it.
    architecture : Architecture
        Whose networks they are for.
    patterns : mapping of str to (P, N) array_like
        By qualified name of the network.

    Raises
    ------
    PatternError, UnknownNameError
        If they do not fit.
    """
    if not patterns:
        raise PatternError(f"{what}: no patterns given; name at least one network.")
    checked = {}
    for name, rows in patterns.items():
        if name not in architecture.nodes:
            raise unknown_name("network", name, architecture.nodes)
        network, owner = architecture.nodes[name], f"network {name!r}"
        checked[name] = checked_rows(rows, network, owner)
        network.dynamics.check_patterns(checked[name], owner)
    counts = {name: rows.shape[0] for name, rows in checked.items()}
    if len(set(counts.values())) > 1:
        raise PatternError(f"{what}: rows are stored together, but there are {counts} rows.")
    return checked


def _held(patterns: Any, sparse_too: bool, owner: str) -> Any:
    """Return the patterns as full arrays, unless they are sparse and may stay so."""
    if sparse_too or not sparse.issparse(patterns):
        return patterns
    cure = "use synapses='sparse' or 'packed' with a clipped rule such as Willshaw()"
    size = patterns.shape[0] * patterns.shape[1]
    room.require(f"{owner}: full patterns, which these synapses need,", size, cure)
    return patterns.toarray()


def edge_lesson(
    architecture: Architecture, edge: Edge, synapses: Synapses, x: ArrayLike, y: ArrayLike
) -> Lesson:
    """Return the lesson "when the source is in row x, act on row y of the target".

    Raises
    ------
    PatternError, ParameterError
        If the patterns do not fit the ends of the edge.
    """
    source, target = architecture.nodes[edge.source], architecture.nodes[edge.target]
    owner = f"{type(edge).__name__} {edge.label!r}"
    pre = checked_rows(x, source, f"{owner}, source")
    post = checked_rows(y, target, f"{owner}, target")
    if pre.shape[0] != post.shape[0]:
        raise PatternError(
            f"{owner}: {pre.shape[0]} rows for the source, {post.shape[0]} for the target."
        )
    return Lesson(owner, synapses, post, pre, (target.activity, source.activity))


def learn_all(found: Sequence[Lesson], contents: Contents) -> None:
    """Train all synapses, or none if one of them refuses.

    Parameters
    ----------
    found : sequence of Lesson
        Lessons of different synapses, hence in any order.
    contents : Contents
        That hold the synapses.
    """
    refusing = [lesson for lesson in found if lesson.synapses.may_refuse]
    # only what has learned before another refuses must be put back
    before = [lesson.synapses.snapshot() for lesson in refusing[:-1]]
    try:
        for lesson in refusing:
            lesson.learn()
    except BaseException:
        for synapses in before:
            contents.put(synapses.name, synapses)
        raise
    for lesson in found:
        if not lesson.synapses.may_refuse:
            lesson.learn()


def lessons(
    architecture: Architecture, contents: Contents, patterns: Mapping[str, Any]
) -> list[Lesson]:
    """Return what the memories of networks and the associations between them are to learn.

    Parameters
    ----------
    architecture : Architecture
        What is there.
    contents : Contents
        Whose synapses learn.
    patterns : mapping of str to (P, N)
        Checked patterns by network, row p stored together with row p of the others.

    Raises
    ------
    PatternError, ParameterError
        If a rule refuses them; nothing is learned yet.
    """
    levels = {name: network.activity for name, network in architecture.nodes.items()}
    found = [
        Lesson(f"network {name!r}", contents.memories[name], rows, rows, (levels[name],) * 2)
        for name, rows in patterns.items()
        if name in contents.memories
    ]
    for name, edge in architecture.links.items():
        if isinstance(edge, Association) and {edge.source, edge.target} <= patterns.keys():
            x, y = patterns[edge.source], patterns[edge.target]
            found.append(edge_lesson(architecture, edge, contents.edges[name], x, y))
    return found
