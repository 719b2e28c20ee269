"""What the spiking engine refuses of units that run freely: object, value and cure."""

from __future__ import annotations

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, TrialError, UnknownNameError, UnsupportedError

FREE = {"neurons": at.CurrentLIF()}
FREE_ONLY = r"{} is .*, but only units that run freely have it; give neurons"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"neurons": at.CurrentLIF}, r"neurons is <class.*give an instance"),
        ({"neurons": {"a": "adex"}}, r"neurons is 'adex'; give an instance"),
        ({**FREE, "inhibition": 0.5}, r"inhibition is 0\.5; give Pooled\(\) or Interneurons\(\)"),
        ({**FREE, "transmission": {"a": 5.0}}, r"transmission of 'a' is 5\.0; write Transmission"),
        ({"inhibition": at.Interneurons()}, FREE_ONLY.format("inhibition")),
        ({"scale": "physical"}, FREE_ONLY.format("scale")),
        ({"transmission": {"a": at.Transmission()}}, FREE_ONLY.format("transmission")),
        ({"axon": 2.0}, FREE_ONLY.format("axon")),
        ({"window": 20.0}, FREE_ONLY.format("window")),
        ({**FREE, "axon": 0.05}, r"dt 0\.1 ms must divide 0\.05 ms"),
        ({**FREE, "axon": 0.0}, r"axon is 0\.0; .*above 0"),
        ({**FREE, "window": 45.0}, r"step 10 ms must divide 45 ms"),
        ({**FREE, "dt": 3.0}, r"dt 3 ms must divide 10 ms"),
    ],
)
def test_options_that_cannot_work_are_refused(options, message):
    with pytest.raises(ParameterError, match=message):
        at.SpikingEngine(**options)


def test_an_unknown_scale_suggests_the_near_one():
    with pytest.raises(UnknownNameError, match=r"scale.*'phsical'.*did you mean 'physical'"):
        at.SpikingEngine(**FREE, scale="phsical")


def one(dynamics, **options):
    network = at.AttractorNetwork("word", 12, dynamics)
    return at.Circuit(at.Architecture([network])), at.SpikingEngine(**(FREE | options))


@pytest.mark.parametrize(
    ("dynamics", "options", "message"),
    [
        (at.Rate(), {}, r"network 'word': Rate units are integrated as rates.*leave out neurons"),
        (at.KWinners(2, temperature=0.1), {}, r"'word': KWinners .*no temperature.*noise=2"),
        (at.KWinners(2, threshold=None), {}, r"'word': KWinners\(threshold=None\).*give a thresh"),
        (at.KWinners(2), {"scale": "physical"}, r"'word': KWinners.*use Threshold\(\)"),
        (at.Blocks(3), {"scale": "physical"}, r"'word': Blocks.*use Threshold\(\)"),
        (
            at.Threshold(0.4),
            {"scale": "physical"},
            r"'word': Threshold has a threshold of 0\.4 .*no effect.*leave it out.*fire_at",
        ),
        (
            at.KWinners(2, depression=at.Depression(0.5, on_rate=100.0)),
            {"neurons": at.CurrentLIF(on_rate=40.0)},
            r"'word': Depression uses .*50 times a second, .*40 Hz .*at most use=0\.4",
        ),
        (at.Sign(), {}, r"'word': Sign units have no spiking form.*engine='rate'"),
    ],
)
def test_dynamics_that_cannot_run_freely_name_network_and_cure(dynamics, options, message):
    circuit, engine = one(dynamics, **options)
    with pytest.raises(UnsupportedError, match=message):
        engine.compile(circuit)


def test_what_has_no_effect_may_be_given_as_it_is_by_default():
    at.SpikingEngine(axon=1.0, window=50.0, scale="field", inhibition=at.Pooled(), transmission={})
    circuit, engine = one(at.Threshold(0.5), scale="physical")
    engine.compile(circuit)


def test_depression_may_use_all_that_is_there_with_every_spike():
    # 0.3 x 100 Hz / 30 Hz is above 1 in floating point
    dynamics = at.KWinners(2, depression=at.Depression(0.3, on_rate=100.0))
    circuit, engine = one(dynamics, neurons=at.CurrentLIF(on_rate=0.3 * 100.0))
    engine.compile(circuit)


