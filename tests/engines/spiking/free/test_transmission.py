"""Delays, facilitation, depression and fatigue of units that run freely, inhibition, background."""

from __future__ import annotations

import math

import numpy as np
import pytest

import attractors as at

DT = 0.5


def sender(*targets, units=1, on_rate=50.0):
    """A source with a synapse of weight 1 onto every unit of its targets, in physical units."""
    networks = [at.AttractorNetwork("a", units, at.Threshold())]
    networks += [at.AttractorNetwork(name, n, at.Threshold()) for name, n in targets]
    edges = [at.Association("a", name, rule=at.Fixed(np.ones((n, units)))) for name, n in targets]
    return at.Circuit(at.Architecture(networks, edges)), at.CurrentLIF(on_rate=on_rate)


def firing(circuit, duration, units=1):
    """The source fires at its on-rate; everybody else is kept from it."""
    silences = [at.Silence(name) for name in circuit.architecture.nodes if name != "a"]
    return at.Trial(duration, [at.Cue("a", np.ones(units), mode="clamped")], silences=silences)


SHORT = {
    "facilitating": at.ShortTerm(0.2, 300.0, 50.0),
    "depressing": at.ShortTerm(0.5, 0.0, 200.0),
    "both": at.ShortTerm(0.3, 100.0, 100.0, relative=True),
}


def test_facilitation_and_depression_settle_where_the_formula_says(probe):
    """The drive of fifteen spikes after forty-five: weight x factor x 1 mV x 50 ms x 50 Hz."""
    circuit, neurons = sender(*((name, 1) for name in SHORT))
    ways = {f"a->{name}": at.Transmission(short_term=way) for name, way in SHORT.items()}
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical", transmission=ways)
    read = {name: ["i_e"] for name in SHORT}
    found = probe(engine, circuit, firing(circuit, 1200.0), read, 900.0)
    for name, way in SHORT.items():
        expected = 2.5 * way.released_at(50.0)
        # each spike leaves at most 0.8 of the distance to the stationary state: nothing after 45
        allowed = DT / 100.0 + 1e-4
        assert found.mean(name, "i_e")[0] == pytest.approx(expected, rel=allowed), name


def test_stationary_u_and_x_are_fixed_points_of_one_spike_after_another():
    for way in SHORT.values():
        u, x = way.use, 1.0
        for _ in range(2000):
            if way.facilitation:
                u += way.use * (1.0 - u)
            seen = u, x
            x -= u * x
            x = 1.0 + (x - 1.0) * math.exp(-20.0 / way.recovery)
            if way.facilitation:
                u = way.use + (u - way.use) * math.exp(-20.0 / way.facilitation)
        assert way.stationary(50.0) == pytest.approx(seen, rel=1e-9)


def test_depression_of_discrete_dynamics_uses_as_much_in_a_second(probe):
    """At rest gain 1 means what it does without; in the on-state x = 1 / (1 + U r τ) is left."""
    depression = at.Depression(use=0.1, recovery=200.0, on_rate=100.0)
    networks = [
        at.AttractorNetwork("a", 20, at.KWinners(4, depression=depression)),
        at.AttractorNetwork("b", 10, at.KWinners(2)),
    ]
    circuit = at.Circuit(at.Architecture(networks, [at.Association("a", "b", rule=at.Willshaw())]))
    x, y = np.zeros((1, 20), int), np.zeros((1, 10), int)
    x[0, :4] = y[0, :2] = 1
    circuit.associate("a", "b", x, y)
    trial = at.Trial(1000.0, [at.Cue("a", x[0], mode="clamped")], silences=[at.Silence("b")])
    engine = at.SpikingEngine(dt=DT, neurons=at.CurrentLIF(on_rate=50.0))
    found = probe(engine, circuit, trial, {"b": ["i_e"]}, 900.0)
    left = found.mean("b", "i_e")[0] / found.plan.members["b"].volt
    # 0.2 of what is there a spike at 50 Hz, 10 a second as declared
    interval = math.exp(-20.0 / 200.0)
    expected = (1.0 - interval) / (1.0 - 0.8 * interval)
    assert left == pytest.approx(expected, rel=0.01)
    # spikes come one by one: the steady flow of the equation leaves 1/3
    assert left == pytest.approx(1.0 / 3.0, rel=0.1)


