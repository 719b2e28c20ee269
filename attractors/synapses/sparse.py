"""Clipped weights as lists of targets, one list a source unit."""

from __future__ import annotations

import copy
import math
import threading
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import kernels, room
from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples, Winners
from attractors.synapses.lists import active_lists
from attractors.synapses.noted import Lesson, Noted, most_synapses
from attractors.synapses.target_lists import ITEM, Lists, TargetLists, spare_for

# synapses that are worth making while nobody asks for them: later, what made them piles up
MANY = 1 << 29
# two that read at once must not both make what was noted
_making = threading.RLock()


class Sparse(Synapses):
    r"""The targets of every source unit as an ascending list, four bytes a synapse.

    For clipped rules. A lesson is noted first: the lists are made when they are next read, of all
    that was noted since, so that patterns that come in portions take as long as all at once. The
    first recall after many lessons makes up for it.

    Lists come in two parts that share nothing: a main one, which may be mapped from a file, and
    what was learned since. New synapses are merged into the second. That is merged into the
    first, in place, once keeping them apart has cost as much as merging them: a memory of S
    synapses that learns s between reads does so about every :math:`\sqrt{2S/s}` times.
    """

    form: ClassVar[str] = "sparse"
    learns_sparse: ClassVar[bool] = True

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self._main, self._recent = TargetLists.empty(shape[1]), TargetLists.empty(shape[1])
        self._spent = 0
        self._noted = Noted()

    @classmethod
    def refusal(cls, rule: Rule) -> str | None:
        """Return why only synapses that are on cannot hold what a rule makes."""
        return None if rule.clipped else f"{type(rule).__name__} makes weights besides 0 and 1"

    @classmethod
    def expected_bytes(cls, rule: Rule, shape: tuple[int, int]) -> int:
        """Return the bytes of where the lists begin and end, in both parts."""
        return 16 * (shape[1] + 1)

    def learn(self, post: Patterns, pre: Patterns, activity: Levels) -> None:
        """Switch on the synapses whose two ends are active in one pair.

        Parameters as in :meth:`Synapses.learn`; patterns may be CSR arrays of ones too.

        Raises
        ------
        MemoryLimitError
            If the new synapses would not fit in memory; nothing is stored then.
        """
        targets = active_lists(post)
        lesson = targets, targets if pre is post else active_lists(pre)
        if not self._fits(self._noted.most + most_synapses(lesson)):
            self._make()
            self._require(lesson)
        self._noted.add(lesson)
        # more synapses than these cannot come of however many lessons
        if self._noted.most >= min(math.prod(self.shape), max(self._made, MANY)):
            self._make()

    def field(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return the raw input (B, n_post) that source states (B, n_pre) cause."""
        indptr, indices, ones = kernels.active_units(states)
        # whole numbers are exact in single precision
        single = ones or states.dtype.itemsize <= 4
        kind: np.dtype[Any] = np.dtype(np.float32 if single else np.float64)
        values = np.ones(len(indices), kind) if ones else states[states != 0].astype(kind)
        field = np.zeros((len(states), self.shape[0]), kind)
        for part in self._parts:
            kernels.add_rows(part.lists, (indptr, indices), values, field)
        return field

    def winners(
        self, indptr: NDArray[np.int64], indices: NDArray[np.int32], k: int, least: float
    ) -> Winners:
        """Return the at most k target units of largest raw field for cues as lists of units."""
        cues = indptr.astype(np.int64, copy=False), indices.astype(np.int32, copy=False)
        return kernels.row_winners(*self.lists, self.shape[0], cues, k, max(math.ceil(least), 1))

    @property
    def lists(self) -> tuple[Lists, Lists]:
        """Targets of each source unit, in two parts that share nothing, until the next lesson."""
        main, recent = self._parts
        return main.lists, recent.lists

    def scale(self, units: int, activity: float) -> float:
        """Return the factor from raw weights to gain 1."""
        return self.rule.factor(units, activity)

    def column(self, unit: int) -> NDArray[Any]:
        """Return the raw weights (n_post,) that leave one source unit."""
        weights = np.zeros(self.shape[0], np.float32)
        for part in self._parts:
            weights[part.of(unit)] = 1
        return weights

    def triples(self) -> Triples:
        """Return post indices, pre indices and raw weights of all non-zero synapses."""
        units = np.arange(self.shape[1])
        pre = np.concatenate([np.repeat(units, np.diff(part.indptr)) for part in self._parts])
        post = np.concatenate([part.targets for part in self._parts]).astype(np.int64)
        return post, pre, np.ones(len(post))

    @property
    def fan_out(self) -> NDArray[np.int64]:
        """Number of non-zero synapses that leave each source unit, (n_pre,)."""
        return np.asarray(sum(np.diff(part.indptr) for part in self._parts))

    @property
    def count(self) -> int:
        """Number of non-zero synapses."""
        return sum(len(part) for part in self._parts)

    @property
    def nbytes(self) -> int:
        """Bytes that the weights take."""
        return sum(part.nbytes for part in self._parts)

    def thinned(self, keep: NDArray[np.bool_]) -> Sparse:
        """Return a copy in which only the chosen non-zero synapses live."""
        main, recent = self._parts
        other = copy.copy(self)
        other._main, other._recent = main.kept(keep[: len(main)]), recent.kept(keep[len(main) :])
        other._noted = Noted()
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the lists, in one part."""
        self._make()
        self._unite()
        self._main.lent = True
        return {"indptr": self._main.indptr, "indices": self._main.targets}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        indptr = np.require(np.asarray(arrays["indptr"]), np.int64, ["C", "A"])
        targets = np.require(np.asarray(arrays["indices"]), np.int32, ["C", "A"])
        self._main = TargetLists(indptr, targets, lent=True)
        self._recent, self._spent = TargetLists.empty(self.shape[1]), 0
        self._noted = Noted()

    def snapshot(self) -> Sparse:
        """Return synapses that stay as these are now; the lists are shared until they change."""
        other = copy.copy(self)
        other._main, other._recent = self._main.shared(), self._recent.shared()
        other._noted = self._noted.shared()
        return other

    @property
    def _parts(self) -> tuple[TargetLists, TargetLists]:
        """Both parts, with all that was noted in them."""
        if self._noted:
            self._make()
        return self._main, self._recent

    @property
    def _made(self) -> int:
        """Number of synapses in the lists, without those that are only noted."""
        return len(self._main) + len(self._recent)

    def _fits(self, synapses: int) -> bool:
        # what is merged with others is there twice for a moment
        return room.fits(ITEM * (2 if self._made else 1) * synapses)

    def _make(self) -> None:
        """Make the synapses of all that was noted."""
        with _making:
            if not self._noted:
                return
            fresh = self._joined(self._noted.together())
            for known in (self._main, self._recent):
                if len(known):
                    fresh = kernels.subtract_rows(fresh, known.lists)
            self._take_in(TargetLists(*fresh))
            # at last: whoever is interrupted can make them again
            self._noted = Noted()

    def _require(self, lesson: Lesson) -> None:
        """Refuse a lesson whose synapses do not fit in memory."""
        _, most = self._bounded(lesson)
        size = ITEM * (2 if self._made else 1) * int(most.sum())
        cure = "store fewer patterns, or use synapses='packed' if there are few units"
        room.require(f"synapses of {self.name!r}", size, cure)

    def _bounded(self, lesson: Lesson) -> tuple[Lists, NDArray[np.int64]]:
        """Return the patterns of each source unit, and at most how many targets it gets."""
        post, pre = lesson
        members = kernels.transpose_lists(pre, self.shape[1])
        most = kernels.most_targets(post, members, self.shape[0])
        if not self._fits(int(most.sum())):
            # patterns that share pairs take less: count them where memory is short
            most = kernels.count_targets(post, members, self.shape[0], self.recurrent)
        return members, most

    def _joined(self, lesson: Lesson) -> Lists:
        """Return the synapses of a lesson, whether they are there already or not."""
        members, most = self._bounded(lesson)
        spare = 0.0 if self._made else spare_for(int(most.sum()))
        return kernels.join_rows(lesson[0], members, self.shape[0], self.recurrent, most, spare)

    def _take_in(self, fresh: TargetLists) -> None:
        """Merge new synapses into the second part, or all into the first where that is due."""
        # where lists begin is written anew whether they change or not
        self._spent += len(self._recent) + len(fresh) + self.shape[1]
        due = self._spent >= len(self._main) + self.shape[1]
        # of two parts of a large memory, none should be copied into the other
        if due and len(fresh) > len(self._recent):
            self._unite()
            self._main.merge(fresh)
            return
        self._recent.merge(fresh)
        if due:
            self._unite()

    def _unite(self) -> None:
        """Merge what was learned since into the main part."""
        self._main.merge(self._recent)
        self._recent, self._spent = TargetLists.empty(self.shape[1]), 0
