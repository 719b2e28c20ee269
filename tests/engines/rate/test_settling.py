"""Fixed points and two-cycles: when they are called so, and since when."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at


def start(state: list[float], network: str) -> at.Cue:
    return at.Cue(network, state, stop=10.0, mode="clamped")


def test_two_synchronous_units_swap_for_ever_and_it_is_reported(pair: at.Circuit) -> None:
    run = at.simulate(pair, at.Trial(100.0, [start([1, -1], "pair")]), record="state")
    state = run.get("state", "pair").values[0]
    assert np.array_equal(state[::2], [[1, -1]] * 5)
    assert np.array_equal(state[1::2], [[-1, 1]] * 5)
    assert run.dataset["period"].values.tolist() == [2]


def test_asynchronous_units_agree_where_synchronous_ones_swap() -> None:
    rule = at.Fixed([[0.0, 1.0], [1.0, 0.0]])
    network = at.AttractorNetwork("pair", 2, at.Sign(order="asynchronous"), rule)
    circuit = at.Circuit(at.Architecture([network]))
    run = at.simulate(circuit, at.Trial(100.0, [start([1, -1], "pair")]), record="state")
    assert abs(run.get("state", "pair").values[0, -1].sum()) == 2
    assert run.dataset["period"].values.tolist() == [1]


def test_each_trial_of_a_batch_has_its_own_period(pair: at.Circuit) -> None:
    trials = [at.Trial(100.0, [start(state, "pair")]) for state in ([1, -1], [1, 1])]
    assert at.simulate(pair, trials).dataset["period"].values.tolist() == [2, 1]


def chain() -> at.Circuit:
    """Three units that switch on one after the other and stay on."""
    hold = at.Fixed([[1.0]])
    networks = [at.AttractorNetwork(name, 1, at.Threshold(), hold) for name in "abc"]
    edges = [
        at.Association("a", "b", at.Fixed([[1.0]])),
        at.Association("b", "c", at.Fixed([[1.0]])),
    ]
    return at.Circuit(at.Architecture(networks, edges))


def test_settled_since_the_last_change() -> None:
    run = at.simulate(chain(), at.Trial(100.0, [start([1], "a")]), record="state")
    # a from 10, b from 20, c from 30 ms on
    assert run.get("state", "c").values[0, :4, 0].tolist() == [0, 0, 1, 1]
    assert run.dataset["settled_at"].values.tolist() == [30.0]


def test_nothing_settles_while_an_input_is_still_to_come() -> None:
    cues = [start([1], "a"), at.Cue("c", [0.0], 60.0, 80.0)]
    run = at.simulate(chain(), at.Trial(100.0, cues))
    # the first step without any change of input ends at 90 ms
    assert run.dataset["settled_at"].values.tolist() == [90.0]


def test_a_trial_that_ends_first_has_not_settled() -> None:
    run = at.simulate(chain(), at.Trial(30.0, [start([1], "a")]))
    assert np.isnan(run.dataset["settled_at"].values).all()
    assert run.dataset["period"].values.tolist() == [0]


def test_a_signal_on_its_way_through_a_long_delay_is_waited_for(latch: at.AttractorNetwork) -> None:
    target = at.AttractorNetwork("b", 1, at.Threshold(), at.Fixed([[1.0]]))
    edge = at.Association("latch", "b", at.Fixed([[1.0]]), delay=50.0)
    circuit = at.Circuit(at.Architecture([latch, target], [edge]))
    trial = at.Trial(200.0, [start([1], "latch")])
    run = at.simulate(circuit, trial, at.RateEngine(stop_when_settled=True), record="state")
    assert run.get("state", "b").values[0, -1] == 1
    assert run.dataset["settled_at"].values.tolist() == [60.0]


def test_stopping_early_ends_in_the_state_of_the_full_run() -> None:
    trial = at.Trial(500.0, [start([1], "a")])
    full = at.simulate(chain(), trial, record="state")
    short = at.simulate(chain(), trial, at.RateEngine(stop_when_settled=True), record="state")
    assert len(short.dataset["time"]) < len(full.dataset["time"]) == 50
    for name in "abc":
        assert short.get("state", name)[0, -1] == full.get("state", name)[0, -1]
    assert short.dataset["settled_at"].equals(full.dataset["settled_at"])


@pytest.mark.parametrize("stop", [True, False])
def test_noise_to_the_end_never_settles(stop: bool, latch: at.AttractorNetwork) -> None:
    trial = at.Trial(100.0, [start([1], "latch")], noise=[at.Noise("latch", 1e-3)])
    engine = at.RateEngine(stop_when_settled=stop)
    run = at.simulate(at.Circuit(at.Architecture([latch])), trial, engine)
    assert len(run.dataset["time"]) == 10
    assert run.dataset["period"].values.tolist() == [0]


def test_temperature_is_no_fixed_point_by_chance() -> None:
    # A hot unit that is held by a strong field repeats itself, yet may leave at any step.
    network = at.AttractorNetwork("n", 1, at.Sign(temperature=0.5))
    circuit = at.Circuit(at.Architecture([network]))
    trial = at.Trial(200.0, [at.Cue("n", [3.0])])
    run = at.simulate(circuit, trial, at.RateEngine(stop_when_settled=True))
    assert run.dataset["period"].values.tolist() == [0]


def test_a_random_order_that_brings_a_state_back_makes_no_two_cycle() -> None:
    # one unit follows the other, which flees from it: nothing to settle into, in any order
    rule = at.Fixed([[0.0, 1.0], [-1.0, 0.0]])
    network = at.AttractorNetwork("n", 2, at.Sign(order="asynchronous"), rule)
    circuit = at.Circuit(at.Architecture([network]))
    for seed in range(10):
        run = at.simulate(circuit, at.Trial(300.0, [start([1, 1], "n")]), seed=seed)
        assert run.dataset["period"].values.tolist() == [0], seed


def test_a_trial_settles_when_it_does_alone(latch: at.AttractorNetwork) -> None:
    circuit = at.Circuit(at.Architecture([latch]))
    brief = at.Trial(200.0, [at.Cue("latch", [1.0], stop=10.0)])
    long = at.Trial(200.0, [at.Cue("latch", [1.0], stop=150.0)])
    alone = at.simulate(circuit, brief).dataset["settled_at"].values
    together = at.simulate(circuit, [brief, long]).dataset["settled_at"].values
    assert together[0] == alone[0] < 150.0 < together[1]