def test_adaptation_of_the_on_state_is_the_declared_strength(probe):
    network = at.AttractorNetwork("b", 6, at.KWinners(3, adaptation=at.Adaptation(0.4, 100.0)))
    circuit = at.Circuit(at.Architecture([network]))
    pattern = np.array([1, 1, 1, 0, 0, 0])
    trial = at.Trial(600.0, [at.Cue("b", pattern, mode="clamped")])
    engine = at.SpikingEngine(dt=DT, neurons=at.CurrentLIF(on_rate=50.0))
    found = probe(engine, circuit, trial, {"b": ["tired"]}, 560.0)
    volt = found.plan.members["b"].volt
    allowed = 0.4 * volt * (DT / 190.0 + math.exp(-5.6))
    assert np.abs(found.mean("b", "tired") - 0.4 * volt * pattern).max() < allowed


@pytest.mark.parametrize("blocks", [1, 2])
def test_pooled_inhibition_is_the_declared_one_while_k_units_are_on(blocks, probe):
    dynamics = at.KWinners(3) if blocks == 1 else at.Blocks(blocks)
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 12, dynamics)]))
    pattern = np.zeros(12, int)
    pattern[[0, 1, 2] if blocks == 1 else [0, 6]] = 1
    trial = at.Trial(240.0, [at.Cue("b", pattern, mode="clamped")])
    engine = at.SpikingEngine(
        dt=DT, neurons=at.CurrentLIF(on_rate=50.0), inhibition=at.Pooled(0.5, tau=10.0)
    )
    found = probe(engine, circuit, trial, {"pool": ["p"]}, 200.0)
    volt = found.plan.members["b"].volt
    assert found.mean("pool", "p") == pytest.approx(
        [0.5 * volt] * blocks, rel=DT / 10.0 / -math.expm1(-DT / 10.0) - 1.0 + 1e-6
    )


def test_interneurons_bring_the_declared_inhibition_within_15_percent(probe):
    """They are calibrated without noise; 2 mV of noise change their rate by a few per cent."""
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 80, at.KWinners(6))]))
    pattern = np.zeros(80, int)
    pattern[:6] = 1
    trial = at.Trial(600.0, [at.Cue("b", pattern, mode="clamped")])
    engine = at.SpikingEngine(
        dt=DT, neurons=at.CurrentLIF(on_rate=50.0), inhibition=at.Interneurons(0.5)
    )
    found = probe(engine, circuit, trial, {"pool": ["p"]}, 200.0)
    ratio = found.mean("pool", "p")[0] / (0.5 * found.plan.members["b"].volt)
    # 20 units, 16 intervals each in 400 ms: rates to 2 % of each other's mean
    assert ratio == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize("delay", [1.0, 7.0])
def test_a_fixed_delay_is_the_time_from_spike_to_current(delay, probe):
    circuit, neurons = sender(("b", 1))
    ways = {"a->b": at.Transmission(delay=delay)}
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical", transmission=ways)
    found = probe(engine, circuit, firing(circuit, 100.0), {"b": ["i_e"]}, 0.0)
    arrived = np.flatnonzero(np.diff(found.traces["b", "i_e"][:, 0]) > 0) * DT
    (spikes,) = _spikes(engine, circuit, 100.0)
    # a spike of a time step has arrived when the next but delay begins
    assert arrived[0] - spikes[0] == pytest.approx(delay, abs=DT + 1e-9)
    assert np.diff(arrived) == pytest.approx(20.0)


def _spikes(engine, circuit, duration):
    recording = at.simulate(circuit, firing(circuit, duration), engine, record=("spikes",))
    return [recording.spikes("a").time.values]


def test_drawn_delays_lie_within_their_bounds_and_fill_them(probe):
    circuit, neurons = sender(("b", 40))
    ways = {"a->b": at.Transmission(delay=(2.0, 12.0))}
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical", transmission=ways)
    found = probe(engine, circuit, firing(circuit, 60.0), {"b": ["i_e"]}, 0.0)
    first = np.argmax(np.diff(found.traces["b", "i_e"], axis=0) > 0, axis=0) * DT
    (spikes,) = _spikes(engine, circuit, 60.0)
    delays = first - spikes[0]
    assert delays.min() >= 2.0 - DT - 1e-9
    assert delays.max() <= 12.0 + DT + 1e-9
    # the range of forty uniform draws exceeds 70 % of theirs but once in 2,000 (0.7^39 x 40 x 0.3)
    assert np.ptp(delays) > 7.0 - DT


def test_background_has_its_rate_and_its_mean_drive(probe):
    """A hundred units, 800 Hz of 0.1 mV through 50 ms: 4 mV; σ² = J² r τ / 2."""
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 100, at.Threshold())]))
    neurons = at.CurrentLIF(background=at.Background(800.0, 0.1))
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical")
    found = probe(engine, circuit, at.Trial(500.0), {"b": ["i_e"]}, 300.0)
    deviation = 0.1 * math.sqrt(0.8 * 50.0 / 2.0)
    # two hundred ms of a current that forgets in 50 ms: at least four independent values a unit
    error = 4 * deviation / math.sqrt(100 * 4)
    assert found.mean("b", "i_e").mean() == pytest.approx(4.0, abs=error + 4.0 * DT / 100.0)
    values = found.traces["b", "i_e"][-1] / 1e-3
    # the deviation of a deviation of 100 is 7 %
    assert values.std() == pytest.approx(deviation, rel=4 * 0.07)


