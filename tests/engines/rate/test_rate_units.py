"""Units in continuous time against analysis and against an ODE solver."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import attractors as at

SINGLE = 1e-6  # recordings are in single precision
PHI = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "tanh": np.tanh,
}
WEIGHTS = np.array([[1.2, -1.5], [1.4, 0.9]])
DRIVE = np.array([0.6, 0.1])


def states(circuit: at.Circuit, trial: at.Trial, network: str, dt: float = 1.0) -> np.ndarray:
    run = at.simulate(circuit, trial, at.RateEngine(dt=dt), record="state")
    return run.get("state", network).values[0].astype(float)


@pytest.mark.parametrize("dt", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("response", sorted(PHI))
def test_a_constant_drive_is_approached_exponentially(response: str, dt: float) -> None:
    dynamics = at.Rate(25.0, response, threshold=0.2, slope=3.0)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 3, dynamics)]))
    cue = np.array([-0.5, 0.4, 1.1])
    found = states(circuit, at.Trial(120.0, [at.Cue("n", cue)]), "n", dt)
    time = np.arange(10.0, 121.0, 10.0)[:, None]
    goal = PHI[response](3.0 * (cue.astype(np.float32) - 0.2))
    # exact for a constant drive, whatever dt
    assert found == pytest.approx(goal * (1 - np.exp(-time / 25.0)), abs=SINGLE)


def test_a_drive_that_ends_decays_exponentially() -> None:
    dynamics = at.Rate(15.0, "relu", threshold=0.0, slope=1.0)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 1, dynamics)]))
    found = states(circuit, at.Trial(100.0, [at.Cue("n", [1.0], stop=40.0)]), "n")[:, 0]
    peak = 1 - np.exp(-40 / 15)
    assert found[3] == pytest.approx(peak, abs=SINGLE)
    assert found[4:] == pytest.approx(peak * np.exp(-np.arange(10, 61, 10) / 15), abs=SINGLE)


def coupled() -> at.Circuit:
    """Two units that turn around each other."""
    dynamics = at.Rate(20.0, "tanh", threshold=0.0, slope=1.0)
    network = at.AttractorNetwork("n", 2, dynamics, at.Fixed(WEIGHTS))
    return at.Circuit(at.Architecture([network]))


def error_of_coupled(dt: float) -> float:
    trial = at.Trial(100.0, [at.Cue("n", DRIVE)])
    exact = solve_ivp(
        lambda _, r: (-r + np.tanh(WEIGHTS @ r + DRIVE)) / 20.0,
        (0, 100),
        [0, 0],
        t_eval=np.arange(10, 101, 10),
        rtol=1e-10,
        atol=1e-12,
    ).y.T
    return float(np.abs(states(coupled(), trial, "n", dt) - exact).max())


def test_coupled_units_follow_the_differential_equation() -> None:
    errors = {dt: error_of_coupled(dt) for dt in (1.0, 0.5, 0.25)}
    # Exponential Euler is of first order: halving dt halves the error, give or take second order.
    assert errors[0.25] < 0.02, errors
    assert errors[1.0] / errors[0.5] == pytest.approx(2.0, rel=0.15), errors
    assert errors[0.5] / errors[0.25] == pytest.approx(2.0, rel=0.1), errors


def test_a_delayed_edge_follows_the_delay_differential_equation() -> None:
    dynamics = at.Rate(20.0, "sigmoid", threshold=0.5, slope=4.0)
    networks = [at.AttractorNetwork(name, 1, dynamics) for name in "ab"]
    edge = at.Association("a", "b", at.Fixed([[0.9]]), delay=30.0)
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    found = states(circuit, at.Trial(150.0, [at.Cue("a", [1.0])]), "b", dt=0.1)[:, 0]
    source = PHI["sigmoid"](4.0 * 0.5)

    def change(t: float, r: np.ndarray) -> np.ndarray:
        past = source * (1 - np.exp(-max(t - 30.0, 0.0) / 20.0))
        return (-r + PHI["sigmoid"](4.0 * (0.9 * past - 0.5))) / 20.0

    exact = solve_ivp(change, (0, 150), [0], t_eval=np.arange(10, 151, 10), rtol=1e-9, max_step=1.0)
    # dt / 2 times the largest second derivative, about 1 / 20 ms per time constant
    assert np.abs(found - exact.y[0]).max() < 0.1 / 20.0


def test_graded_and_discrete_networks_mix() -> None:
    networks = [
        at.AttractorNetwork("graded", 4, at.Rate(10.0)),
        at.AttractorNetwork("winner", 4, at.KWinners(1)),
    ]
    edge = at.Association("graded", "winner", at.Fixed(np.eye(4)))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    trial = at.Trial(60.0, [at.Cue("graded", [0.1, 0.4, 0.9, 0.2])])
    run = at.simulate(circuit, trial, record="state")
    assert run.get("state", "winner").values[0, -1].tolist() == [0, 0, 1, 0]
    assert set(np.unique(run.get("state", "winner").values)) == {0.0, 1.0}


def test_a_rate_memory_of_each_alphabet_completes_half_a_pattern() -> None:
    pattern = np.zeros((1, 80), np.int8)
    pattern[0, :10] = 1
    for dynamics, stored in [
        (at.Rate(), pattern),
        (at.Rate(response="tanh", threshold=0.0), 2 * pattern - 1),
    ]:
        memory = at.AttractorNetwork(
            "n", 80, dynamics, at.Willshaw() if dynamics.values == "01" else at.Hebbian()
        )
        circuit = at.Circuit(at.Architecture([memory]))
        circuit.store(n=stored)
        cue = stored * (np.arange(80) % 2)
        run = at.simulate(circuit, at.Trial(300.0, [at.Cue("n", cue[0], stop=100.0, strength=2.0)]))
        assert run.winner("n").tolist() == [0], dynamics
