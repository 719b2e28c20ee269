import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs
from attractors.seeding import stream

NOTHING = (None, None)


def learned(rule, x, name="net", y=None):
    y = x if y is None else y
    held = rule.start((y.shape[1], x.shape[1]), name)
    return rule.matrix(rule.learn(held, y, x, NOTHING))


@pytest.mark.parametrize("reciprocal", [True, False])
def test_a_random_fraction_of_the_synapses_is_absent(reciprocal):
    x = random_signs(3, 400, stream(0, "x"))
    plain = learned(at.Hebbian(), x)
    weights = learned(at.Diluted(at.Hebbian(), 0.7, reciprocal), x)
    there = weights != 0
    assert np.array_equal(weights[there], plain[there])
    # standard error of 80,000 pairs
    assert there.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 80_000))
    same = (there == there.T).mean()
    wanted = 1.0 if reciprocal else 0.3**2 + 0.7**2
    assert same == pytest.approx(wanted, abs=0.01)
    assert np.array_equal(weights, weights.T) == reciprocal


def test_which_synapses_are_there_depends_on_seed_and_name_alone():
    x, y = random_signs(3, 50, stream(0, "x")), random_signs(3, 50, stream(0, "y"))
    rule = at.Diluted(fraction=0.5)
    there = learned(rule, x) != 0
    assert np.array_equal(there, learned(rule, y) != 0)
    assert not np.array_equal(there, learned(rule, x, "other") != 0)
    assert not np.array_equal(there, learned(at.Diluted(fraction=0.5, seed=1), x) != 0)


def test_dilutions_of_dilutions_draw_anew():
    x = random_signs(1, 400, stream(0, "x"))
    rule = at.Diluted(at.Diluted(fraction=0.5), fraction=0.5)
    assert (learned(rule, x) != 0).mean() == pytest.approx(0.25, abs=0.01)


def test_between_networks_of_different_size_synapses_are_absent_one_by_one():
    x, y = random_signs(1, 300, stream(0, "x")), random_signs(1, 200, stream(0, "y"))
    assert (learned(at.Diluted(fraction=0.4), x, y=y) != 0).mean() == pytest.approx(0.6, abs=0.01)


def test_what_was_learned_counts_only_where_there_is_a_synapse(signal_to_noise):
    ratio = signal_to_noise(at.Diluted(fraction=0.25)) / signal_to_noise(at.Hebbian())
    assert ratio == pytest.approx(np.sqrt(0.75), rel=0.01), ratio


def test_capacity_falls_as_theory_says(half_load):
    diluted = half_load(at.Diluted(fraction=0.25), 1000, np.linspace(0.115, 0.16, 4), 2)
    plain = half_load(at.Hebbian(), 1000, np.linspace(0.14, 0.19, 4), 2)
    # critical loads 0.11368 (Sompolinsky 1986) and 0.13791; of a finite network in proportion
    assert diluted / plain == pytest.approx(0.11368 / 0.13791, abs=0.05), (diluted, plain)


@pytest.mark.parametrize(("load", "published"), [(0.2, 0.9698991), (0.4, 0.7861181)])
def test_strong_asymmetric_dilution_recalls_as_theory_says(load, published, overlaps):
    units, inputs = 4000, 50
    rule = at.Diluted(fraction=1 - inputs / units, reciprocal=False)
    found = [overlaps(rule, units, round(load * inputs), seed).mean() for seed in range(2)]
    # Derrida, Gardner & Zippelius (1987); 0.03 is what networks of 20,000 units deviate by
    assert np.mean(found) == pytest.approx(published, abs=0.03), found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "published", "loads"),
    [
        (at.Hebbian(), 0.13791, (0.14, 0.22)),
        (at.Diluted(fraction=0.25), 0.11368, (0.115, 0.18)),
        (at.Clipped(), 0.10184, (0.1, 0.16)),
    ],
    ids=str,
)
def test_half_loads_tend_to_the_critical_load(rule, published, loads, half_load):
    sizes = np.array([400, 800, 1600])
    found = [half_load(rule, units, np.linspace(*loads, 8), 4) for units in sizes]
    # half loads approach their limit like 1/√N
    limit = np.polyfit(1 / np.sqrt(sizes), found, 1)[1]
    assert abs(limit - published) < 0.01, f"half loads {np.round(found, 4)}, limit {limit:.4f}"


@pytest.mark.parametrize("fraction", [1.0, -0.1])
def test_some_synapses_must_be_there(fraction):
    with pytest.raises(ParameterError, match="Diluted: fraction"):
        at.Diluted(fraction=fraction)
