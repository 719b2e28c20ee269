"""Adaptation and depression: against their differential equations, and in a network's field."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import attractors as at
from attractors.engines.fatigue import Fatigue
from attractors.engines.rate import RateEngine

DRIVE = 0.9
TIRED = at.Rate(
    20.0,
    threshold=0.2,
    slope=6.0,
    adaptation=at.Adaptation(0.4, 120.0),
    depression=at.Depression(0.3, 250.0),
)


def lone(dynamics: at.Dynamics, units: int = 1, **more: object) -> at.Circuit:
    return at.Circuit(at.Architecture([at.AttractorNetwork("n", units, dynamics, **more)]))


def states(circuit: at.Circuit, trial: at.Trial, dt: float = 1.0) -> np.ndarray:
    run = at.simulate(circuit, trial, RateEngine(dt=dt), record="state")
    return run.get("state", "n").values[0]


def error_of_a_tired_unit(dt: float) -> float:
    """Largest error of a unit that drives itself, adapts and is depressed."""
    circuit = lone(TIRED, rule=at.Fixed([[0.8]]), self_coupling=True)
    found = states(circuit, at.Trial(400.0, [at.Cue("n", [DRIVE])]), dt)[:, 0]

    def change(_: float, y: np.ndarray) -> list[float]:
        rate, average, left = y
        field = 0.8 * left * rate + DRIVE - 0.4 * average
        answer = 1 / (1 + np.exp(-6.0 * (field - 0.2)))
        # 100 Hz are a tenth of a spike per ms
        used = 0.3 * 0.1 * rate * left
        return [(answer - rate) / 20.0, (rate - average) / 120.0, (1 - left) / 250.0 - used]

    times = np.arange(10, 401, 10)
    exact = solve_ivp(change, (0, 400), [0, 0, 1], t_eval=times, rtol=1e-9, atol=1e-11).y[0]
    return float(np.abs(found - exact).max())


def test_a_tired_unit_follows_the_differential_equations() -> None:
    errors = {dt: error_of_a_tired_unit(dt) for dt in (1.0, 0.5, 0.25)}
    # of first order: halving dt halves the error
    assert errors[0.25] < 0.005, errors
    assert errors[1.0] / errors[0.5] == pytest.approx(2.0, rel=0.15), errors
    assert errors[0.5] / errors[0.25] == pytest.approx(2.0, rel=0.1), errors


def test_what_is_sent_settles_where_use_and_recovery_balance() -> None:
    fatigue = Fatigue(at.Rate(depression=at.Depression(0.5, 800.0)), (1, 3), interval=1.0)
    state = np.array([[0.0, 0.5, 1.0]])
    assert (fatigue.sent(state) == state).all()
    for _ in range(6000):
        fatigue.follow(state)
    balance = 1 / (1 + 0.5 * 0.1 * 800.0 * state)
    assert fatigue.sent(state) == pytest.approx(state * balance, rel=1e-6)


def test_the_tick_does_not_change_what_constant_activity_leaves() -> None:
    dynamics, state = TIRED, np.array([[0.7]])
    fine, coarse = Fatigue(dynamics, (1, 1), 0.5), Fatigue(dynamics, (1, 1), 10.0)
    for _ in range(60):
        fine.follow(state)
    for _ in range(3):
        coarse.follow(state)
    for name, trace in fine.traces.items():
        assert trace == pytest.approx(coarse.traces[name], rel=1e-12), name


@pytest.mark.parametrize("order", ["synchronous", "asynchronous"])
def test_a_unit_falls_silent_when_its_threshold_has_grown_past_its_field(order: str) -> None:
    tau, strength = 80.0, 0.7
    dynamics = at.Threshold(0.5, 0.0, order, adaptation=at.Adaptation(strength, tau))
    found = states(lone(dynamics), at.Trial(200.0, [at.Cue("n", [1.0])]))[:, 0]
    # on while 1 - g (1 - e^(-t / tau)) > 0.5, updates being 10 ms apart
    steps = np.arange(len(found))
    lasts = 1 - strength * (1 - np.exp(-10.0 * steps / tau)) > 0.5
    off = int(np.argmin(lasts))
    assert 1 < off < len(found)
    assert found[:off].all()
    assert found[off] == 0


def test_winners_give_way_to_rested_units_of_a_smaller_field() -> None:
    dynamics = at.KWinners(1, adaptation=at.Adaptation(1.0, 100.0))
    found = states(lone(dynamics, 2), at.Trial(400.0, [at.Cue("n", [1.0, 0.9])]))
    assert found.sum(axis=1).tolist() == [1.0] * 40
    # both take turns, the one with the larger field more often
    assert 20 < found[:, 0].sum() < 30


def test_a_network_that_tires_has_not_settled_while_its_traces_move() -> None:
    dynamics = at.Threshold(0.5, adaptation=at.Adaptation(0.6, 200.0))
    engine = RateEngine(stop_when_settled=True)
    run = at.simulate(lone(dynamics), at.Trial(4000.0, [at.Cue("n", [1.0])]), engine)
    last = run.get("activity", "n").values[0, -1]
    assert last == 0, "stopped in the state that it was about to leave"


def test_depression_weakens_what_others_read_and_not_the_state_itself() -> None:
    tired = at.Rate(5.0, "relu", 0.0, 1.0, depression=at.Depression(0.5, 500.0))
    rested = at.Rate(5.0, "relu", 0.0, 1.0)
    networks = [at.AttractorNetwork("s", 1, tired), at.AttractorNetwork("n", 1, rested)]
    edge = at.Association("s", "n", at.Fixed([[1.0]]))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    run = at.simulate(circuit, at.Trial(5000.0, [at.Cue("s", [1.0])]), record="state")
    balance = 1 / (1 + 0.5 * 0.1 * 500.0)
    assert run.get("state", "s").values[0, -1, 0] == pytest.approx(1.0)
    assert run.get("state", "n").values[0, -1, 0] == pytest.approx(balance, rel=1e-3)
