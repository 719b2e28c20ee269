"""Fields of sources in blocks against a loop over the definition."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.patterns import random_sparse
from attractors.seeding import stream
from attractors.synapses import Dual, Synapses, synapses_for
from attractors.synapses.blockwise import blockwise

BLOCKS, SIZE = 5, 8
UNITS = BLOCKS * SIZE


def learned(rule: at.Rule, recurrent: bool, form: str | None = None) -> Synapses:
    """Synapses whose patterns care nothing for blocks, so that some lie within one."""
    synapses = synapses_for(rule, (UNITS, UNITS), recurrent, forced=form)
    x = random_sparse(12, UNITS, 6, stream(0, "x"))
    synapses.learn(x, x, (6 / UNITS, 6 / UNITS))
    return synapses


def by_definition(matrix: np.ndarray, states: np.ndarray, count: str, apart: bool) -> np.ndarray:
    field = np.zeros((len(states), UNITS))
    for trial, unit, block in np.ndindex(len(states), UNITS, BLOCKS):
        inside = range(block * SIZE, (block + 1) * SIZE)
        sent = [
            matrix[unit, i] * states[trial, i]
            for i in inside
            if states[trial, i] and (not apart or unit // SIZE != block or unit == i)
        ]
        own = apart and unit // SIZE == block
        # units of the own block that are left out count as having no synapse
        silent = [0.0] if own and len(sent) < np.count_nonzero(states[trial, inside]) else []
        field[trial, unit] += max(sent + silent, default=0.0) if count == "max" else sum(sent)
    return field


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("count", ["sum", "max"])
@pytest.mark.parametrize(
    ("rule", "form"),
    [
        (at.Willshaw(), "packed"),
        (at.Willshaw(), "sparse"),
        (at.Covariance(), "dense"),
        (at.Covariance(), "int16"),
        (at.Covariance(), "dual"),
    ],
)
@pytest.mark.parametrize("coupled", [False, True])
def test_the_field_is_that_of_the_definition(rule, form, count, apart, coupled) -> None:
    synapses = learned(rule, not coupled, form)
    rng = stream(1, "s")
    binary = rng.random((6, UNITS)) < 0.2
    for states in (binary.astype(np.float32), binary * rng.random((6, UNITS))):
        found = blockwise(synapses, BLOCKS, count, recurrent=apart)(states)
        wanted = by_definition(synapses.toarray(), states, count, apart)
        assert found == pytest.approx(wanted, abs=1e-5)


def test_a_dual_form_makes_its_weights_once(monkeypatch: pytest.MonkeyPatch) -> None:
    synapses = learned(at.Covariance(), recurrent=True, form="dual")
    made, original = [], Dual.toarray
    monkeypatch.setattr(Dual, "toarray", lambda self: made.append(self) or original(self))
    blockwise(synapses, BLOCKS, recurrent=True)
    assert len(made) == 1


def test_with_one_active_unit_a_block_maxima_are_sums() -> None:
    synapses = learned(at.Covariance(), recurrent=True)
    rng = stream(2, "s")
    states = np.zeros((20, UNITS), np.float32)
    units = rng.integers(0, SIZE, (20, BLOCKS)) + SIZE * np.arange(BLOCKS)
    np.put_along_axis(states, units, 1, axis=1)
    fields = [blockwise(synapses, BLOCKS, c, recurrent=True)(states) for c in ("sum", "max")]
    assert fields[0] == pytest.approx(fields[1], abs=1e-5)


def test_counting_presence_equals_taking_maxima() -> None:
    clipped = learned(at.Willshaw(), recurrent=True)
    fixed = synapses_for(at.Fixed(clipped.toarray()), (UNITS, UNITS), recurrent=True)
    states = (stream(3, "s").random((9, UNITS)) < 0.5).astype(np.float32)
    fields = [blockwise(s, BLOCKS, "max")(states) for s in (clipped, fixed)]
    assert np.array_equal(*fields)
    assert fields[0].max() == BLOCKS


def test_silence_brings_no_field() -> None:
    silent = np.zeros((2, UNITS), np.float32)
    for count in ("sum", "max"):
        field = blockwise(learned(at.Covariance(), True), BLOCKS, count, recurrent=True)(silent)
        assert field.shape == (2, UNITS)
        assert not field.any()


def test_sources_without_blocks_keep_their_own_field() -> None:
    synapses = learned(at.Willshaw(), recurrent=True)
    assert blockwise(synapses, None, "max") == synapses.field
