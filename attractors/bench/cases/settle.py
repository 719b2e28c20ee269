"""One cue through ``Memory.settle``: what is spent around the kernels that it calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors import kernels
from attractors.bench.case import Case, Size
from attractors.bench.row import Bound, Row, Spread
from attractors.bench.table import with_unit
from attractors.bench.timing import Pace, Work, paired
from attractors.dynamics import Dynamics, KWinners, Sign, Softmax
from attractors.memory import Memory
from attractors.patterns import random_signs, random_sparse
from attractors.rules import Covariance, Hebbian, KeyValue, Rule, Willshaw
from attractors.seeding import stream
from attractors.synapses import Synapses
from attractors.synapses.integers import Int16
from attractors.synapses.packed import Packed
from attractors.synapses.sparse import Sparse

# pairs in the place of one
FINER = 20
# the kernel of one update of a state (N,), on arrays that are ready for it: compiled code alone
# from a list of active units to the next, or the product with the weights or the keys
Update = Callable[[Synapses, NDArray[Any], Size], Work]


def measure(size: Size, pace: Pace) -> Iterator[Row]:
    """Measure each form: settle, beside the bare kernels of the updates that it takes."""
    for one in FORMS:
        memory, cue = one.filled(size)
        synapses = memory.circuit.links[0].synapses
        steps = [one.update(synapses, state, size) for state in updated(memory, cue)]

        def bare(steps: list[Work] = steps) -> None:
            for step in steps:
                step()

        def settle(memory: Memory = memory, cue: NDArray[Any] = cue) -> NDArray[Any]:
            return memory.settle(cue)

        # one row keeps no two threads busy, and how long they wait for each other is no overhead
        with kernels.one_blas_thread():
            ours, theirs = paired(settle, bare, finer(pace))
        yield Row(
            f"{one.form}: settle above its {len(steps)} kernel calls",
            Spread.of(ours - theirs),
            bound=Bound(20e-6, "most"),
            note=f"settle {with_unit(float(np.median(ours)), 's')}, "
            f"kernels {with_unit(float(np.median(theirs)), 's')}",
        )


def finer(pace: Pace) -> Pace:
    """Return a pace of as much time in more and shorter pairs.

    Ten microseconds in two hundred are less than a machine drifts in a tenth of a second.
    """
    return Pace(FINER * pace.pairs, pace.least / FINER)


def updated(memory: Memory, cue: NDArray[Any]) -> list[NDArray[Any]]:
    """Return the states that are updated until one comes out as it went in, the cue first."""
    states = [cue]
    while True:
        fresh = memory.recall(states[-1], steps=1)
        if np.array_equal(fresh, states[-1]):
            return states
        states.append(fresh)


@dataclass(frozen=True)
class Form:
    """A memory in one form, and the kernel of its updates.

    Parameters
    ----------
    form : str
        Name of the form.
    rule : Rule
        What it stores by.
    update : callable
        Returns the kernel of one update.
    """

    form: str
    rule: Rule
    update: Update

    def filled(self, size: Size) -> tuple[Memory, NDArray[np.int8]]:
        """Return a memory with patterns stored, and a cue: half of one or a tenth flipped."""
        generator = stream(0, "bench", "settle")
        dynamics: Dynamics
        if self.rule.values == "01":
            units, dynamics = size["units"], KWinners(size["k"])
            patterns = random_sparse(size["patterns"], units, size["k"], generator)
            cue = patterns[0].copy()
            cue[np.flatnonzero(cue)[::2]] = 0
        else:
            units, dynamics = size["signs"], Sign()
            patterns = random_signs(size["few"], units, generator)
            cue = patterns[0] * np.where(np.arange(units) % 10, 1, -1).astype(np.int8)
        memory = Memory(units, dynamics, self.rule, synapses=self.form)
        memory.store(patterns)
        return memory, cue


def packed(synapses: Synapses, state: NDArray[Any], size: Size) -> Work:
    """Return the counting of one cue, bit by bit, and the choice of winners."""
    from attractors.kernels.fast.settle import packed_loop

    assert isinstance(synapses, Packed)
    units, count = _list(state)
    asked = units, count, size["k"], 0, 1, np.zeros(len(state), np.float32)
    return partial(packed_loop, synapses.bits, *asked)


def sparse(synapses: Synapses, state: NDArray[Any], size: Size) -> Work:
    """Return the search of the targets of one cue."""
    from attractors.kernels.fast.rows import workspace
    from attractors.kernels.fast.settle import rows_loop

    assert isinstance(synapses, Sparse)
    (main, recent), (room, count) = synapses.lists, _list(state)
    table, counts, found = workspace(len(state))
    fresh = np.zeros(len(state), np.float32)
    asked: list[Any] = [room, count, size["k"], 1, 1, table, counts, found, fresh]
    return partial(rows_loop, *main, *recent, *asked)


def int16(synapses: Synapses, state: NDArray[Any], size: Size) -> Work:
    """Return the sum of the rows of one cue, scaled and rounded, and the choice of winners."""
    from attractors.kernels.fast.settle import table_loop

    assert isinstance(synapses, Int16)
    fresh, factor = np.zeros(len(state), np.float32), synapses.scale(len(state), 0.5)
    asked = *synapses.centring(), *_list(state), factor, size["k"], 0.0, 1, fresh
    return partial(table_loop, synapses.table.values, *asked)


def dense(synapses: Synapses, state: NDArray[Any], size: Size) -> Work:
    """Return the product of weights and one state."""
    row = state[None].astype(np.float32)
    return partial(np.matmul, row, synapses.toarray().astype(np.float32, copy=False).T)


def dual(synapses: Synapses, state: NDArray[Any], size: Size) -> Work:
    """Return the answer of all keys to one state."""
    from attractors.kernels.fast.settle_pairs import answer

    assert isinstance(synapses.rule, KeyValue)
    assert isinstance(synapses.rule.separation, Softmax)
    # in the type that multiplies: making it of the keys is no part of the product
    keys = synapses.arrays()["keys"].astype(np.float64)
    beta = synapses.rule.separation.beta
    return partial(answer, keys, keys, beta, True, state.astype(np.float32))


def _list(state: NDArray[Any]) -> tuple[NDArray[np.int32], int]:
    from attractors.kernels.fast.settle import listed

    return listed(state)


FORMS = (
    Form("packed", Willshaw(), packed),
    Form("sparse", Willshaw(), sparse),
    Form("int16", Covariance(), int16),
    Form("dense", Hebbian(), dense),
    Form("dual", KeyValue(Softmax(1.0)), dual),
)

CASE = Case(
    "settle",
    "one cue through settle: overhead above the kernels",
    measure,
    full={"units": 4096, "k": 32, "patterns": 4000, "signs": 1024, "few": 100},
    quick={"units": 512, "k": 8, "patterns": 100, "signs": 256, "few": 20},
)
