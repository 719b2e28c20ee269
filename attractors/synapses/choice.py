"""Which form holds the weights: chosen by rule, size and activity unless the user says which."""

from __future__ import annotations

from attractors import checks, room
from attractors.errors import UnsupportedError
from attractors.rules import Rule
from attractors.rules.base import Levels
from attractors.synapses.base import Synapses
from attractors.synapses.dense import Dense
from attractors.synapses.dual import Dual
from attractors.synapses.integers import Int8, Int16
from attractors.synapses.packed import Packed
from attractors.synapses.sparse import Sparse

FORMS: dict[str, type[Synapses]] = {
    kind.form: kind for kind in (Dense, Sparse, Packed, Int16, Int8, Dual)
}

# synapses; a matrix that is multiplied faster than it is searched
SMALL = 1 << 22
# bytes of single bits: so few are always held, so many never are
PACKED_ALWAYS, PACKED_UP_TO = 16 << 20, 256 << 20
# bits of a synapse that is on in a list
ITEM_BITS = 32


def form_for(
    rule: Rule,
    shape: tuple[int, int],
    forced: str | None = None,
    owner: str = "synapses",
    *,
    graded: bool = False,
    activity: Levels = (None, None),
) -> tuple[type[Synapses], str]:
    """Return the form that holds a rule's weights, and why it was chosen.

    Parameters
    ----------
    rule : Rule
        What makes the weights.
    shape : (int, int)
        Units of target and source.
    forced : str, optional
        Name of the form that the user wants.
    owner : str
        What the synapses belong to, as an error should name it.
    graded : bool
        Whether the states of the source are real numbers, which single bits cannot count.
    activity : (float or None, float or None)
        Nominal activity of target and source, where they prescribe one.

    Raises
    ------
    UnknownNameError
        If there is no form of that name.
    UnsupportedError
        If the form cannot hold what the rule makes.
    """
    if forced is not None:
        form = FORMS[checks.choice(owner, "synapse form", forced, FORMS)]
        refusal = form.refusal(rule)
        if refusal is not None:
            allowed = ", ".join(repr(n) for n, kind in FORMS.items() if kind.refusal(rule) is None)
            raise UnsupportedError(
                f"{owner}: synapses={forced!r} cannot hold the weights, for {refusal}; "
                f"use {allowed}."
            )
        return form, "forced"
    if rule.dual:
        return Dual, "the rule keeps keys and values, and makes no weights"
    if rule.clipped:
        return _of_clipped(rule, shape, graded, activity)
    return Dense, "the rule makes graded weights"


def _of_clipped(
    rule: Rule, shape: tuple[int, int], graded: bool, activity: Levels
) -> tuple[type[Synapses], str]:
    """Return the form for weights of 0 and 1, and why."""
    if graded and shape[0] * shape[1] <= SMALL:
        return Dense, "the source sends graded states, and the whole matrix is small"
    if graded:
        return Sparse, "the rule switches synapses on, and the source sends graded states"
    size = Packed.expected_bytes(rule, shape)
    post, pre = activity
    few = post is not None and pre is not None and shape[0] * post * pre * ITEM_BITS < 1.0
    if size > PACKED_UP_TO:
        return Sparse, "the rule switches synapses on, of which a large network needs few"
    if size > PACKED_ALWAYS and few:
        return Sparse, "as many patterns as units switch on so few synapses that a list is shorter"
    return Packed, "the rule switches synapses on, and one bit each is little"


def synapses_for(
    rule: Rule,
    shape: tuple[int, int],
    recurrent: bool,
    name: str = "",
    forced: str | None = None,
    *,
    graded: bool = False,
    activity: Levels = (None, None),
) -> Synapses:
    """Return empty synapses in the form that suits the rule, or in the one that is forced.

    Parameters are those of :func:`form_for`.

    Raises
    ------
    MemoryLimitError
        If they would not fit in memory; nothing is allocated then.
    """
    owner = f"synapses of {name!r}"
    form, _ = form_for(rule, shape, forced, owner, graded=graded, activity=activity)
    room.require(owner, form.expected_bytes(rule, shape), _smaller(rule, shape))
    return form(rule, shape, recurrent, name)


def _smaller(rule: Rule, shape: tuple[int, int]) -> str:
    """Return in words which forms would fit."""
    fitting = [
        f"synapses={name!r} ({form.expected_bytes(rule, shape):,} bytes)"
        for name, form in FORMS.items()
        if form.refusal(rule) is None and room.fits(form.expected_bytes(rule, shape))
    ]
    other = "fewer units, or a clipped rule such as Willshaw(), which synapses='sparse' holds"
    return f"use {' or '.join(fitting)}" if fitting else f"use {other}"
