"""One update of each dynamics: zero fields, ties, and the statistics of temperature."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at

SIGMAS = 4.5  # a correct frequency fails one check in 150,000


def states(dynamics: at.Dynamics, field: list[float], trials: int, duration: float = 10.0):
    """States (B, N) after ``duration`` of units without links under a constant cue."""
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", len(field), dynamics)]))
    batch = at.Trial.batch(duration, {"n": [field] * trials})
    return at.simulate(circuit, batch, seed=1, record="state").get("state", "n").values[:, -1]


def assert_frequency(found: np.ndarray, probability: float) -> None:
    bound = SIGMAS * np.sqrt(probability * (1 - probability) / found.size)
    assert abs(found.mean() - probability) < bound, (
        f"frequency {found.mean():.4f}, probability {probability:.4f} ± {bound:.4f}"
    )


@pytest.mark.parametrize("order", ["synchronous", "asynchronous"])
@pytest.mark.parametrize("field", [-1.0, 0.0, 0.3, 0.8])
def test_sign_units_follow_the_glauber_probability(field: float, order: str) -> None:
    temperature = 0.7
    found = states(at.Sign(temperature, order), [field] * 50, 60) > 0
    assert_frequency(found, 1 / (1 + np.exp(-2 * field / temperature)))


@pytest.mark.parametrize("order", ["synchronous", "asynchronous"])
@pytest.mark.parametrize("field", [0.0, 0.5, 0.9])
def test_threshold_units_follow_the_glauber_probability(field: float, order: str) -> None:
    found = states(at.Threshold(0.5, 0.2, order), [field] * 50, 60)
    assert_frequency(found, 1 / (1 + np.exp(-(field - 0.5) / 0.2)))


def test_one_of_k_winners_is_drawn_by_the_softmax_of_its_field() -> None:
    field, temperature = np.array([0.2, 0.5, 0.9, 0.4]), 0.3
    found = states(at.KWinners(1, temperature=temperature), field.tolist(), 4000)
    softmax = np.exp(field / temperature) / np.exp(field / temperature).sum()
    for unit, probability in enumerate(softmax):
        assert_frequency(found[:, unit], probability)


def test_two_winners_are_drawn_without_replacement() -> None:
    field, temperature = np.array([0.2, 0.5, 0.9, 0.4]), 0.3
    found = states(at.KWinners(2, temperature=temperature), field.tolist(), 4000)
    p = np.exp(field / temperature) / np.exp(field / temperature).sum()
    assert (found.sum(axis=1) == 2).all()
    for unit in range(4):
        second = sum(p[j] * p[unit] / (1 - p[j]) for j in range(4) if j != unit)
        assert_frequency(found[:, unit], p[unit] + second)


def test_noise_of_winners_wakes_no_unit_below_the_threshold() -> None:
    found = states(at.KWinners(2, threshold=0.3, temperature=5.0), [0.2, 0.5, 0.1, 0.4], 200)
    assert (found == [0, 1, 0, 1]).all()


def aligned(order: str, trials: int = 1500) -> np.ndarray:
    """Whether two coupled units are on the same side, after 30 sweeps at temperature 1."""
    rule = at.Fixed([[0.0, 0.5], [0.5, 0.0]])
    network = at.AttractorNetwork("n", 2, at.Sign(1.0, order), rule)
    trial = [at.Trial(300.0)] * trials
    run = at.simulate(at.Circuit(at.Architecture([network])), trial, seed=2, record="state")
    final = run.get("state", "n").values[:, -1]
    return final[:, 0] == final[:, 1]


def test_asynchronous_units_reach_the_boltzmann_distribution() -> None:
    # energy -J s1 s2 with J = 1/2 at T = 1
    assert_frequency(aligned("asynchronous"), np.exp(0.5) / (np.exp(0.5) + np.exp(-0.5)))


def test_synchronous_units_reach_that_of_little_and_peretto() -> None:
    # ∝ Π cosh(h_i / T), the same for all four states: updating both at once loses the coupling
    assert_frequency(aligned("synchronous"), 0.5)


def test_zero_field_silences_winners_and_leaves_signs_as_they_are(pair: at.Circuit) -> None:
    assert not states(at.KWinners(2), [0.0] * 5, 1).any()
    lone = at.Circuit(at.Architecture([at.AttractorNetwork("n", 3, at.Sign())]))
    cue = at.Cue("n", [1, -1, 1], stop=10.0, mode="clamped")
    run = at.simulate(lone, at.Trial(50.0, [cue]), record="state")
    assert (run.get("state", "n").values[0] == [1, -1, 1]).all()


def test_without_threshold_exactly_k_win_whatever_their_field() -> None:
    assert states(at.KWinners(2, threshold=None), [-3.0, -1.0, -2.0], 1).tolist() == [[0, 1, 1]]


def test_ties_break_by_index_and_are_counted_by_trial() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 5, at.KWinners(2))]))
    cues = {"n": [[0, 1, 1, 1, 0], [0, 1, 2, 1, 0], [0, 1, 0, 1, 0], [0, 1, 0, 0, 0]]}
    run = at.simulate(circuit, at.Trial.batch(30.0, cues), record="state")
    final = run.get("state", "n").values[:, -1]
    assert final.tolist() == [[0, 1, 1, 0, 0], [0, 1, 1, 0, 0], [0, 1, 0, 1, 0], [0, 1, 0, 0, 0]]
    # one update a step: three of each trial whose second place two units deserve
    assert run.dataset["ties"].values.tolist() == [3, 3, 0, 0]


def test_a_dynamics_without_an_update_is_refused_by_name() -> None:
    class Strange(at.Dynamics):
        values = "01"

    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("odd", 5, Strange())]))
    with pytest.raises(NotImplementedError, match=r"'odd'.*Strange.*register"):
        at.simulate(circuit, at.Trial(10.0))


def test_fields_that_cancel_up_to_rounding_are_zero_and_keep_the_sign() -> None:
    networks = [at.AttractorNetwork(name, 1, at.Sign()) for name in "nabc"]
    gains = {"a": 0.3, "b": 0.1, "c": 0.2}  # 0.3 - 0.1 - 0.2 is -2.8e-17 in double precision
    edges = [at.Association(name, "n", gain=gain) for name, gain in gains.items()]
    circuit = at.Circuit(at.Architecture(networks, edges))
    for name in gains:
        circuit.associate(name, "n", [[1]], [[1]])
    clamped = [at.Cue(name, [1 if name == "a" else -1], mode="clamped") for name in gains]
    for before in (1, -1):
        cue = at.Cue("n", [before], stop=20.0, mode="clamped")
        run = at.simulate(circuit, at.Trial(50.0, [*clamped, cue]), record="state")
        assert run.get("state", "n").values[0, :, 0].tolist() == [before] * 5


@pytest.mark.parametrize("k", [82, 94, 110, 122])  # k/2 times 1/k is below 1/2 in single precision
def test_half_a_pattern_is_half_a_field_whatever_its_size(k: int) -> None:
    networks = [
        at.AttractorNetwork("s", 2 * k, at.KWinners(k)),
        at.AttractorNetwork("t", 2, VETOED),
    ]
    edge = at.Diversion("s", "t", mode="veto")
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    state = np.arange(2 * k)
    circuit.divert("s", "t", [state < k])
    half = (state >= k // 2) & (state < k // 2 + k)
    cues = [at.Cue("s", half, mode="clamped"), at.Cue("t", [1.0, 1.0])]
    run = at.simulate(circuit, at.Trial(30.0, cues), record="state")
    assert run.get("state", "t").values[0, -1].tolist() == [0.0, 0.0]


VETOED = at.Threshold()


def test_a_network_all_of_whose_units_are_vetoed_meets_no_tie() -> None:
    networks = [at.AttractorNetwork("s", 4, at.KWinners(2))]
    networks += [at.AttractorNetwork("t", 9, at.KWinners(2, threshold=None))]
    circuit = at.Circuit(at.Architecture(networks, [at.Diversion("s", "t", mode="veto")]))
    circuit.divert("s", "t", [[1, 1, 0, 0]])
    trial = at.Trial(50.0, [at.Cue("s", [1, 1, 0, 0]), at.Cue("t", np.arange(9.0))])
    assert at.simulate(circuit, trial).dataset["ties"].values.tolist() == [0]
