"""Lessons that are noted, until somebody asks for the synapses that they make."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from attractors.synapses.lists import Lists

# active units of each pattern: of the targets, and of the sources
Lesson: TypeAlias = tuple[Lists, Lists]

# what keeps a lesson by itself takes about as much as so many synapses
OWN = 64


def most_synapses(lesson: Lesson) -> int:
    """Return how many synapses a lesson makes if no two of its pattern pairs share one.

    Examples
    --------
    >>> units = np.array([0, 2, 3]), np.array([0, 1, 2], np.int32)
    >>> most_synapses((units, units))
    5
    """
    post, pre = lesson
    return int(np.diff(post[0]) @ np.diff(pre[0]))


class Noted:
    """Lessons in the order in which they came, as copies: patterns change in their owner's hands.

    A pattern pair of k active units each is noted in 8k bytes, where its synapses take 4k².
    """

    def __init__(self) -> None:
        self._lessons: list[Lesson] = []
        self._most = 0

    def __len__(self) -> int:
        """Return the number of lessons."""
        return len(self._lessons)

    @property
    def most(self) -> int:
        """Synapses that all lessons make if they share none, and what keeps the lessons."""
        return self._most

    def add(self, lesson: Lesson) -> None:
        """Note one more lesson; its two sides may be one and the same."""
        post, pre = lesson
        held = _copied(post)
        self._lessons.append((held, held if pre is post else _copied(pre)))
        self._most += most_synapses(lesson) + OWN

    def together(self) -> Lesson:
        """Return all as one lesson, which takes their place."""
        if len(self._lessons) > 1:
            post = _behind_each_other([post for post, _ in self._lessons])
            one = all(post is pre for post, pre in self._lessons)
            pre = post if one else _behind_each_other([pre for _, pre in self._lessons])
            self._lessons = [(post, pre)]
        return self._lessons[0]

    def shared(self) -> Noted:
        """Return the same lessons, to which others can be added."""
        other = Noted()
        other._lessons, other._most = self._lessons.copy(), self._most
        return other


def _copied(lists: Lists) -> Lists:
    return lists[0].copy(), lists[1].copy()


def _behind_each_other(parts: list[Lists]) -> Lists:
    sizes = np.concatenate([np.diff(ends) for ends, _ in parts])
    ends = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=ends[1:])
    return ends, np.concatenate([units for _, units in parts])
