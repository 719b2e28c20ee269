"""The loop over time: delays, clamps, silences, lesions, cue arrays, work."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import TrialError, UnsupportedError
from attractors.patterns import random_sparse
from attractors.seeding import stream


def relay(delay: float) -> at.Circuit:
    networks = [at.AttractorNetwork(name, 1, at.Threshold()) for name in "ab"]
    edge = at.Association("a", "b", at.Fixed([[1.0]]), delay=delay)
    return at.Circuit(at.Architecture(networks, [edge]))


def active_at(run: at.Recording, network: str) -> list[float]:
    """Times in ms, ends of steps, at which the first unit is active."""
    state = run.get("state", network)
    return state.time.values[state.values[0, :, 0] > 0].tolist()


@pytest.mark.parametrize(("delay", "late"), [(0.0, 10.0), (10.0, 10.0), (20.0, 20.0), (50.0, 50.0)])
def test_edges_read_their_source_the_delay_but_at_least_a_step_ago(
    delay: float, late: float
) -> None:
    pulse = at.Cue("a", [1], start=20.0, stop=30.0, mode="clamped")
    run = at.simulate(relay(delay), at.Trial(120.0, [pulse]), record="state")
    assert active_at(run, "a") == [30.0]
    assert active_at(run, "b") == [30.0 + late]


def test_delays_of_edges_into_rate_units_are_as_long() -> None:
    networks = [
        at.AttractorNetwork("a", 1, at.Threshold()),
        at.AttractorNetwork("b", 1, at.Rate(1.0, "relu", threshold=0.0, slope=1.0)),
    ]
    edge = at.Association("a", "b", at.Fixed([[1.0]]), delay=30.0)
    pulse = at.Cue("a", [1], start=0.0, stop=10.0, mode="clamped")
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    run = at.simulate(circuit, at.Trial(80.0, [pulse]), record="state")
    state = run.get("state", "b").values[0, :, 0]
    # a is on from 10 to 20 ms (its state at 10 is 1, at 20 is 0), so b's ten ticks that end at
    # 40 to 49 ms are driven: one of them by 40 ms, all but the last e-fold gone again by 50 ms
    wanted = [0.0, 1 - np.exp(-1), (1 - np.exp(-10)) * np.exp(-1)]
    assert state[2:5] == pytest.approx(wanted, abs=1e-6)


def test_a_delay_between_the_steps_is_refused() -> None:
    with pytest.raises(TrialError, match=r"'a->b'.*15 ms.*multiple of 10 ms"):
        at.simulate(relay(15.0), at.Trial(50.0))


def test_recurrence_reads_the_present(latch: at.AttractorNetwork) -> None:
    pulse = at.Cue("latch", [1], stop=10.0, mode="clamped")
    circuit = at.Circuit(at.Architecture([latch]))
    run = at.simulate(circuit, at.Trial(50.0, [pulse]), record="state")
    assert active_at(run, "latch") == [10.0, 20.0, 30.0, 40.0, 50.0]


def test_a_clamped_cue_holds_the_state_and_lets_go() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 3, at.KWinners(1))]))
    cues = [at.Cue("n", [0.2, 0, 0.9], 10.0, 30.0, mode="clamped"), at.Cue("n", [0, 1, 0])]
    run = at.simulate(circuit, at.Trial(40.0, cues), record="state")
    wanted = [[0, 1, 0], [0.2, 0, 0.9], [0.2, 0, 0.9], [0, 1, 0]]
    assert run.get("state", "n").values[0] == pytest.approx(np.array(wanted), abs=1e-7)


def test_a_clamp_holds_its_own_trial_only() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 2, at.KWinners(1))]))
    clamp = at.Cue("n", [1, 0], mode="clamped")
    trials = [at.Trial(20.0, [clamp, at.Cue("n", [0, 1])]), at.Trial(20.0, [at.Cue("n", [0, 1])])]
    run = at.simulate(circuit, trials, record="state")
    assert run.get("state", "n").values[:, -1].tolist() == [[1, 0], [0, 1]]


def test_cues_to_one_network_add_up_by_strength() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 2, at.KWinners(1))]))
    cues = [
        at.Cue("n", [1, 0]),
        at.Cue("n", [0, 1], 10.0, 20.0, 0.6),
        at.Cue("n", [0, 1], 10.0, 20.0, 0.6),
    ]
    run = at.simulate(circuit, at.Trial(30.0, cues), record="state")
    assert run.get("state", "n").values[0].tolist() == [[1, 0], [0, 1], [1, 0]]


@pytest.mark.parametrize("mode", ["added", "clamped"])
def test_a_cue_array_gives_one_row_a_step(mode: str) -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 3, at.KWinners(1))]))
    cue = at.Cue("n", np.eye(3), start=10.0, stop=40.0, mode=mode)
    run = at.simulate(circuit, at.Trial(50.0, [cue]), record="state")
    assert np.array_equal(run.get("state", "n").values[0, 1:4], np.eye(3))
    assert not run.get("state", "n").values[0, 0].any()


def test_silence_holds_the_chosen_units_inactive_while_it_lasts() -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 3, at.Threshold())]))
    silences = [at.Silence("n", 10.0, 20.0, units=[0, 2]), at.Silence("n", 30.0)]
    run = at.simulate(
        circuit, at.Trial(40.0, [at.Cue("n", [1, 1, 1])], silences=silences), record="state"
    )
    assert run.get("state", "n").values[0].tolist() == [[1, 1, 1], [0, 1, 0], [1, 1, 1], [0, 0, 0]]


def test_a_silenced_source_drives_nothing() -> None:
    pulse = at.Cue("a", [1], mode="clamped")
    trial = at.Trial(60.0, [pulse], silences=[at.Silence("a", 20.0, 40.0)])
    assert active_at(at.simulate(relay(0.0), trial, record="state"), "b") == [20.0, 30.0, 60.0]


def test_a_lesion_cuts_the_edge_in_its_own_trial_only() -> None:
    pulse = at.Cue("a", [1], mode="clamped")
    trials = [at.Trial(30.0, [pulse]), at.Trial(30.0, [pulse], lesions=["a->b"])]
    run = at.simulate(relay(0.0), trials, record="state")
    assert run.get("state", "b").values[:, -1].tolist() == [[1], [0]]
    assert run.dataset["synaptic_events"].values.tolist() == [2, 0]


@pytest.mark.parametrize("mode", ["subtractive", "veto", "divisive"])
def test_a_lesioned_diversion_equals_one_that_is_not_there(field_of, mode: str) -> None:
    edges = [
        at.Association("a", "target", at.Fixed([[2.0]])),
        at.Diversion("b", "target", at.Fixed([[1.0]]), mode=mode),
    ]
    sources = {"a": [1], "b": [1]}
    cut = field_of(1, edges, sources, lesions=["b-|target"])
    assert cut == pytest.approx([2.0], abs=1e-5)
    assert field_of(1, edges, sources) != pytest.approx([2.0], abs=1e-5)


def test_work_is_active_units_times_their_fan_out() -> None:
    networks = [
        at.AttractorNetwork("a", 3, at.Threshold()),
        at.AttractorNetwork("b", 2, at.Threshold()),
    ]
    edge = at.Association("a", "b", at.Fixed([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]))
    circuit = at.Circuit(at.Architecture(networks, [edge]))
    cues = {"a": [[1, 1, 1], [0, 1, 0], [0, 0, 1]]}
    run = at.simulate(circuit, at.Trial.batch(40.0, cues, mode="clamped"), record="state")
    # fan-outs 2, 1 and 0; four steps, in the first of which the source was still silent
    assert run.dataset["synaptic_events"].values.tolist() == [9, 3, 0]
    assert run.dataset["dense_events"].values.tolist() == [4 * 6] * 3


def test_spikes_are_refused_with_a_cure() -> None:
    with pytest.raises(UnsupportedError, match=r"no spikes.*engine='spiking'"):
        at.simulate(relay(0.0), at.Trial(10.0), record="spikes")


@pytest.mark.parametrize(("step", "dt"), [(0.0, 1.0), (10.0, 0.0), (10.0, 3.0)])
def test_an_engine_with_impossible_times_is_refused(step: float, dt: float) -> None:
    with pytest.raises(ValueError, match="RateEngine"):
        at.RateEngine(step=step, dt=dt)


def test_a_step_of_its_own_is_the_unit_of_delays_and_cues() -> None:
    pulse = at.Cue("a", [1], stop=5.0, mode="clamped")
    run = at.simulate(relay(5.0), at.Trial(20.0, [pulse]), at.RateEngine(step=5.0), record="state")
    assert active_at(run, "b") == [10.0]


def memories(dynamics: at.Dynamics) -> tuple[at.Circuit, np.ndarray]:
    rule = at.Covariance(0.08) if dynamics.values == "01" else at.Hebbian()
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("n", 150, dynamics, rule)]))
    stored = random_sparse(6, 150, 12, stream(0, "memories"))
    circuit.store(n=stored if dynamics.values == "01" else 2 * stored - 1)
    return circuit, stored


@pytest.mark.parametrize(
    "dynamics",
    [at.KWinners(12), at.Threshold(), at.Threshold(order="asynchronous"), at.Sign(), at.Rate()],
    ids=lambda dynamics: f"{type(dynamics).__name__}-{dynamics.order}",
)
def test_a_batch_equals_its_trials_one_by_one(dynamics: at.Dynamics) -> None:
    circuit, stored = memories(dynamics)
    cues = stored * (stream(0, "half").random(stored.shape) < 0.7)
    trials = at.Trial.batch(100.0, {"n": cues}, stop=50.0)
    together = at.simulate(circuit, trials, record="state").get("state", "n").values
    for row, trial in enumerate(trials):
        alone = at.simulate(circuit, trial, record="state").get("state", "n").values[0]
        # the batch's size may change the last bit of a product of real weights, never a 0/1 state
        bound = 1e-6 if isinstance(dynamics, at.Rate) else 0.0
        assert np.abs(together[row] - alone).max() <= bound, f"trial {row}"


@pytest.mark.parametrize(
    ("dynamics", "cure"),
    [(at.Sign(order="asynchronous"), "synchronous"), (at.Blocks(4, count="max"), "sum")],
    ids=["sweep", "maxima"],
)
def test_updates_that_read_weights_are_refused_where_there_are_none(
    dynamics: at.Dynamics, cure: str
) -> None:
    network = at.AttractorNetwork("a", 20, dynamics, at.KeyValue())
    with pytest.raises(UnsupportedError, match=cure):
        at.RateEngine().compile(at.Circuit(at.Architecture([network])))


@pytest.mark.parametrize("engine", ["rate", "spiking"])
def test_silenced_units_leave_their_places_to_others(engine) -> None:
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 20, at.KWinners(3))]))
    cue = at.Cue("a", np.linspace(2.0, 1.0, 20))
    trial = at.Trial(30.0, [cue], silences=[at.Silence("a", 10.0, 20.0, units=[0, 2])])
    state = at.simulate(circuit, trial, engine, record="state").get("state", "a").values[0]
    winners = [np.flatnonzero(row).tolist() for row in state]
    assert winners == [[0, 1, 2], [1, 3, 4], [0, 1, 2]]
