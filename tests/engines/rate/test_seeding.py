"""Randomness is keyed by name: the same seed, the same numbers, whoever else draws."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.testing import check_engine

SHIFT = 10.0


def noisy(
    names: tuple[str, ...] = ("n",), units: int = 400, amplitude: float = 0.5
) -> tuple[at.Circuit, at.Trial]:
    """Linear units that show the noise on their field."""
    dynamics = at.Rate(0.5, "relu", threshold=-SHIFT, slope=1.0)
    networks = [at.AttractorNetwork(name, units, dynamics) for name in names]
    trial = at.Trial(200.0, noise=[at.Noise(name, amplitude) for name in names])
    return at.Circuit(at.Architecture(networks)), trial


def fields(circuit: at.Circuit, trials: object, network: str = "n", **more: object) -> np.ndarray:
    run = at.simulate(circuit, trials, **{"record": "state", **more})
    return run.get("state", network).values.astype(float) - SHIFT


def test_noise_has_the_declared_mean_and_deviation() -> None:
    circuit, trial = noisy()
    values = fields(circuit, [trial] * 5)
    count = values.size
    assert abs(values.mean()) < 4.5 * 0.5 / np.sqrt(count), values.mean()
    # the standard error of a standard deviation is σ / √(2n)
    assert abs(values.std() - 0.5) < 4.5 * 0.5 / np.sqrt(2 * count), values.std()


def test_noise_is_independent_between_trials_steps_and_units() -> None:
    circuit, trial = noisy()
    values = fields(circuit, [trial] * 2) / 0.5
    pairs = {
        "trials": (values[0], values[1]),
        "steps": (values[:, 1:], values[:, :-1]),
        "units": (values[..., 1:], values[..., :-1]),
    }
    for what, (a, b) in pairs.items():
        # the mean product of n independent pairs of unit variance has deviation 1 / √n
        assert abs((a * b).mean()) < 4.5 / np.sqrt(a.size), what


def test_noise_of_two_networks_is_independent() -> None:
    circuit, trial = noisy(("n", "m"))
    a, b = (fields(circuit, trial, name) / 0.5 for name in ("n", "m"))
    assert abs((a * b).mean()) < 4.5 / np.sqrt(a.size)


def test_two_noises_on_one_network_add_their_variances() -> None:
    circuit, _ = noisy()
    trial = at.Trial(200.0, noise=[at.Noise("n", 0.3), at.Noise("n", 0.4)])
    values = fields(circuit, trial)
    assert abs(values.std() - 0.5) < 4.5 * 0.5 / np.sqrt(2 * values.size)


def test_the_seed_alone_decides() -> None:
    circuit, trial = noisy()
    assert np.array_equal(fields(circuit, trial, seed=3), fields(circuit, trial, seed=3))
    assert not np.array_equal(fields(circuit, trial, seed=3), fields(circuit, trial, seed=4))


def test_a_new_network_changes_nobody_elses_noise() -> None:
    alone, trial = noisy()
    joined, _ = noisy(("other", "n"))
    both = at.Trial(200.0, noise=[at.Noise("other", 1.0), *trial.noise])
    assert np.array_equal(fields(alone, trial), fields(joined, both))


def test_more_trials_change_nobody_elses_noise() -> None:
    circuit, trial = noisy()
    assert np.array_equal(fields(circuit, trial)[0], fields(circuit, [trial] * 3)[0])


def test_a_recorder_changes_no_numbers() -> None:
    circuit, trial = noisy()
    circuit.store(n=np.eye(400, dtype=np.int8)[:3])
    plain = fields(circuit, trial)
    assert np.array_equal(plain, fields(circuit, trial, record=("state", "match", "activity")))


@pytest.mark.parametrize(
    "dynamics",
    [
        at.Sign(temperature=0.5),
        at.Sign(temperature=0.5, order="asynchronous"),
        at.Threshold(temperature=0.3),
        at.KWinners(20, temperature=0.3),
    ],
    ids=lambda dynamics: f"{type(dynamics).__name__}-{dynamics.order}",
)
def test_temperature_and_order_are_keyed_by_network_too(dynamics: at.Dynamics) -> None:
    def final(names: tuple[str, ...], trials: int, seed: int) -> np.ndarray:
        networks = [at.AttractorNetwork(name, 100, dynamics) for name in names]
        batch = [at.Trial(50.0, [at.Cue("n", np.linspace(0, 1, 100))])] * trials
        circuit = at.Circuit(at.Architecture(networks))
        return at.simulate(circuit, batch, seed=seed, record="state").get("state", "n").values[0]

    plain = final(("n",), 1, 0)
    assert np.array_equal(plain, final(("n",), 1, 0))
    assert np.array_equal(plain, final(("m", "n", "o"), 3, 0))
    assert not np.array_equal(plain, final(("n",), 1, 1))


def test_trials_of_one_batch_draw_their_own_temperature() -> None:
    network = at.AttractorNetwork("n", 200, at.Sign(temperature=1.0))
    trials = [at.Trial(20.0)] * 2
    run = at.simulate(at.Circuit(at.Architecture([network])), trials, record="state")
    state = run.get("state", "n").values
    assert not np.array_equal(state[0], state[1])


def test_declaration_order_does_not_change_the_last_bit_of_a_sum() -> None:
    # 0.1 + 0.2 + 0.3 exceeds 0.6 in floating point, 0.3 + 0.2 + 0.1 equals it: then they tie
    gains = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.6}
    networks = [at.AttractorNetwork(name, 1, at.Threshold()) for name in gains]
    networks.append(at.AttractorNetwork("n", 2, at.KWinners(1)))
    edges = [
        at.Association(name, "n", at.Fixed([[1], [0]] if name == "d" else [[0], [1]]), gain=gain)
        for name, gain in gains.items()
    ]
    trial = at.Trial(50.0, [at.Cue(name, [1.0], mode="clamped") for name in gains])
    runs = [
        at.simulate(
            at.Circuit(at.Architecture(networks[::turn], edges[::turn])), trial, record="state"
        )
        for turn in (1, -1)
    ]
    states = [run.get("state", "n").values for run in runs]
    assert np.array_equal(*states)
    assert runs[0].dataset["ties"].equals(runs[1].dataset["ties"])


@pytest.mark.parametrize("seed", [0, 1])
def test_the_engine_keeps_the_laws_of_engines(seed: int) -> None:
    check_engine("rate", seed)


def test_an_edge_of_gain_0_equals_no_edge_in_continuous_time_too() -> None:
    def run(edges: list[at.Association]) -> np.ndarray:
        networks = [at.AttractorNetwork(name, 3, at.Rate(20.0)) for name in "ab"]
        circuit = at.Circuit(at.Architecture(networks, edges))
        trial = at.Trial(100.0, [at.Cue("a", [1, 0.5, 0.2])], noise=[at.Noise("b", 0.2)])
        return at.simulate(circuit, trial, record="state").get("state", "b").values

    idle = at.Association("a", "b", at.Fixed(np.ones((3, 3))), gain=0.0, delay=40.0)
    assert np.array_equal(run([]), run([idle]))
