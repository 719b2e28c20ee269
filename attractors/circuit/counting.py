"""What only a circuit that keeps counts can do: swap rules, merge, and unlearn exactly."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from attractors.architecture.swap import with_rules
from attractors.circuit.book import PatternBook
from attractors.circuit.lesson import Lesson
from attractors.errors import (
    ArchitectureError,
    ParameterError,
    PatternError,
    UnsupportedError,
)
from attractors.rules import Fixed, Rule
from attractors.synapses import Synapses
from attractors.synapses.counted import Counted, view_for

if TYPE_CHECKING:
    from attractors.circuit.circuit import Circuit


def require_counts(circuit: Circuit, what: str) -> None:
    """Refuse what takes count tables where there are none.

    Raises
    ------
    UnsupportedError
        If the circuit keeps weights alone, or some of its synapses do since they were lesioned.
    """
    if circuit.keep != "counts":
        raise UnsupportedError(
            f"{what}: the circuit keeps weights, which do not tell what made them; make it with "
            "Circuit(architecture, keep='counts')."
        )
    for synapses in circuit.contents.synapses.values():
        if not isinstance(synapses, Counted) and not isinstance(synapses.rule, Fixed):
            raise UnsupportedError(
                f"{what}: {synapses.name!r} was lesioned and keeps weights since; {what} the "
                "circuit before it is lesioned."
            )


def swapped(circuit: Circuit, rules: Mapping[str, Rule]) -> Circuit:
    """Return a circuit that has stored the same with other rules; see Circuit.with_rules."""
    require_counts(circuit, "with_rules")
    for name, rule in rules.items():
        if not isinstance(rule, Rule) or isinstance(rule, Fixed):
            raise ParameterError(
                f"with_rules: {name!r} is to get {type(rule).__name__}, which makes no weights of "
                "counts; give a rule such as Covariance(0.02)."
            )
    other = copy.deepcopy(circuit)
    other.architecture = with_rules(circuit.architecture, rules)
    for name, rule in rules.items():
        other.contents.put(name, _seen_by(other, other.contents.synapses[name], name, rule))
    return other


def combined(circuit: Circuit, other: Circuit) -> Circuit:
    """Return a circuit that has stored what either has; see Circuit.merged."""
    require_counts(circuit, "merged")
    require_counts(other, "merged")
    if circuit.architecture != other.architecture:
        raise ArchitectureError(
            "merged: the circuits have different architectures; declare one and make both of it."
        )
    both = copy.deepcopy(circuit)
    for name, synapses in circuit.contents.synapses.items():
        if isinstance(synapses, Counted):
            theirs: Any = other.contents.synapses[name]
            both.contents.put(name, synapses.merged(theirs))
    places = {
        name: both.contents.books[name].add(book.patterns)
        for name, book in other.contents.books.items()
    }
    for name, book in other.contents.taught.items():
        both.contents.taught[name].add(book.patterns)
    both.contents.register = circuit.contents.register.merged(other.contents.register, places)
    both.lessons = circuit.lessons + other.lessons
    return both


def forget(circuit: Circuit, patterns: Mapping[str, Any], lessons: Iterable[Lesson]) -> None:
    """Take rows of patterns out of a circuit again; see Circuit.unlearn.

    Parameters
    ----------
    circuit : Circuit
        Keeps counts, and has stored them.
    patterns : mapping of str to (P, N)
        Checked patterns by network.
    lessons : iterable of Lesson
        What the circuit learned of them.
    """
    for lesson in lessons:
        if isinstance(lesson.synapses, Counted):
            lesson.synapses.unlearn(lesson.post, lesson.pre)
    books, register = circuit.contents.books, circuit.contents.register
    # they are all there, so that nothing is entered
    places = {name: books[name].add(rows) for name, rows in patterns.items()}
    register.leave(patterns, places)
    for name in patterns:
        kept = register.kept(name)
        if not kept.all():
            register.drop(name, kept)
            left = books[name].patterns[kept]
            books[name] = PatternBook(circuit.architecture.nodes[name].units)
            books[name].add(left)


def _seen_by(circuit: Circuit, synapses: Synapses, name: str, rule: Rule) -> Synapses:
    """Return a count table as another rule sees it, after asking the rule whether it may."""
    if not isinstance(synapses, Counted):
        raise UnsupportedError(
            f"with_rules: {name!r} has Fixed weights, which count nothing; declare another rule."
        )
    nodes, links = circuit.architecture.nodes, circuit.architecture.links
    ends = (name, name) if name in nodes else (links[name].target, links[name].source)
    activity = nodes[ends[0]].activity, nodes[ends[1]].activity
    forced = nodes[name].synapses if name in nodes else links[name].synapses
    owner = f"with_rules: {name!r}"
    try:
        rule.check(activity)
        stored = circuit.contents.books[name].patterns if name in nodes else None
        if stored is not None and stored.shape[0]:
            rule.check_patterns(stored, stored, activity)
    except (ParameterError, PatternError) as error:
        raise type(error)(f"{owner}: {error}") from None
    return synapses.seen_by(rule, view_for(rule, synapses.shape, owner, forced, activity=activity))
