"""One cue settles alone as it does in a batch, and as the engine lets it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import attractors as at
from attractors.engines.rate.single_cue import NEVER, least_inputs
from attractors.kernels.plain.settle_step import DECIMALS
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream
from attractors.synapses.separation import TIE_DECIMALS

UNITS = 60
WINNERS = (
    (at.Willshaw(), ("packed", "sparse", "dense", "int8")),
    (at.Covariance(), ("int16", "int8", "dense", "dual")),
    (at.AmitFusi(), ("int8",)),
    (at.BCPNN(), ("dense",)),
    (at.KeyValue(at.Softmax(0.5)), ("dual",)),
    (at.KeyValue(at.Exponential()), ("dual",)),
)
FORMS = [(rule, form) for rule, forms in WINNERS for form in forms]
SIGNS = [
    (at.Hebbian(), "dense"),
    (at.Hebbian(), "int16"),
    (at.PseudoInverse(), "dense"),
    (at.KeyValue(at.Softmax(0.1)), "dual"),
    (at.KeyValue(at.Exponential(), normalise=True), "dual"),
]


def stepwise(memory: at.Memory, cue: NDArray[Any], steps: int) -> NDArray[Any]:
    """What the engine leaves behind: updates one by one until a state is one of the last two."""
    engine, states = at.RateEngine(), [np.asarray(cue, np.float64)]
    for _ in range(steps):
        trial = at.Trial(20.0, [at.Cue("memory", states[-1], stop=10.0, mode="clamped")])
        run = at.simulate(memory.circuit, trial, engine, record="state")
        states.append(run.get("state", "memory").values[0, -1])
        if any(np.array_equal(states[-1], state) for state in states[-3:-1]):
            break
    return states[-1]


@pytest.mark.parametrize(("rule", "form"), FORMS, ids=str)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_winners_settle_as_in_a_batch(rule: at.Rule, form: str, data: st.DataObject) -> None:
    k = data.draw(st.sampled_from([1, 4, 10, UNITS]))
    threshold = data.draw(st.sampled_from([0.0, 0.3, None, -0.2]))
    dynamics = at.KWinners(k, threshold=threshold)
    memory = at.Memory(UNITS, dynamics, rule, synapses=form)
    generator = stream(data.draw(st.integers(0, 2**20)), "p")
    for _ in range(data.draw(st.integers(0, 2))):
        if k < UNITS:
            memory.store(random_sparse(data.draw(st.integers(1, 40)), UNITS, k, generator))
    cues = generator.random((4, UNITS)) < np.array([0.0, 0.1, 0.4, 1.0])[:, None]
    for steps in (0, 1, 2, 50):
        for cue, state in zip(cues, memory.recall(cues, steps=steps), strict=True):
            np.testing.assert_array_equal(memory.settle(cue, steps=steps), state)


@pytest.mark.parametrize(("rule", "form"), SIGNS, ids=str)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**20), count=st.integers(1, 40))
def test_signs_settle_as_in_a_batch(rule: at.Rule, form: str, seed: int, count: int) -> None:
    generator = stream(seed, "p")
    memory = at.Memory(UNITS, at.Sign(), rule, synapses=form)
    patterns = random_signs(count, UNITS, generator)
    memory.store(patterns)
    # whatever is unknown has no sign to begin with, and keeps none while its field is 0
    cues = generator.choice([-1, 0, 1], (4, UNITS))
    cues[0] = patterns[0]
    for steps in (0, 1, 2, 50):
        for cue, state in zip(cues, memory.recall(cues, steps=steps), strict=True):
            np.testing.assert_array_equal(memory.settle(cue, steps=steps), state)


@pytest.mark.parametrize(("rule", "form"), FORMS, ids=str)
def test_updates_are_those_of_the_engine(rule: at.Rule, form: str) -> None:
    memory = at.Memory(UNITS, at.KWinners(5), rule, synapses=form)
    generator = stream(1, "p")
    memory.store(random_sparse(30, UNITS, 5, generator))
    for cue in generator.random((6, UNITS)) < 0.1:
        np.testing.assert_array_equal(memory.settle(cue), stepwise(memory, cue, 50))


@pytest.mark.parametrize("form", ["packed", "sparse"])
def test_what_was_stored_since_is_seen(form: str) -> None:
    memory = at.Memory(200, at.KWinners(5), synapses=form)
    patterns = random_sparse(20, 200, 5, stream(0, "p"))
    for pattern in patterns:
        memory.store(pattern)
        cue = pattern.copy()
        cue[np.flatnonzero(pattern)[:2]] = 0
        np.testing.assert_array_equal(memory.settle(cue), pattern)


@pytest.mark.parametrize("cue", [np.eye(6)[0], np.eye(6, dtype=np.float32)[0]])
def test_no_steps_return_a_copy_of_the_cue(cue: NDArray[Any]) -> None:
    for dynamics in (at.KWinners(2), at.Threshold(), at.Sign()):
        state = at.Memory(6, dynamics).settle(cue, steps=0)
        np.testing.assert_array_equal(state, cue)
        assert not np.shares_memory(state, cue)


def test_a_cue_may_lie_in_memory_as_it_likes() -> None:
    memory = at.Memory(6, at.KWinners(3), synapses="packed")
    memory.store([1, 1, 1, 0, 0, 0])
    apart = np.zeros((6, 2))
    apart[:2, 0] = 1
    for cue in (apart[:, 0], apart[::-1, 0][::-1], apart[:, 0].astype(">f4")):
        assert memory.settle(cue).tolist() == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("gain", [0.0, 1e-10, 1e-3])
def test_a_gain_whose_fields_round_to_nothing_leaves_no_winners(gain: float) -> None:
    network = at.AttractorNetwork("memory", 6, at.KWinners(3), at.Willshaw(), gain=gain)
    memory = at.Memory(6, at.KWinners(3))
    memory.circuit = at.Circuit(at.Architecture([network]))
    memory.store([1, 1, 1, 0, 0, 0])
    cue = np.array([1, 1, 0, 0, 0, 0])
    assert memory.settle(cue).sum() == (3 if gain > 1e-9 else 0)
    np.testing.assert_array_equal(memory.settle(cue), memory.recall(cue))


def test_inputs_that_let_a_unit_win() -> None:
    assert least_inputs(at.KWinners(3), 1 / 3) == 1
    # 0.3 is 3 tenths whichever way it is rounded, and three tenths are not above it
    assert least_inputs(at.KWinners(3, threshold=0.3), 0.1) == 4
    assert least_inputs(at.KWinners(3), 0.0) == NEVER
    assert least_inputs(at.KWinners(3, threshold=-0.1), 0.1) is None
    assert least_inputs(at.KWinners(3), 1e-10) is None


def test_the_kernels_round_to_the_decimals_that_decide() -> None:
    assert DECIMALS == TIE_DECIMALS


def test_keys_that_were_stored_since_answer() -> None:
    memory = at.Memory(UNITS, at.Sign(), at.KeyValue(at.Softmax(1.0)))
    for pattern in random_signs(10, UNITS, stream(0, "p")):
        memory.store(pattern)
        np.testing.assert_array_equal(memory.settle(pattern), pattern)
