"""Clipped weights as lists of targets, one list a source unit."""

from __future__ import annotations

import copy
import math
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from attractors import kernels, room
from attractors.rules import Rule
from attractors.rules.base import Levels, Patterns
from attractors.synapses.base import Synapses, Triples, Winners
from attractors.synapses.lists import active_lists
from attractors.synapses.target_lists import ITEM, Lists, TargetLists, spare_for


class Sparse(Synapses):
    r"""The targets of every source unit as an ascending list, four bytes a synapse.

    For clipped rules. Lists come in two parts that share nothing: a main one, which may be
    mapped from a file, and what was learned since. A lesson is merged into the second. That is
    merged into the first, in place, once keeping them apart has cost as much as merging them: a
    memory of S synapses that learns s at a time does so about every :math:`\sqrt{2S/s}` lessons.
    """

    form: ClassVar[str] = "sparse"
    learns_sparse: ClassVar[bool] = True

    def __init__(self, rule: Rule, shape: tuple[int, int], recurrent: bool, name: str = "") -> None:
        super().__init__(rule, shape, recurrent, name)
        self._main, self._recent = TargetLists.empty(shape[1]), TargetLists.empty(shape[1])
        self._spent = 0

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
        fresh = self._joined(post, pre)
        for known in self._parts:
            if len(known):
                fresh = kernels.subtract_rows(fresh, known.lists)
        self._take_in(TargetLists(*fresh))

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
        parts = self._main.lists, self._recent.lists
        return kernels.row_winners(*parts, self.shape[0], cues, k, max(math.ceil(least), 1))

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
        other, main = copy.copy(self), len(self._main)
        other._main, other._recent = self._main.kept(keep[:main]), self._recent.kept(keep[main:])
        return other

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the lists, in one part."""
        self._unite()
        self._main.lent = True
        return {"indptr": self._main.indptr, "indices": self._main.targets}

    def restore(self, arrays: dict[str, NDArray[Any]]) -> None:
        """Take over what :meth:`arrays` of another instance returned."""
        indptr = np.require(np.asarray(arrays["indptr"]), np.int64, ["C", "A"])
        targets = np.require(np.asarray(arrays["indices"]), np.int32, ["C", "A"])
        self._main = TargetLists(indptr, targets, lent=True)
        self._recent, self._spent = TargetLists.empty(self.shape[1]), 0

    def snapshot(self) -> Sparse:
        """Return synapses that stay as these are now; the lists are shared until they change."""
        other = copy.copy(self)
        other._main, other._recent = self._main.shared(), self._recent.shared()
        return other

    @property
    def _parts(self) -> tuple[TargetLists, TargetLists]:
        return self._main, self._recent

    def _joined(self, post: Patterns, pre: Patterns) -> Lists:
        """Return the synapses of a lesson, whether they are there already or not."""
        targets = active_lists(post)
        members = kernels.transpose_lists(
            targets if pre is post else active_lists(pre), self.shape[1]
        )
        most = kernels.most_targets(targets, members, self.shape[0])
        # what is merged with others is there twice for a moment
        size = ITEM * (2 if self.count else 1)
        if not room.fits(size * int(most.sum())):
            # patterns that share pairs take less: count before refusing them
            most = kernels.count_targets(targets, members, self.shape[0], self.recurrent)
            cure = "store fewer patterns, or use synapses='packed' if there are few units"
            room.require(f"synapses of {self.name!r}", size * int(most.sum()), cure)
        spare = 0.0 if self.count else spare_for(int(most.sum()))
        return kernels.join_rows(targets, members, self.shape[0], self.recurrent, most, spare)

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
