"""One memory on its own, compiled to bare arrays: cues in, resting states out, no recording.

What a trial passes through on the way is what :class:`~attractors.engines.rate.RateEngine`
passes through; nothing is measured or kept of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.circuit import Circuit, Link
from attractors.dynamics import Sign
from attractors.engines.fatigue import Fatigue
from attractors.engines.rate.field import Operator
from attractors.engines.rate.single_cue import SingleCue, least_inputs
from attractors.engines.rate.updates import update
from attractors.errors import UnsupportedError
from attractors.synapses.separation import ROUNDING


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
        self._dynamics, self._synapses = dynamics, link.synapses
        self._signs = type(dynamics) is Sign and _whole(link)
        self._state = np.float64 if dynamics.graded else np.float32
        self._single = SingleCue(self._operator, dynamics, self._state)
        least = least_inputs(dynamics, link.factor) if link.synapses.rule.clipped else None
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
            and not Fatigue.of(dynamics)
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
        return self._single.settle(cue, steps)

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

    def _updated(self, state: NDArray[Any]) -> NDArray[Any]:
        if self._signs:
            return _signs(self._synapses.field(state), state)
        fresh, _ = update(self._dynamics, self._operator.drive(state), state, None)
        return fresh.astype(self._state, copy=False)

    def _winners(self, states: sparse.csr_array) -> sparse.csr_array:
        ends, units, _ = self._synapses.winners(
            states.indptr.astype(np.int64), states.indices, self._k, self._least
        )
        return sparse.csr_array((np.ones(len(units), np.int8), units, ends), shape=states.shape)


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


def _binary(states: NDArray[Any]) -> bool:
    return bool(((states == 0) | (states == 1)).all())


def _equal_rows(one: sparse.csr_array, other: sparse.csr_array) -> NDArray[np.bool_]:
    """Tell which rows of two 0/1 matrices are equal, (B,)."""
    return np.asarray(np.diff(sparse.csr_array(one != other).indptr) == 0)
