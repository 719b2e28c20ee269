"""What presets and their parts refuse, and that every value says where it is from."""

from __future__ import annotations

import pytest

import attractors as at
from attractors.engines.spiking.neurons import NEURONS
from attractors.errors import ParameterError


@pytest.mark.parametrize("kind", NEURONS)
def test_every_value_has_a_unit_and_a_source_and_is_the_default(kind):
    preset = NEURONS[kind]()
    for name, value in preset.table.items():
        assert value.unit, name
        assert len(value.source) > 15, name
        assert getattr(preset, name) == value.value


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: at.CurrentLIF(tau_m=0.0), r"CurrentLIF: tau_m is 0\.0; .*above 0"),
        (lambda: at.CurrentLIF(tau_e=-1.0), r"CurrentLIF: tau_e is -1\.0; .*at least 0"),
        (lambda: at.CurrentLIF(on_rate=0.0), r"CurrentLIF: on_rate is 0\.0; .*above 0"),
        (lambda: at.CurrentLIF(noise=-2.0), r"CurrentLIF: noise is -2\.0; .*at least 0"),
        (lambda: at.CurrentLIF(bias="1"), r"CurrentLIF: bias is '1'; .*number"),
        (lambda: at.CurrentLIF(reset_to=-40.0), r"reset_to -40 mV must lie below fire_at -50"),
        (lambda: at.CurrentLIF(rise=2.0, tau_i=0.0), r"pulses .* leave rise at 0"),
        (lambda: at.CurrentLIF(background=3.0), r"background is 3\.0; write Background\("),
        (lambda: at.Conductance(nmda_share=1.5), r"nmda_share is 1\.5; .*from 0 to 1"),
        (lambda: at.Conductance(fire_at=5.0), r"must lie below fire_at.* and 0 mV"),
        (lambda: at.Conductance(tau_ampa=0.0), r"Conductance: tau_ampa is 0\.0; .*above 0"),
        (lambda: at.AdEx(soft=-30.0), r"AdEx: .*below soft -30, that below fire_at -40\.4"),
        (lambda: at.AdEx(increment=-1.0), r"AdEx: increment is -1\.0; .*at least 0"),
        (lambda: at.Background(-1.0, 0.1), r"Background: rate is -1\.0; .*at least 0"),
        (lambda: at.Background(100.0, 0.0), r"Background: weight is 0\.0; .*above 0"),
        (lambda: at.Pooled(strength=1.0), r"inhibition: strength is 1; .*use e\.g\. 0\.6"),
        (lambda: at.Pooled(tau=0.0), r"inhibition: tau is 0\.0; .*above 0"),
        (lambda: at.Interneurons(ratio=0.0), r"inhibition: ratio is 0\.0; .*above 0"),
        (lambda: at.Interneurons(rate=-4.0), r"inhibition: rate is -4\.0; .*above 0"),
        (lambda: at.ShortTerm(use=1.2), r"ShortTerm: use is 1\.2; it must be at most 1"),
        (lambda: at.ShortTerm(recovery=-1.0), r"ShortTerm: recovery is -1\.0; .*at least 0"),
        (lambda: at.Transmission(delay=0.0), r"Transmission: delay is 0\.0; .*above 0"),
        (lambda: at.Transmission(delay=(1.0, -2.0)), r"Transmission: delay is -2\.0; .*above 0"),
        (lambda: at.Transmission(delay=(5.0, 1.0)), r"Transmission: delay is \(5, 1\); .*shorter"),
    ],
)
def test_what_cannot_be_is_refused_with_object_value_and_cure(declare, message):
    with pytest.raises(ParameterError, match=message):
        declare()


def test_bias_may_be_a_range_and_delays_too():
    assert at.CurrentLIF(bias=(-1.0, 2.0)).biases == (-1.0, 2.0)
    assert at.CurrentLIF(bias=3.0).biases == (3.0, 3.0)
    assert at.Transmission(delay=(1.0, 5.0)).delays == (1.0, 5.0)
    assert at.Transmission(delay=2.0).delays == (2.0, 2.0)
    assert at.Transmission().delays is None
