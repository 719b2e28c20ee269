"""One cue that settles alone: in one compiled call where the synapses have a kernel for that."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property, partial, singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import kernels
from attractors.dynamics import Dynamics, Exponential, KWinners, Sign, Softmax
from attractors.engines.rate.field import Operator
from attractors.engines.rate.updates import update
from attractors.synapses import Synapses
from attractors.synapses.dense import Dense
from attractors.synapses.dual import Dual
from attractors.synapses.integers import Integers
from attractors.synapses.packed import Packed
from attractors.synapses.separation import ROUNDING, TIE_DECIMALS
from attractors.synapses.sparse import Sparse

State = NDArray[Any]
# from a cue (N,) and a number of steps to the last state, or None if full states are needed
Loop = Callable[[State, int], State | None]
# keys, values, what their similarities are multiplied by, whether the weights sum to 1
Answer = tuple[State, State, float, bool]
Reader = Callable[[State], State]
# from the raw field, the state and the one before it to the next state, which it writes into the
# last; tells whether that is one of the two
Step = Callable[[State, State, State, State], bool]

# more inputs than a unit can have: nothing is stored, and nothing ever wins
NEVER = 2**31 - 1


class SingleCue:
    """The way of one state, an update at a time, without looking for those of others.

    Parameters
    ----------
    operator : Operator
        The memory as it acts on states.
    dynamics : Dynamics
        How the units update.
    kind : type
        What states are made of.
    """

    def __init__(self, operator: Operator, dynamics: Dynamics, kind: type[Any]) -> None:
        self._operator, self._dynamics, self._kind = operator, dynamics, kind
        link = operator.link
        self._raw = _reader(operator, np.dtype(kind)) or operator.raw
        self._loop: Loop | None = None
        # a dynamics derived from it may have an update of its own
        if type(dynamics) is Sign:
            self._loop = _signs(operator)
        elif isinstance(dynamics, KWinners) and type(dynamics) is KWinners:
            self._loop = loop(link.synapses, dynamics, link.factor)

    @cached_property
    def _step(self) -> Step | None:
        # not before it is needed: what it calls takes a while to load
        return _step(self._dynamics, self._operator.link.factor)

    def settle(self, cue: State, steps: int) -> State:
        """Return the state (N,) that one cue (N,) settles to, in ``steps`` updates at most."""
        if self._loop is not None:
            state = self._loop(cue, steps)
            if state is not None:
                return state
        before = now = np.ascontiguousarray(cue, self._kind)
        for _ in range(steps):
            fresh, rests = self._updated(now, before)
            before, now = now, fresh
            if rests:
                break
        # a cue that was not updated may be the caller's own array
        return now.copy() if now is cue else now

    def _updated(self, now: State, before: State) -> tuple[State, bool]:
        """Return the next state, and whether it is one of the last two."""
        step = self._step
        if step is not None:
            fresh = np.empty_like(now)
            return fresh, step(self._raw(now[None])[0], now, before, fresh)
        rows, _ = update(self._dynamics, self._operator.drive(now[None]), now[None], None)
        fresh = rows[0].astype(self._kind, copy=False)
        return fresh, bool((fresh == now).all() or (fresh == before).all())


def _reader(operator: Operator, kind: np.dtype[Any]) -> Reader | None:
    """Return the raw input of states of a type without what is between; ``None`` for the long way.

    Between are the bias, which keys and values do not have, and blocks.
    """
    synapses = operator.link.synapses
    if isinstance(synapses, Dual):
        return synapses.reader()
    plain = synapses.bias is None and operator.whole
    return synapses.reader(kind) if plain and isinstance(synapses, Dense) else None


def _signs(operator: Operator) -> Loop | None:
    """Return the compiled loop of signs, for a full matrix of whole numbers and for softmax."""
    synapses, factor = operator.link.synapses, float(operator.link.factor)
    if isinstance(synapses, Dual):
        answer = _softmax(synapses)
        return (
            None if answer is None else _pairs(kernels.settle_pair_signs, answer, factor, ROUNDING)
        )
    if not isinstance(synapses, Dense) or not operator.whole or synapses.bias is not None:
        return None
    if not synapses.rule.whole or synapses.weights.dtype != np.float32:
        return None
    weights = np.ascontiguousarray(synapses.weights)

    def settle(cue: State, steps: int) -> State:
        return kernels.settle_signs(weights, factor, ROUNDING, np.asarray(cue, np.float32), steps)

    return settle


def _softmax(synapses: Dual) -> Answer | None:
    """Return keys, values, β and whether weights sum to 1, if few and separated by exponentials."""
    pairs, separation = synapses.few(), getattr(synapses.rule, "separation", None)
    if pairs is None:
        return None
    if type(separation) is Softmax:
        sharp, shared = separation.beta, True
    elif type(separation) is Exponential:
        sharp, shared = 1.0, False
    else:
        return None
    keys, values = (np.ascontiguousarray(rows, np.float64) for rows in pairs[:2])
    return keys, values, sharp * pairs.scale, shared


def _pairs(kernel: Callable[..., State], answer: Answer, *chosen: float) -> Loop:
    return lambda cue, steps: kernel(*answer, *chosen, np.asarray(cue, np.float32), steps)


def least_inputs(dynamics: Dynamics, factor: float) -> int | None:
    """Return how many active inputs let a unit win, ``None`` if a count alone does not tell.

    Parameters
    ----------
    dynamics : Dynamics
        Of units whose synapses are all 0 or 1.
    factor : float
        What an active input adds to the field.
    """
    if not isinstance(dynamics, KWinners) or type(dynamics) is not KWinners:
        return None
    if dynamics.threshold is None or dynamics.threshold < 0:
        return None
    if factor == 0:
        return NEVER
    # of counts that differ by one the fields, too, have to differ once they are rounded
    if factor <= 2.0 * ROUNDING:
        return None
    # the engine compares rounded fields: try the counts around the quotient
    first = max(math.floor(dynamics.threshold / factor) - 1, 0)
    counts = range(first, first + 4)
    return next(c for c in counts if round(c * factor, TIE_DECIMALS) > dynamics.threshold)


@singledispatch
def loop(synapses: Synapses, dynamics: KWinners, factor: float) -> Loop | None:
    """Return the compiled loop of k winners for a form of synapses, ``None`` if it has none."""
    return None


@loop.register
def _packed(synapses: Packed, dynamics: KWinners, factor: float) -> Loop | None:
    least = least_inputs(dynamics, factor)
    if least is None:
        return None
    k = dynamics.k
    return lambda cue, steps: kernels.settle_packed(synapses.bits, cue, k, least, steps)


@loop.register
def _sparse(synapses: Sparse, dynamics: KWinners, factor: float) -> Loop | None:
    least = least_inputs(dynamics, factor)
    if least is None:
        return None
    # they stay as they are until the next lesson, after which all this is made anew
    rows, k = synapses.lists, dynamics.k
    return lambda cue, steps: kernels.settle_rows(*rows, cue, k, least, steps)


@loop.register
def _table(synapses: Integers, dynamics: KWinners, factor: float) -> Loop | None:
    if synapses.bias is not None:
        return None
    centring, chosen = synapses.centring(), (factor, dynamics.k, dynamics.threshold)
    return lambda cue, steps: kernels.settle_table(
        synapses.table.values, centring, cue, *chosen, steps
    )


@loop.register
def _dual(synapses: Dual, dynamics: KWinners, factor: float) -> Loop | None:
    answer = _softmax(synapses)
    if answer is None:
        return None
    threshold = math.nan if dynamics.threshold is None else float(dynamics.threshold)
    return _pairs(kernels.settle_pair_winners, answer, float(factor), dynamics.k, threshold)


def _step(dynamics: Dynamics, factor: float) -> Step | None:
    """Return the compiled end of an update, ``None`` for dynamics without one."""
    if type(dynamics) is Sign:
        return partial(kernels.next_signs, float(factor), ROUNDING)
    if isinstance(dynamics, KWinners) and type(dynamics) is KWinners:
        threshold = math.nan if dynamics.threshold is None else float(dynamics.threshold)
        return partial(kernels.next_winners, float(factor), dynamics.k, threshold)
    return None
