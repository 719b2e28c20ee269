"""One memory on its own, compiled to bare arrays: cues in, resting states out, no recording.

What a trial passes through on the way is what :class:`~attractors.engines.rate.RateEngine`
passes through; nothing is measured or kept of it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors import kernels
from attractors.circuit import Circuit, Link
from attractors.dynamics import Dynamics, KWinners, Sign
from attractors.engines.rate.field import Operator
from attractors.engines.rate.updates import update
from attractors.errors import UnsupportedError
from attractors.synapses.separation import ROUNDING, TIE_DECIMALS

# more inputs than a unit can have: nothing is stored, and nothing ever wins
NEVER = 2**31 - 1


class Settler:
    """A circuit of a single memory, ready to settle.

    Parameters
    ----------
    circuit : Circuit
        Of one network with a recurrent memory, for which :meth:`fits` holds. What it stores
        later is not seen.
    """

    def __init__(self, circuit: Circuit) -> None:
        (link,) = circuit.links
        (network,) = circuit.architecture.nodes.values()
        dynamics = network.dynamics
        self._operator = Operator(link, dynamics.blocks, dynamics.count)
        self._dynamics, self._units, self._synapses = dynamics, network.units, link.synapses
        self._signs = type(dynamics) is Sign and _whole(link)
        self._state = np.float64 if dynamics.graded else np.float32
        least = _least(dynamics, link.factor) if link.synapses.rule.clipped else None
        self.lists, self._least = least is not None, least or 0
        self._k = getattr(dynamics, "k", 0)

    @staticmethod
    def fits(circuit: Circuit) -> bool:
        """Tell whether a circuit is one memory whose next state follows from its state alone."""
        nodes = list(circuit.architecture.nodes.values())
        if len(nodes) != 1 or len(circuit.links) != 1 or circuit.links[0].kind != "recurrent":
            return False
        dynamics = nodes[0].dynamics
        return (
            dynamics.temperature == 0
            and dynamics.order == "synchronous"
            and dynamics.time_constant is None
            and not getattr(dynamics, "adaptation", 0.0)
        )

    def settle(self, cue: NDArray[Any], steps: int) -> NDArray[Any]:
        """Return the state (N,) that one cue (N,) settles to.

        Parameters
        ----------
        cue : (N,) real
            Finite.
        steps : int
            Updates at most. Of a two-cycle, one of its two states is returned.
        """
        if self.lists:
            # one cue at a time and at once: what takes a while to load pays
            kernels.load_compiled()
            # the units of booleans are found in a third of the time
            active = (cue != 0).nonzero()[0].astype(np.int32)
            if (cue.take(active) == 1).all():
                state = np.zeros(self._units, self._state)
                state[self._settle_list(active, steps)] = 1
                return state
        return np.asarray(self._settle_row(cue[None].astype(self._state), steps)[0])

    def recall(self, cues: NDArray[Any], steps: int) -> NDArray[Any]:
        """Return the states (B, N) that cues (B, N) settle to, each on its own."""
        if self.lists and _binary(cues):
            found = self.recall_sparse(sparse.csr_array(cues), steps)
            return np.asarray(found.astype(self._state).toarray())
        return self._settle_rows(cues, steps)

    def recall_sparse(self, cues: sparse.csr_array, steps: int) -> sparse.csr_array:
        """Return the states that 0/1 cues settle to, without ever holding a (B, N) array.

        Parameters
        ----------
        cues : (B, N) csr_array
            Ones only, indices sorted.
        steps : int
            Updates at most.

        Raises
        ------
        UnsupportedError
            If the memory needs full states.
        """
        if not self.lists:
            raise UnsupportedError(
                f"{type(self._dynamics).__name__} units with {type(self._synapses.rule).__name__} "
                "synapses settle in full states; give the cues as an array (cues.toarray())."
            )
        now, before = cues, None
        moving, order, settled = np.arange(cues.shape[0]), [], []
        for _ in range(steps):
            fresh = self._winners(now)
            rests = _equal_rows(fresh, now)
            if before is not None:
                rests |= _equal_rows(fresh, before)
            order.append(moving[rests])
            settled.append(fresh[rests])
            if rests.all():
                break
            moving, before, now = moving[~rests], now[~rests], fresh[~rests]
        else:
            order.append(moving)
            settled.append(now)
        whole = sparse.csr_array(sparse.vstack(settled, format="csr"))
        return whole[np.argsort(np.concatenate(order))]

    def _settle_rows(self, cues: NDArray[Any], steps: int) -> NDArray[Any]:
        state = cues.astype(self._state)
        before: NDArray[Any] | None = None
        moving = np.arange(len(state))
        for _ in range(steps):
            now = state if len(moving) == len(state) else state[moving]
            fresh = self._updated(now)
            rests = (fresh == now).all(axis=1)
            if before is not None:
                rests |= (fresh == before).all(axis=1)
            if len(moving) == len(state):
                state = fresh
            else:
                state[moving] = fresh
            if rests.all():
                break
            before, moving = now[~rests], moving[~rests]
        return state

    def _settle_row(self, cue: NDArray[Any], steps: int) -> NDArray[Any]:
        """Settle a batch of one, without looking for those that move on."""
        before = now = cue
        for _ in range(steps):
            fresh = self._updated(now)
            if (fresh == now).all() or (before is not now and (fresh == before).all()):
                return fresh
            before, now = now, fresh
        return now

    def _updated(self, state: NDArray[Any]) -> NDArray[Any]:
        if self._signs:
            return _signs(self._synapses.field(state), state)
        fresh, _ = update(self._dynamics, self._operator.drive(state), state, None)
        return fresh.astype(self._state, copy=False)

    def _settle_list(self, active: NDArray[np.int32], steps: int) -> NDArray[np.int32]:
        """Settle one cue given by its active units, and return those of the state."""
        before = now = active
        for _ in range(steps):
            ends = np.array([0, len(now)])
            _, fresh, _ = self._synapses.winners(ends, now, self._k, self._least)
            if _same(fresh, now) or (before is not now and _same(fresh, before)):
                return fresh
            before, now = now, fresh
        return now

    def _winners(self, states: sparse.csr_array) -> sparse.csr_array:
        ends, units, _ = self._synapses.winners(
            states.indptr.astype(np.int64), states.indices, self._k, self._least
        )
        return sparse.csr_array((np.ones(len(units), np.int8), units, ends), shape=states.shape)


def _least(dynamics: Dynamics, factor: float) -> int | None:
    """Return the least count of active inputs that lets a unit win, if winners are all it takes."""
    if not isinstance(dynamics, KWinners) or dynamics.threshold is None or dynamics.threshold < 0:
        return None
    if factor == 0:
        return NEVER
    # the engine compares rounded fields: try the counts around the quotient
    first = max(math.floor(dynamics.threshold / factor) - 1, 0)
    counts = range(first, first + 4)
    return next(c for c in counts if round(c * factor, TIE_DECIMALS) > dynamics.threshold)


def _whole(link: Link) -> bool:
    """Tell whether the sign of the raw field is that of the field: no small number is rounded."""
    synapses = link.synapses
    return bool(synapses.rule.whole and synapses.bias is None and link.factor > 2.0 * ROUNDING)


def _signs(field: NDArray[Any], state: NDArray[Any]) -> NDArray[Any]:
    """Return the signs of whole fields (B, N); a field of 0 keeps the state."""
    fresh: NDArray[Any] = np.sign(field).astype(state.dtype, copy=False)
    if not fresh.all():
        np.copyto(fresh, state, where=fresh == 0)
    return fresh


def _same(one: NDArray[np.int32], other: NDArray[np.int32]) -> bool:
    return len(one) == len(other) and bool((one == other).all())


def _binary(states: NDArray[Any]) -> bool:
    return bool(((states == 0) | (states == 1)).all())


def _equal_rows(one: sparse.csr_array, other: sparse.csr_array) -> NDArray[np.bool_]:
    """Tell which rows of two 0/1 matrices are equal, (B,)."""
    return np.asarray(np.diff(sparse.csr_array(one != other).indptr) == 0)