def test_presets_and_transmission_for_what_is_not_there_suggest_the_near_name():
    circuit, _ = one(at.KWinners(2))
    with pytest.raises(UnknownNameError, match=r"network .*'wrod'; did you mean 'word'"):
        at.SpikingEngine(neurons={"wrod": at.AdEx()}).compile(circuit)
    with pytest.raises(UnknownNameError, match=r"edge .*'words'"):
        at.SpikingEngine(**FREE, transmission={"words": at.Transmission()}).compile(circuit)


def joined(edge):
    networks = [at.AttractorNetwork(name, 12, at.KWinners(2)) for name in "ab"]
    return at.Circuit(at.Architecture(networks, [edge]))


def test_a_fading_edge_names_its_cure():
    circuit = joined(at.Association("a", "b", fade=50.0))
    with pytest.raises(UnsupportedError, match=r"edge 'a->b': .*set fade=0"):
        at.SpikingEngine(**FREE).compile(circuit)


def test_pulses_cannot_be_divided():
    circuit = joined(at.Diversion("a", "b", mode="divisive"))
    with pytest.raises(UnsupportedError, match=r"'a.*b': pulses \(tau_e=0\).*tau_e above 0"):
        at.SpikingEngine(neurons=at.CurrentLIF(tau_e=0.0)).compile(circuit)


def test_rules_with_a_bias_are_named():
    circuit = joined(at.Association("a", "b", rule=at.BCPNN()))
    patterns = np.eye(12, dtype=int)[:2] + np.eye(12, dtype=int)[2:4]
    circuit.associate("a", "b", patterns, patterns)
    with pytest.raises(UnsupportedError, match=r"'a->b': .*no form of BCPNN.*engine='rate'"):
        at.SpikingEngine(**FREE).compile(circuit)


def _pair(rule, **edge):
    ends = [at.AttractorNetwork(name, 20, at.KWinners(4)) for name in ("a", "b")]
    circuit = at.Circuit(at.Architecture(ends, [at.Association("a", "b", rule, **edge)]))
    if not isinstance(rule, at.Fixed):
        circuit.store(a=[[1] * 4 + [0] * 16], b=[[1] * 4 + [0] * 16])
    return circuit


@pytest.mark.parametrize(
    ("neurons", "edge", "way", "kind", "message"),
    [
        (at.CurrentLIF(), {"delay": 0.25}, {}, TrialError, "multiple of 0.1 ms"),
        (at.CurrentLIF(), {}, {"delay": 0.04}, TrialError, "multiple of 0.1 ms|below dt"),
        (at.CurrentLIF(), {}, {"delay": (0.05, 1.0)}, TrialError, "below dt"),
        (
            at.CurrentLIF(),
            {"delay": 5.0},
            {"short_term": at.ShortTerm()},
            UnsupportedError,
            "facilitate or depress.* 5 ms .*refractory",
        ),
        (at.Conductance(), {"delay": 5.0}, {}, UnsupportedError, "NMDA.* 5 ms .*refractory"),
    ],
)
def test_delays_that_would_come_out_wrong_are_refused(neurons, edge, way, kind, message):
    engine = at.SpikingEngine(neurons=neurons, transmission={"a->b": at.Transmission(**way)})
    with pytest.raises(kind, match=message):
        engine.compile(_pair(at.Willshaw(), **edge))


def test_negative_conductances_are_refused():
    circuit = _pair(at.Fixed(-np.ones((20, 20))))
    with pytest.raises(UnsupportedError, match="weight of -1 would be a negative conductance"):
        at.SpikingEngine(neurons=at.Conductance()).compile(circuit)
    at.SpikingEngine(neurons=at.CurrentLIF()).compile(circuit)


def test_a_rate_beyond_the_refractory_period_is_refused():
    with pytest.raises(ParameterError, match="on_rate is 600 Hz.* at most 450 Hz"):
        at.CurrentLIF(on_rate=600.0)