def test_a_cue_adds_to_the_rate_of_the_background_where_weights_are_physical(probe):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 100, at.Threshold())]))
    neurons = at.CurrentLIF(background=at.Background(400.0, 0.1))
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical")
    cue = np.repeat([1.0, 0.0], 50)
    trial = at.Trial(500.0, [at.Cue("b", cue, strength=400.0)])
    found = probe(engine, circuit, trial, {"b": ["i_e"]}, 300.0)
    mean = found.mean("b", "i_e")
    error = 4 * 0.1 * math.sqrt(0.8 * 25.0) / math.sqrt(50 * 4) + 4.0 * DT / 100.0
    assert mean[:50].mean() == pytest.approx(4.0, abs=error)
    assert mean[50:].mean() == pytest.approx(2.0, abs=error)


@pytest.mark.parametrize("rate", [20.0, 100.0])
def test_nmda_receptors_of_a_run_are_open_as_the_formula_says(rate, probe):
    circuit, _ = sender(("b", 1))
    neurons = {"a": at.CurrentLIF(on_rate=rate), "b": at.Conductance()}
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical")
    found = probe(engine, circuit, firing(circuit, 700.0), {"b": ["g_nmda"]}, 600.0)
    opened = found.mean("b", "g_nmda", 1e-9)[0] / 0.165
    allowed = DT / 200.0 + math.exp(-6.0)
    assert opened == pytest.approx(at.Conductance().open_at(rate), rel=allowed)


def test_release_and_saturation_of_nmda_receptors_make_up_one_opening(probe):
    """A spike opens α u x of what is closed: less release saturates less, and never opens more."""
    ways = SHORT | {"overflowing": at.ShortTerm(0.05, 200.0, 0.0, relative=True)}
    circuit, _ = sender(*((name, 1) for name in ways))
    neurons = {name: at.Conductance() for name in ways} | {"a": at.CurrentLIF(on_rate=50.0)}
    chosen = {f"a->{name}": at.Transmission(short_term=way) for name, way in ways.items()}
    engine = at.SpikingEngine(dt=DT, neurons=neurons, scale="physical", transmission=chosen)
    read = {name: ["g_nmda", "g_ampa"] for name in ways}
    found = probe(engine, circuit, firing(circuit, 1200.0), read, 900.0)
    for name, way in ways.items():
        released = way.released_at(50.0)
        opened = found.mean(name, "g_nmda", 1e-9)[0] / 0.165
        # 45 spikes leave at most 0.86 of a distance each, 0.95 exp(-20/200)
        allowed = DT / 200.0 + math.exp(-9.0) + 0.86**45
        assert opened == pytest.approx(at.Conductance().open_at(50.0, released), rel=allowed), name
        # what does not saturate is released as such: 0.05 nS x 50 Hz x 2 ms, which Euler's steps of
        # 0.5 ms add up to as well
        ampa = found.mean(name, "g_ampa", 1e-9)[0]
        assert ampa == pytest.approx(0.05 * 0.1 * released, rel=2 * 0.86**45), name


@pytest.mark.parametrize("rate", [2000.0, 60000.0])
@pytest.mark.parametrize("cued", [False, True])
def test_pulses_from_outside_are_lost_on_refractory_units(rate, cued, probe):
    """Spikes as binomial numbers, as Poisson numbers and by a rate that varies: all the same."""
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 20, at.Threshold())]))
    neurons = at.CurrentLIF(
        tau_e=0.0, tau_i=0.0, refractory=20.0, background=at.Background(rate, 1.0)
    )
    engine = at.SpikingEngine(dt=0.1, neurons=neurons, scale="physical")
    trial = at.Trial(60.0, [at.Cue("b", np.ones(20), strength=rate)] if cued else [])
    found = probe(engine, circuit, trial, {"b": ["v", "not_refractory"]}, 0.0)
    refractory = found.traces["b", "not_refractory"] == 0
    held = refractory[1:] & refractory[:-1]
    moved = np.abs(np.diff(found.traces["b", "v"], axis=0))
    assert held.sum() > 20 * 100
    assert moved[held].max() == 0.0
    assert moved[~refractory[1:] & ~refractory[:-1]].max() > 0.5e-3
