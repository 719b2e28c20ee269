"""What a declared gain brings to free-running target units, measured in Brian2.

Sources fire regularly at 50 Hz, each at a phase of its own, and are read over whole periods, with
targets that are kept silent. The mean of a variable with time constant τ is then the exact one
times (dt/τ) / (1 - exp(-dt/τ)) at most, about 1 + dt/2τ, which is what sampling an exponential on
the grid makes of its mean, less exp(-wait/τ), which is missing of the stationary state.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

import attractors as at
from attractors.engines.spiking.free.calibration import TRACE

DT = 0.5
# two periods of the source are read after the wait
READ = 40.0
SOURCE = at.CurrentLIF(on_rate=50.0)
RULES = {"willshaw": at.Willshaw(), "covariance": at.Covariance()}
GAINS = {"half": 0.5, "one": 1.0, "two": 2.0}


def tolerance(*taus, wait=300.0):
    """Relative error of a mean over whole periods, see above."""
    sampled = math.prod(DT / tau / -math.expm1(-DT / tau) for tau in taus) - 1.0
    return sampled + sum(math.exp(-wait / tau) for tau in taus) + 1e-6


def fan(presets, rules=("willshaw", "covariance"), kind=at.Association, **options):
    """A source with an edge to a network a preset, rule and gain; names, engine and patterns."""
    names = {
        f"{preset}-{rule}-{gain}": (preset, rule, GAINS[gain])
        for preset in presets
        for rule in rules
        for gain in GAINS
    }
    source = at.AttractorNetwork("a", 40, at.KWinners(6))
    targets = [at.AttractorNetwork(name, 30, at.KWinners(5)) for name in names]
    edges = [
        kind("a", name, rule=RULES[rule], gain=gain, **options)
        for name, (_, rule, gain) in names.items()
    ]
    circuit = at.Circuit(at.Architecture([source, *targets], edges))
    x, y = np.zeros((1, 40), int), np.zeros((1, 30), int)
    x[0, :6] = y[0, :5] = 1
    for name in names:
        (circuit.associate if kind is at.Association else circuit.divert)("a", name, x, y)
    neurons = {name: presets[preset] for name, (preset, _, _) in names.items()}
    engine = at.SpikingEngine(dt=DT, neurons={"a": SOURCE, **neurons})
    return circuit, names, engine, x[0], y[0]


def silent_targets(names, pattern, wait=300.0):
    """The source fires at its on-rate; no target fires, so that its potential runs freely."""
    clamped = [at.Cue("a", pattern, mode="clamped")]
    return at.Trial(wait + READ, clamped, silences=[at.Silence(name) for name in names])


def separation(drive, pattern):
    return drive[pattern > 0].mean() - drive[pattern == 0].mean()


def test_currents_separate_the_pattern_by_gain_times_the_scale(probe):
    presets = {
        "currents": at.CurrentLIF(on_rate=30.0),
        "rising": at.CurrentLIF(on_rate=30.0, rise=5.0),
        "pulses": at.CurrentLIF(on_rate=30.0, tau_e=0.0),
        "adex": at.AdEx(on_rate=30.0),
    }
    circuit, names, engine, x, y = fan(presets)
    # pulses leave nothing but the potential; the AdEx one bends as it nears threshold
    read = {
        name: {"pulses": ["v"], "adex": ["i_e"]}.get(preset, ["v", "i_e"])
        for name, (preset, _, _) in names.items()
    }
    found = probe(engine, circuit, silent_targets(names, x), read, 300.0)
    for name, variables in read.items():
        preset, _, gain = names[name]
        expected = gain * found.plan.members[name].volt
        allowed = tolerance(20.0) if preset == "pulses" else tolerance(50.0, 20.0)
        for variable in variables:
            measured = separation(found.mean(name, variable), y)
            assert measured == pytest.approx(expected, rel=allowed), f"{variable} of {name}"


def test_conductances_bring_gain_times_the_scale_to_a_unit_held_at_its_working_point(probe):
    presets = {f"nmda{s}": at.Conductance(on_rate=30.0, nmda_share=s / 100) for s in (0, 90, 100)}
    circuit, names, engine, x, y = fan(presets, rules=("willshaw",))
    read = {name: ["g_ampa", "g_nmda"] for name in names}
    found = probe(engine, circuit, silent_targets(names, x, 500.0), read, 500.0)
    for name, (preset, _, gain) in names.items():
        target = presets[preset]
        # the current of a voltage clamp at the working point, over the leak; threshold -50 mV,
        # reset -55 mV, magnesium 1 mM
        held = -52.5
        pull = -held / target.leak
        ampa, nmda = (separation(found.mean(name, v, 1e-9), y) for v in read[name])
        nmda /= 1.0 + math.exp(-0.062 * held) / 3.57
        expected = gain * found.plan.members[name].volt
        allowed = tolerance(100.0, wait=500.0)
        assert (ampa + nmda) * pull == pytest.approx(expected, rel=allowed), name
        assert nmda * pull / expected == pytest.approx(target.nmda_share, abs=allowed), name


def test_a_subtractive_diversion_takes_gain_times_the_scale_from_its_pattern(probe):
    presets = {
        "currents": at.CurrentLIF(on_rate=30.0),
        "rising": at.CurrentLIF(on_rate=30.0, rise=3.0),
        "pulses": at.CurrentLIF(on_rate=30.0, tau_i=0.0),
        "adex": at.AdEx(on_rate=30.0),
        "conductances": at.Conductance(on_rate=30.0),
    }
    circuit, names, engine, x, y = fan(presets, ("willshaw",), at.Diversion)
    variables = {"pulses": "v", "conductances": "g_gaba"}
    read = {name: [variables.get(preset, "i_i")] for name, (preset, _, _) in names.items()}
    found = probe(engine, circuit, silent_targets(names, x), read, 300.0)
    for name, (variable,) in read.items():
        gain = names[name][2]
        measured = separation(found.mean(name, variable), y)
        if variable == "v":
            measured = -measured
        if variable == "g_gaba":
            # pulls towards -70 mV from midway between -55 and -50 mV, against a leak of 25 nS
            measured *= 1e6 * 17.5 / 25.0
        expected = gain * found.plan.members[name].volt
        tau = {"v": 20.0, "g_gaba": 5.0}.get(variable, 10.0)
        assert measured == pytest.approx(expected, rel=tolerance(tau)), name


@pytest.mark.parametrize("mode", ["divisive", "veto"])
def test_the_trace_of_a_diversion_has_the_mean_gain(mode, probe):
    circuit, names, engine, x, y = fan(
        {"currents": at.CurrentLIF()}, ("willshaw",), at.Diversion, mode=mode
    )
    found = probe(
        engine, circuit, silent_targets(names, x), {name: [mode] for name in names}, 300.0
    )
    for name, (_, _, gain) in names.items():
        error = np.abs(found.mean(name, mode, 1.0) - gain * y).max()
        assert error < gain * tolerance(TRACE), name


@pytest.mark.parametrize("preset", [at.CurrentLIF(), at.Conductance(), at.AdEx()])
def test_a_trace_of_gain_one_vetoes_between_volleys_of_sources_that_fire_together(preset):
    # a jump of T/τ a volley, of which (T/τ) / (e^(T/τ) - 1) is left before the next
    span = 1000.0 / preset.on_rate / TRACE
    assert span / math.expm1(span) > 0.75


def test_a_divisive_diversion_divides_cues_and_edges_alike(probe):
    """The edge equation: all excitation is divided by 1 + d."""
    circuit, names, engine, x, _ = fan(
        {"currents": at.CurrentLIF()}, ("willshaw",), at.Diversion, mode="divisive"
    )
    cued = at.Trial(
        340.0,
        [at.Cue("a", x, mode="clamped"), *(at.Cue(name, np.ones(30)) for name in names)],
        silences=[at.Silence(name) for name in names],
    )
    found = probe(engine, circuit, cued, {name: ["divisive", "v"] for name in names}, 300.0)
    for name in names:
        member = found.plan.members[name]
        expected = member.volt / (1.0 + found.traces[name, "divisive"])
        # potentials lag behind by 20 ms: means over whole periods do not
        drive = found.mean(name, "v") - (member.neurons.rest + member.offset)
        assert drive == pytest.approx(expected.mean(axis=0), rel=tolerance(20.0)), name


def test_a_cue_of_strength_one_is_worth_the_scale_and_rest_is_below_threshold_by_the_margin(probe):
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 30, at.KWinners(5))]))
    pattern = np.zeros(30)
    pattern[:5] = 1.0
    trial = at.Trial(300.0, [at.Cue("b", pattern, strength=0.7)], silences=[at.Silence("b")])
    found = probe(
        at.SpikingEngine(dt=DT, neurons=at.CurrentLIF()), circuit, trial, {"b": ["v"]}, 290.0
    )
    volt = found.plan.members["b"].volt
    mean = found.mean("b", "v")
    # fourteen membrane time constants after the start
    assert separation(mean, pattern) == pytest.approx(0.7 * volt, rel=2 * math.exp(-14))
    assert mean[-1] == pytest.approx(-50.0 - 0.1 * volt, abs=30 * math.exp(-14))


def test_physical_weights_are_multiples_of_the_unit_of_the_preset(probe):
    """Of a spike at 50 Hz: 1 mV a weight of 1 for 50 ms; 0.05 nS of AMPA for 2 ms."""
    kinds = {
        "current": at.CurrentLIF(),
        "pulse": at.CurrentLIF(tau_e=0.0),
        "wang": at.Conductance(),
    }
    networks = [at.AttractorNetwork(name, 2, at.Threshold()) for name in kinds]
    edges = [at.Association("a", name, rule=at.Fixed([[3.0], [0.0]])) for name in kinds]
    source = at.AttractorNetwork("a", 1, at.Threshold())
    circuit = at.Circuit(at.Architecture([source, *networks], edges))
    engine = at.SpikingEngine(dt=DT, neurons={"a": SOURCE, **kinds}, scale="physical")
    read = {"current": ["i_e"], "pulse": ["v"], "wang": ["g_ampa"]}
    found = probe(engine, circuit, silent_targets(kinds, np.ones(1)), read, 300.0)
    means = [
        (found.mean("current", "i_e"), 3.0 * 50.0 * 0.050, 50.0),
        (found.mean("pulse", "v") + 70.0, 3.0 * 50.0 * 0.020, 20.0),
        (found.mean("wang", "g_ampa", 1e-9), 3.0 * 0.05 * 50.0 * 0.002, 2.0),
    ]
    for measured, expected, tau in means:
        assert measured[0] == pytest.approx(expected, rel=tolerance(tau))
        assert measured[1] == pytest.approx(0.0, abs=1e-4)


def test_units_that_are_kept_silent_do_not_gather_adaptation(probe):
    """An exponential upstroke without a spike to end it stays at the threshold of the spike."""
    preset = at.AdEx()
    circuit = at.Circuit(at.Architecture([at.AttractorNetwork("b", 4, at.KWinners(2))]))
    trial = at.Trial(200.0, [at.Cue("b", np.ones(4), strength=3.0)], silences=[at.Silence("b")])
    found = probe(at.SpikingEngine(dt=DT, neurons=preset), circuit, trial, {"b": ["w_a"]}, 100.0)
    most = preset.coupling * (preset.fire_at - preset.rest)
    assert found.traces["b", "w_a"].max() / 1e-12 <= most
