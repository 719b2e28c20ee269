"""Rate and drive of the presets: against each other, in closed form and in a run."""

from __future__ import annotations

import math

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.neurons import leaky

PRESETS = {
    "currents": at.CurrentLIF(),
    "conductances": at.Conductance(),
    "adex": at.AdEx(),
    "adex without adaptation": at.AdEx(coupling=0.0, increment=0.0),
}
# of the search for the drive of an AdEx unit, whose rate rises by some 10 Hz a mV
FOUND = 0.3


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("rate", [15.0, 40.0])
def test_the_drive_for_a_rate_brings_that_rate(preset, rate):
    neurons = PRESETS[preset]
    assert neurons.rate_at(neurons.drive_for(rate)) == pytest.approx(rate, abs=FOUND)


def test_leaky_units_invert_to_rounding():
    neurons = at.CurrentLIF()
    # below some Hz the drive lies within rounding of the rheobase
    for rate in (10.0, 40.0, 400.0):
        assert neurons.rate_at(neurons.drive_for(rate)) == pytest.approx(rate, rel=1e-9)


@pytest.mark.parametrize("preset", PRESETS)
def test_nobody_fires_below_the_rheobase(preset):
    neurons = PRESETS[preset]
    assert neurons.rate_at(neurons.rheobase - 0.1) == 0.0
    assert neurons.rate_at(neurons.rheobase + 0.1) > 0.0


def test_the_rheobase_of_an_adex_unit_is_where_bisection_finds_it():
    neurons = at.AdEx()
    low, high = 15.0, 30.0
    while high - low > 0.02:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if neurons.rate_at(middle) > 0 else (middle, high)
    # with a/gL above tau_m/tau_w rest loses its stability a little before it vanishes, by
    # slope x sharpness x (ln of the two slopes) = 0.005 mV; a unit is slow near there
    assert neurons.rheobase == pytest.approx(0.5 * (low + high), abs=0.1)


def test_rates_are_those_of_a_run():
    """Two seconds of constant drive, the first one left to adaptation."""
    names = {name.replace(" ", "-"): neurons for name, neurons in PRESETS.items()}
    drives = {name: neurons.drive_for(40.0) for name, neurons in names.items()}
    circuit = at.Circuit(
        at.Architecture([at.AttractorNetwork(name, 1, at.Threshold()) for name in names])
    )
    biased = {name: type(n)(**(n.describe() | {"bias": drives[name]})) for name, n in names.items()}
    engine = at.SpikingEngine(dt=0.1, neurons=biased, scale="physical")
    recording = at.simulate(circuit, at.Trial(1600.0), engine, record=("spikes",))
    for name in names:
        times = recording.spikes(name).time.values
        late = times[times > 800.0]
        measured = 1000.0 * (len(late) - 1) / (late[-1] - late[0])
        # a period of 25 ms ends on the grid, up to one dt of 0.1 ms late; Euler's upstroke is
        # late by about one more
        assert measured == pytest.approx(40.0, rel=2 * 0.1 / 25.0 + 0.01), name


def test_noise_smooths_the_onset_and_leaves_strong_drive_alone():
    cell = (20.0, 20.0, 10.0, 2.0)
    assert leaky.noisy_rate_at(30.0, 0.02, *cell) == pytest.approx(
        leaky.rate_at(30.0, *cell), rel=1e-3
    )
    assert leaky.noisy_rate_at(19.0, 2.0, *cell) > 1.0
    assert leaky.noisy_rate_at(-100.0, 1.0, *cell) == 0.0


def test_the_rate_under_noise_is_that_of_a_run():
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("a", 60, at.Threshold())]))
    neurons = at.CurrentLIF(bias=19.0, noise=3.0)
    engine = at.SpikingEngine(dt=0.1, neurons=neurons, scale="physical")
    recording = at.simulate(circuit, at.Trial(1000.0), engine, record=("spikes",))
    times = recording.spikes("a").time.values
    measured = np.sum(times > 200.0) / 60 / 0.8
    # a crossing between two time steps goes unseen: as if the threshold were 0.583 σ √(2 dt/τ)
    # higher (0.175 mV; Siegmund 1979), and the reset too
    shift = 0.583 * 3.0 * math.sqrt(2 * 0.1 / 20.0)
    expected = leaky.noisy_rate_at(19.0, 3.0, 20.0, 20.0 + shift, 10.0, 2.0)
    spread = math.sqrt(expected / 48.0)
    assert abs(measured - expected) < 4 * spread, f"{measured:.2f} Hz, {expected:.2f} expected"


@pytest.mark.parametrize("rate", [10.0, 40.0, 100.0])
def test_the_mean_opening_of_nmda_receptors_is_that_of_a_sum_over_spikes(rate):
    neurons = at.Conductance()
    share = 1.0 - math.exp(-0.5 * 2.0)
    opened, total, interval = 0.0, 0.0, 1000.0 / rate
    for _ in range(200):
        opened += share * (1.0 - opened)
        total = opened * 100.0 * (1.0 - math.exp(-interval / 100.0)) / interval
        opened *= math.exp(-interval / 100.0)
    assert neurons.open_at(rate) == pytest.approx(total, rel=1e-9)
