"""Circuit: an architecture plus what its synapses have learned, the same for every engine."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.architecture import Architecture, Association, Diversion, Edge
from attractors.circuit.book import PatternBook
from attractors.circuit.claiming import claims
from attractors.circuit.description import describe
from attractors.circuit.lesson import Lesson, checked_rows, edge_lesson
from attractors.circuit.link import Link, LinkKind
from attractors.dynamics import KWinners
from attractors.errors import (
    ArchitectureError,
    ParameterError,
    PatternError,
    UnsupportedError,
    unknown_name,
)
from attractors.seeding import stream
from attractors.synapses import Synapses, synapses_for

if TYPE_CHECKING:
    import pandas


class Circuit:
    """An architecture with synapses that learn.

    Parameters
    ----------
    architecture : Architecture
        What is there.
    dale : bool
        Refuse rules with weights of both signs.

    Attributes
    ----------
    lessons : int
        How often something was stored, so that what was compiled can tell whether it is current.

    Raises
    ------
    ArchitectureError
        If ``dale`` is set and a rule makes signed weights.

    Examples
    --------
    >>> from attractors import AttractorNetwork, KWinners, Willshaw
    >>> word = AttractorNetwork("word", 6, KWinners(2), Willshaw())
    >>> circuit = Circuit(Architecture([word]))
    >>> circuit.store(word=[[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0]])["word"]
    array([0, 1])
    """

    def __init__(self, architecture: Architecture, *, dale: bool = False) -> None:
        if not isinstance(architecture, Architecture):
            raise ParameterError(
                f"Circuit: {type(architecture).__name__} is no Architecture; write "
                "Circuit(Architecture([...]))."
            )
        self.architecture = architecture
        self.lessons = 0
        nodes = architecture.nodes
        self._memories = {
            name: synapses_for(
                net.rule, (net.units, net.units), not net.self_coupling, name, net.synapses
            )
            for name, net in nodes.items()
            if net.rule is not None
        }
        self._edges = {
            name: synapses_for(
                architecture.rule_of(edge),
                (nodes[edge.target].units, nodes[edge.source].units),
                False,
                name,
                edge.synapses,
            )
            for name, edge in architecture.links.items()
        }
        self._books = {name: PatternBook(net.units) for name, net in nodes.items()}
        self._taught = {
            n: PatternBook(nodes[e.source].units) for n, e in architecture.links.items()
        }
        self._claimed: dict[str, int] = {}
        if dale:
            self._refuse_signed()

    def store(
        self, patterns: Mapping[str, ArrayLike] | None = None, /, **more: ArrayLike
    ) -> dict[str, NDArray[np.int64]]:
        """Train the memories of the named networks and the associations between them.

        Row p of every array is stored together with row p of the others. May be called again
        and again. Where an association's rule claims hidden units (:class:`attractors.Slots`),
        every row takes the next free one.

        Parameters
        ----------
        patterns : mapping of str to (P, N) array_like or scipy.sparse matrix
            Patterns by qualified name; or as keyword arguments. Sparse 0/1 patterns are held
            sparsely.

        Returns
        -------
        dict of str to (P,) int
            Index of each row among the distinct patterns of its network.

        Raises
        ------
        PatternError, ParameterError, UnknownNameError
            If something does not fit; nothing is stored then.
        """
        checked = self._checked({**(patterns or {}), **more})
        claimed = claims(self.architecture, checked, self._claimed)
        checked |= claimed
        lessons = [
            Lesson(f"network {name!r}", self._memories[name], rows, rows, self._levels(name, name))
            for name, rows in checked.items()
            if name in self._memories
        ]
        for name, edge in self.architecture.links.items():
            if isinstance(edge, Association) and {edge.source, edge.target} <= checked.keys():
                x, y = checked[edge.source], checked[edge.target]
                lessons.append(edge_lesson(self.architecture, edge, self._edges[name], x, y))
        for lesson in lessons:
            lesson.learn()
        self.lessons += 1
        for name, rows in claimed.items():
            self._claimed[name] = self._claimed.get(name, 0) + rows.shape[0]
        return {name: self._books[name].add(rows) for name, rows in checked.items()}

    def associate(
        self, source: str, target: str, x: ArrayLike, y: ArrayLike, *, name: str | None = None
    ) -> None:
        """Train one association alone: when ``source`` is in row x, push ``target`` to row y.

        Parameters
        ----------
        source, target : str
            Qualified names of the ends.
        x, y : (P, N) array_like
            Patterns of source and target.
        name : str, optional
            Name of the edge, where several join these ends.
        """
        self._train(self._edge(Association, source, target, name), x, y)

    def divert(
        self,
        source: str,
        target: str,
        x: ArrayLike,
        y: ArrayLike | None = None,
        *,
        name: str | None = None,
    ) -> None:
        """Train one diversion: when ``source`` is in row x, push ``target`` away from row y.

        Parameters
        ----------
        source, target : str
            Qualified names of the ends.
        x : (P, n_source) array_like
            Patterns of the source.
        y : (P, n_target) array_like, optional
            Patterns to avoid; by default all units of the target are inhibited.
        name : str, optional
            Name of the edge, where several join these ends.

        Raises
        ------
        UnsupportedError
            If the diversion could have no effect.
        """
        edge = self._edge(Diversion, source, target, name)
        if y is None:
            self._refuse_blind(edge)
            rows = np.shape(x)[0] if np.ndim(x) else 0
            y = np.ones((rows, self.architecture.nodes[target].units), np.int8)
        self._train(edge, x, y)

    def patterns(self, network: str) -> NDArray[np.int8]:
        """Return the distinct patterns (P, N) that a network has stored, in order."""
        self._known(network)
        return self._books[network].patterns

    def activity(self, network: str) -> float:
        """Return the nominal activity a: 0 but for 0/1 units, prescribed or the stored mean."""
        self._known(network)
        node = self.architecture.nodes[network]
        if node.values != "01":
            return 0.0
        if node.activity is not None:
            return node.activity
        stored = self._books[network].patterns
        return float(stored.mean()) if stored.shape[0] else 0.0

    @property
    def links(self) -> tuple[Link, ...]:
        """All recurrences, then all edges by name, with the factor from raw weights to field."""
        recurrences = (
            Link(name, name, name, "recurrent", synapses, self._factor(synapses, gain, level), 0.0)
            for name, synapses in self._memories.items()
            for gain, level in [(self.architecture.nodes[name].gain, self.activity(name))]
        )
        edges = (
            Link(
                name,
                edge.source,
                edge.target,
                _kind(edge),
                self._edges[name],
                factor,
                edge.delay,
                edge.fade,
            )
            # sorted: engines add up in this order, and declared otherwise the last bit may differ
            for name, edge in sorted(self.architecture.links.items())
            for factor in [self._factor(self._edges[name], edge.gain, self._level_of(edge))]
        )
        return (*recurrences, *edges)

    def lesioned(self, name: str, fraction: float = 1.0, *, seed: int = 0) -> Circuit:
        """Return a copy in which a random fraction of the synapses of one edge is cut.

        Parameters
        ----------
        name : str
            Qualified name of an edge, or of a network for its recurrence.
        fraction : float
            Between 0 and 1.
        seed : int
            Seed of the choice.

        Notes
        -----
        Storing more patterns in the copy may grow synapses anew that were cut.
        """
        if checks.real("lesioned", "fraction", fraction, low=0.0) > 1.0:
            raise ParameterError(f"lesioned: fraction is {fraction!r}; it must be 0 to 1.")
        other = copy.deepcopy(self)
        held = other._memories if name in other._memories else other._edges
        if name not in held:
            raise unknown_name("edge or recurrent network", name, {**self._memories, **self._edges})
        keep = stream(seed, name, "lesion").permutation(held[name].count)
        held[name] = held[name].thinned(keep >= round(fraction * len(keep)))
        return other

    def describe(self) -> pandas.DataFrame:
        """Return how every set of synapses is held, one row each.

        Returns
        -------
        pandas.DataFrame
            By name of the edge, or of the network for its recurrence: ``kind``, ``rule``,
            ``form``, why it was ``chosen``, ``possible`` synapses, those that are ``on``,
            ``density``, ``bytes``, and ``bits_per_synapse`` (storage for each possible one).

        Examples
        --------
        >>> from attractors import AttractorNetwork, Hebbian, Sign
        >>> net = AttractorNetwork("a", 100, Sign(), Hebbian(), synapses="int16")
        >>> Circuit(Architecture([net])).describe().loc["a", ["form", "bits_per_synapse"]].tolist()
        ['int16', 16.0]
        """
        nodes, edges = self.architecture.nodes, self.architecture.links
        forced = {n: nodes[n].synapses for n in self._memories} | {
            n: edge.synapses for n, edge in edges.items()
        }
        return describe(self.links, forced)

    def __str__(self) -> str:
        """Return the architecture's summary and what each set of synapses holds."""
        lines = [
            f"  {link.name}: {link.synapses.count} synapses, density {link.synapses.density:.2g}, "
            f"{link.synapses.nbytes} bytes as {type(link.synapses).__name__}"
            for link in self.links
        ]
        return "\n".join([str(self.architecture), "Synapses", *lines])

    def _checked(self, patterns: Mapping[str, ArrayLike]) -> dict[str, NDArray[np.int8]]:
        if not patterns:
            raise PatternError("store: no patterns given; name at least one network.")
        checked = {}
        for name, rows in patterns.items():
            self._known(name)
            net = self.architecture.nodes[name]
            checked[name] = checked_rows(rows, net, f"network {name!r}")
        counts = {name: rows.shape[0] for name, rows in checked.items()}
        if len(set(counts.values())) > 1:
            raise PatternError(f"store: rows are stored together, but there are {counts} rows.")
        return checked

    def _levels(self, target: str, source: str) -> tuple[float | None, float | None]:
        nodes = self.architecture.nodes
        return nodes[target].activity, nodes[source].activity

    def _train(self, edge: Edge, x: ArrayLike, y: ArrayLike) -> None:
        lesson = edge_lesson(self.architecture, edge, self._edges[edge.label], x, y)
        lesson.learn()
        self.lessons += 1
        source = self.architecture.nodes[edge.source]
        if source.values == "01" and source.activity is None:
            self._taught[edge.label].add(lesson.pre)

    def _level_of(self, edge: Edge) -> float:
        """Return the activity of an edge's source; if it stored nothing, of what it was taught."""
        taught = self._taught[edge.label].patterns
        stored = self._books[edge.source].patterns.shape[0] > 0
        if stored or taught.shape[0] == 0:
            return self.activity(edge.source)
        return float(taught.mean())

    def _factor(self, synapses: Synapses, gain: float, activity: float) -> float:
        """Return the factor from raw weights to the field; 0 while nothing is stored."""
        if synapses.count == 0:
            return 0.0
        return gain * synapses.scale(synapses.shape[1], activity)

    def _edge(self, kind: type[Edge], source: str, target: str, name: str | None) -> Edge:
        self._known(source)
        self._known(target)
        edges = {k: e for k, e in self.architecture.links.items() if isinstance(e, kind)}
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

    def _refuse_blind(self, edge: Edge) -> None:
        dynamics = self.architecture.nodes[edge.target].dynamics
        ranked = isinstance(dynamics, KWinners) and dynamics.threshold is None
        if ranked and isinstance(edge, Diversion) and edge.mode != "veto":
            raise UnsupportedError(
                f"Diversion {edge.label!r} onto all units cannot change which k units of "
                f"{edge.target!r} win; give patterns, mode='veto' or KWinners(threshold=0)."
            )

    def _refuse_signed(self) -> None:
        for name, synapses in {**self._memories, **self._edges}.items():
            if synapses.rule.signed:
                raise ArchitectureError(
                    f"{name!r}: {type(synapses.rule).__name__} makes weights of both signs, which "
                    "dale=True refuses; use Willshaw() or Fixed weights of at least 0."
                )

    def _known(self, network: str) -> None:
        if network not in self.architecture.nodes:
            raise unknown_name("network", network, self.architecture.nodes)


def _kind(edge: Edge) -> LinkKind:
    return edge.mode if isinstance(edge, Diversion) else "association"  # type: ignore[return-value]
