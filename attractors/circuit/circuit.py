"""Circuit: an architecture plus what its synapses have learned, the same for every engine."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.architecture import Architecture, Association, Diversion, Edge
from attractors.circuit.adopting import Learned, adopted
from attractors.circuit.claiming import claims, taken
from attractors.circuit.contents import Contents
from attractors.circuit.counting import combined, forget, require_counts, swapped
from attractors.circuit.description import describe
from attractors.circuit.finding import (
    edge_between,
    refuse_blind,
    refuse_signed,
    require_network,
)
from attractors.circuit.lesson import checked_patterns, edge_lesson, learn_all, lessons
from attractors.circuit.link import Link
from attractors.circuit.linking import linked
from attractors.circuit.making import KEEPS, Keep
from attractors.errors import ParameterError, unknown_name
from attractors.rules import Rule
from attractors.seeding import stream

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
    keep : {"weights", "counts"}
        What synapses keep of their lessons: the weights alone, or how often units were active
        together, from which weights follow. Counts take 4 bytes a synapse more; only with them
        can rules be swapped, circuits be merged and patterns be unlearned.

    Attributes
    ----------
    lessons : int
        How often something was stored, so that what was compiled can tell whether it is current.
    contents : Contents
        Synapses and stored patterns.

    Raises
    ------
    ArchitectureError
        If ``dale`` is set and a rule makes signed weights.
    UnsupportedError
        If counts are to be kept and a rule does not rest on them.

    Examples
    --------
    >>> from attractors import AttractorNetwork, KWinners, Willshaw
    >>> word = AttractorNetwork("word", 6, KWinners(2), Willshaw())
    >>> circuit = Circuit(Architecture([word]))
    >>> circuit.store(word=[[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0]])["word"]
    array([0, 1])
    """

    def __init__(
        self, architecture: Architecture, *, dale: bool = False, keep: Keep = "weights"
    ) -> None:
        if not isinstance(architecture, Architecture):
            raise ParameterError(
                f"Circuit: {type(architecture).__name__} is no Architecture; write "
                "Circuit(Architecture([...]))."
            )
        checks.choice("Circuit", "keep", keep, KEEPS)
        self.architecture, self.dale, self.keep = architecture, dale, keep
        self.lessons = 0
        self.contents = Contents.empty(architecture, keep)
        if dale:
            refuse_signed(self.contents.synapses.values())

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
        checked = checked_patterns("store", self.architecture, {**(patterns or {}), **more})
        checked |= claims(self.architecture, checked, self.contents.claimed)
        # counted first: whatever comes, what was compiled before is out of date
        self.lessons += 1
        learn_all(lessons(self.architecture, self.contents, checked), self.contents)
        self.contents.claimed |= taken(self.architecture, checked, self.contents.claimed)
        places = {name: self.contents.books[name].add(rows) for name, rows in checked.items()}
        if self.keep == "counts":
            self.contents.register.enter(checked, places)
        return places

    def unlearn(
        self, patterns: Mapping[str, ArrayLike] | None = None, /, **more: ArrayLike
    ) -> None:
        """Take out again what :meth:`store` got: all is as if that had never been stored.

        Takes ``keep="counts"``. Edges that were trained alone keep what they were taught.

        Parameters
        ----------
        patterns : mapping of str to (P, N) array_like or scipy.sparse matrix
            Patterns by qualified name; or as keyword arguments. Row p of every array was stored
            together with row p of the others, and of no further network.

        Raises
        ------
        UnsupportedError
            If the circuit keeps weights alone, or has adopted weights since it stored them.
        PatternError, UnknownNameError
            If something does not fit or was not stored like that; nothing is unlearned then.
        """
        require_counts(self, "unlearn")
        checked = checked_patterns("unlearn", self.architecture, {**(patterns or {}), **more})
        self.contents.register.require(checked)
        forget(self, checked, lessons(self.architecture, self.contents, checked))
        self.lessons += 1

    def with_rules(self, rules: Mapping[str, Rule] | None = None, /, **more: Rule) -> Circuit:
        """Return a circuit that has stored the same with other rules.

        Takes ``keep="counts"``; no pattern is presented again.

        Parameters
        ----------
        rules : mapping of str to Rule
            By qualified name of an edge, or of a network for its recurrence; or as keyword
            arguments.

        Raises
        ------
        UnsupportedError
            If the circuit keeps weights alone, or a new rule does not rest on counts.
        ArchitectureError, ParameterError, PatternError, UnknownNameError
            If a rule does not fit its place or what is stored.

        Examples
        --------
        >>> from attractors import AttractorNetwork, Covariance, KWinners, Willshaw
        >>> word = AttractorNetwork("word", 6, KWinners(2), Willshaw())
        >>> circuit = Circuit(Architecture([word]), keep="counts")
        >>> places = circuit.store(word=[[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0]])
        >>> circuit.with_rules(word=Covariance()).links[0].synapses.column(0).round(2)
        array([ 0.  ,  0.56, -0.44, -0.44, -0.11, -0.11])
        """
        other = swapped(self, {**(rules or {}), **more})
        if self.dale:
            refuse_signed(other.contents.synapses.values())
        return other

    def merged(self, other: Circuit) -> Circuit:
        """Return a circuit that has stored what either has; both keep counts.

        Raises
        ------
        UnsupportedError
            If one of them keeps weights alone.
        ArchitectureError
            If their architectures differ.
        """
        return combined(self, other)

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
        self._train(edge_between(self.architecture, Association, source, target, name), x, y)

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
        edge = edge_between(self.architecture, Diversion, source, target, name)
        if y is None:
            refuse_blind(self.architecture, edge)
            rows = np.shape(x)[0] if np.ndim(x) else 0
            y = np.ones((rows, self.architecture.nodes[target].units), np.int8)
        self._train(edge, x, y)

    def patterns(self, network: str) -> Any:
        """Return the distinct patterns (P, N) that a network has stored, in order.

        A csr_array if some came in sparsely; not to be changed in place.
        """
        require_network(self.architecture, network)
        return self.contents.books[network].seen

    def activity(self, network: str) -> float:
        """Return the nominal activity a: 0 but for 0/1 units, prescribed or the stored mean."""
        require_network(self.architecture, network)
        node = self.architecture.nodes[network]
        if node.values != "01":
            return 0.0
        if node.activity is not None:
            return node.activity
        stored = self.contents.books[network].patterns
        return float(stored.mean()) if stored.shape[0] else 0.0

    @property
    def links(self) -> tuple[Link, ...]:
        """All recurrences, then all edges by name, with the factor from raw weights to field."""
        return linked(self)

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
        held = self.contents.synapses
        if name not in held:
            raise unknown_name("edge or recurrent network", name, held)
        other = copy.deepcopy(self)
        keep = stream(seed, name, "lesion").permutation(held[name].count)
        other.contents.put(name, held[name].thinned(keep >= round(fraction * len(keep))))
        return other

    def adopt(self, recording: Learned, trial: int = 0) -> Circuit:
        """Return a circuit whose plastic edges have the weights that a trial left behind.

        Their rule is :class:`attractors.Fixed` from then on: they learn by running alone. What was
        stored before cannot be unlearned any more, for without it the run would have made others.

        Parameters
        ----------
        recording : Recording
            Of a run of this circuit, or of one of the same architecture, with plasticity.
        trial : int
            Which of its trials.

        Raises
        ------
        UnsupportedError, ArchitectureError, ParameterError
            If the recording has no weights, other networks or edges, or no such trial.
        """
        return adopted(self, recording, trial)

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
        >>> net = AttractorNetwork("a", 101, Sign(), Hebbian(), synapses="int16")
        >>> table = Circuit(Architecture([net])).describe()
        >>> print(*table.loc["a", ["form", "possible", "bits_per_synapse"]])
        int16 10100 16.16
        """
        return describe(self.links, self.architecture)

    def __str__(self) -> str:
        """Return the architecture's summary and what each set of synapses holds."""
        lines = [
            f"  {link.name}: {link.synapses.count} synapses, density {link.synapses.density:.2g}, "
            f"{link.synapses.nbytes} bytes as {type(link.synapses).__name__}"
            for link in self.links
        ]
        return "\n".join([str(self.architecture), "Synapses", *lines])

    def _train(self, edge: Edge, x: ArrayLike, y: ArrayLike) -> None:
        lesson = edge_lesson(self.architecture, edge, self.contents.edges[edge.label], x, y)
        lesson.learn()
        self.lessons += 1
        source = self.architecture.nodes[edge.source]
        if source.values == "01" and source.activity is None:
            self.contents.taught[edge.label].add(lesson.pre)
