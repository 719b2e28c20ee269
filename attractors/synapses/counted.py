"""Synapses that keep the count table, and show the weights that follow from it."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import room
from attractors.errors import UnsupportedError
from attractors.rules import Fixed, Rule
from attractors.rules.base import Levels, Patterns
from attractors.rules.counts import SMALL, Counts
from attractors.synapses.base import Synapses, Triples, Winners
from attractors.synapses.choice import form_for, synapses_for
from attractors.synapses.dense import Dense

ROWS = 256


class Counted(Synapses):
    """A count table, seen through a rule in one of the other forms.

    The form is made when it is first needed after a lesson. It equals the one that learned the
    same lessons: bit for bit where weights are whole numbers, to rounding where they are not.

    Parameters
    ----------
    rule, shape, recurrent, name
        As for all synapses.
    view : type of Synapses
        The form in which the weights are shown.
    activity : (float or None, float or None)
        Nominal activity of target and source.
    """

    form: ClassVar[str] = "counted"
    learns_sparse: ClassVar[bool] = True

    def __init__(
        self,
        rule: Rule,
        shape: tuple[int, int],
        recurrent: bool,
        name: str = "",
        *,
        view: type[Synapses] = Dense,
        activity: Levels = (None, None),
    ) -> None:
        super().__init__(rule, shape, recurrent, name)
        self.counts = Counts.empty(shape, recurrent)
        self._form = view
        self._activity = activity
        self._view: Synapses | None = None

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why the weights are no view of counts."""
        return None if rule.counted else f"{type(rule).__name__} does not rest on counts"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of an empty table; that of large 0/1 networks is compressed."""
        size = shape[0] * shape[1]
        return 4 * size if size <= SMALL or rule.values != "01" else 4 * (shape[0] + 1)

    @property
    def view(self) -> Synapses:
        """The weights, in the form that was chosen for them."""
        if self._view is None:
            self._view = self._form(self.rule, self.shape, self.recurrent, self.name)
            _show(self._view, self.rule.from_counts(self.counts, self._activity), self._activity)
        return self._view

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Count pattern pairs, (P, n_post) and (P, n_pre)."""
        self._keep(self.counts + self._lesson(post, pre))

    def unlearn(self, post: Patterns, pre: Patterns) -> None:
        """Take pattern pairs out of the table again, exactly.

        Raises
        ------
        PatternError
            If a count would fall below 0; nothing is changed then.
        """
        self._keep(self.counts - self._lesson(post, pre))

    def merged(self, other: Counted) -> Counted:
        """Return synapses that have learned what either has."""
        both = copy.copy(self)
        both._keep(self.counts + other.counts)
        return both

    def seen_by(self, rule: Rule, view: type[Synapses]) -> Counted:
        """Return the same table, seen through another rule and form."""
        other = Counted(
            rule, self.shape, self.recurrent, self.name, view=view, activity=self._activity
        )
        other._keep(self.counts)
        return other

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        return self.view.field(states)

    def winners(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32], k: int, least: float
    ) -> Winners:
        """Return the at most k target units of largest raw field for cues as lists of units."""
        return self.view.winners(indptr, indices, k, least)

    @property
    def bias(self) -> NDArray[Any] | None:
        """What is added to the raw field of every target unit."""
        return self.view.bias

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        return self.view.scale(units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        return self.view.column(unit)

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        return self.view.triples()

    def toarray(self) -> NDArray[Any]:
        """Return the raw weights as a full matrix (n_post, n_pre)."""
        return self.view.toarray()

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        return self.view.fan_out

    @property
    def nbytes(self) -> int:
        """Bytes that the table and the weights take."""
        return self.counts.nbytes + self.view.nbytes

    @property
    def event_bytes(self) -> float:
        """Bytes of weights that one synaptic event reads."""
        return self.view.event_bytes

    def thinned(self, keep: NDArray[np.bool_]) -> Synapses:
        """Return weights alone, in which only the chosen synapses live; counts cannot say that."""
        return self.view.thinned(keep)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the table."""
        counts, pairs = self.counts, self.counts.pairs
        ends = {"post": counts.post, "pre": counts.pre, "stored": np.array(counts.stored)}
        if not sparse.issparse(pairs):
            return {"pairs": pairs, **ends}
        return {"data": pairs.data, "indices": pairs.indices, "indptr": pairs.indptr, **ends}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        pairs: Any = arrays.get("pairs")
        if pairs is None:
            entries = arrays["data"], arrays["indices"], arrays["indptr"]
            pairs = sparse.csr_array(entries, shape=self.shape)
        ends, stored = (arrays["post"], arrays["pre"]), int(arrays["stored"])
        self._keep(Counts(pairs, *ends, stored, self.recurrent))

    def _lesson(self, post: Patterns, pre: Patterns) -> Counts:
        """Return the table of a lesson, and refuse one that would not fit in memory."""
        pairs = int(((post > 0).sum(axis=1) * (pre > 0).sum(axis=1)).sum())
        # compressed, an entry takes its place and its number
        size = 4 * min(self.shape[0] * self.shape[1], 2 * pairs)
        room.require(f"counts of {self.name!r}", size, "store fewer patterns at once, or sparser")
        return Counts.of(post, pre)

    def _keep(self, counts: Counts) -> None:
        self.counts, self._view = counts, None


def counted_for(
    rule: Rule,
    shape: tuple[int, int],
    recurrent: bool,
    name: str = "",
    forced: str | None = None,
    activity: Levels = (None, None),
    *,
    graded: bool = False,
) -> Synapses:
    """Return an empty count table for a rule, shown in the form that suits it or is forced.

    Fixed weights learn nothing; they are held as they are.

    Raises
    ------
    UnsupportedError
        If the rule does not rest on counts, or the form cannot show what follows from them.
    MemoryLimitError
        If table and weights would not fit in memory.
    """
    if isinstance(rule, Fixed):
        return synapses_for(rule, shape, recurrent, name, forced)
    owner = f"synapses of {name!r}"
    view = view_for(rule, shape, owner, forced, graded=graded, activity=activity)
    size = Counted.expected_bytes(rule, shape) + view.expected_bytes(rule, shape)
    room.require(owner, size, "use keep='weights'")
    return Counted(rule, shape, recurrent, name, view=view, activity=activity)


def view_for(
    rule: Rule,
    shape: tuple[int, int],
    owner: str,
    forced: str | None = None,
    *,
    graded: bool = False,
    activity: Levels = (None, None),
) -> type[Synapses]:
    """Return the form that shows the weights which a rule makes of counts.

    Raises
    ------
    UnsupportedError
        If the rule does not rest on counts, or the form that is forced cannot show them.
    """
    refusal = Counted.refusal(rule)
    if refusal is not None:
        raise UnsupportedError(
            f"{owner}: keep='counts' cannot hold them, for {refusal}; use keep='weights', or a "
            "rule such as Willshaw(), Covariance() or Hebbian()."
        )
    form, _ = form_for(rule, shape, forced, owner, graded=graded, activity=activity)
    if rule.clipped or issubclass(form, Dense):
        return form
    if forced is None:
        return Dense
    raise UnsupportedError(
        f"{owner}: synapses={forced!r} cannot show graded weights that follow from counts; use "
        "'dense', or keep='weights'."
    )


def _show(view: Synapses, weights: Any, activity: Levels) -> None:
    """Put what follows from counts into an empty form: weights, or all that the rule holds."""
    if isinstance(weights, dict):
        matrix = np.array(view.rule.matrix(weights))
        if view.recurrent:
            np.fill_diagonal(matrix, 0)
        view.restore({**weights, "matrix": matrix})
        return
    if isinstance(view, Dense):
        full = weights.toarray() if sparse.issparse(weights) else weights
        view.restore({"weights": full})
        return
    # each row is taught as a pair: one target unit alone and the source units that reach it
    targets = sparse.eye_array(view.shape[0], dtype=np.int8, format="csr")
    if view.learns_sparse:
        view.learn(targets, sparse.csr_array(weights, dtype=np.int8), activity)
        return
    for start in range(0, view.shape[0], ROWS):
        rows = slice(start, start + ROWS)
        sources = weights[rows].toarray() if sparse.issparse(weights) else weights[rows]
        used = sources.any(axis=1)
        if used.any():
            view.learn(targets[rows].toarray()[used], sources[used].astype(np.int8), activity)
