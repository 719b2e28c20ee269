import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError, UnknownNameError
from attractors.patterns import random_signs, random_sparse
from attractors.seeding import stream

NOTHING = (None, None)


def learned(rule, post, pre, activity=NOTHING, name="edge"):
    held = rule.start((post.shape[1], pre.shape[1]), name)
    return rule.matrix(rule.learn(held, post, pre, activity))


@pytest.mark.parametrize("chance", [0.05, 0.2, 0.5])
def test_signal_to_noise_falls_with_age_as_published(chance):
    synapses, neurons, ages = 400, 500, np.arange(12)
    x = random_signs(40, synapses, stream(0, "x"))
    y = random_signs(40, neurons, stream(0, "y"))
    weights = learned(at.AmitFusi(chance, values="±1"), y, x)
    # chance overlaps of the patterns in the source are the same for all neurons: they change the
    # mean square of the noise, 1, by sums of s_k² (o² - 1) with o² of variance 2
    common = 4 * np.sqrt(2 * np.sum((chance * (1 - chance) ** np.arange(40)) ** 4))
    for age in ages:
        # what each neuron would read if it knew the pattern: sum over its synapses of w ξ_j ξ_i
        signal = (weights @ x[-1 - age]) * y[-1 - age] / np.sqrt(synapses)
        wanted = np.sqrt(synapses) * chance * (1 - chance) ** age
        error = signal.std(ddof=1) / np.sqrt(neurons)
        assert abs(signal.mean() - wanted) < 4 * error, (
            f"age {age}: {signal.mean():.3f}, {wanted:.3f}"
        )
        # w² = 1: the noise is 1 less the square of the mean signal of one synapse
        noise, allowed = 1 - wanted**2 / synapses, 4 * np.sqrt(2 / neurons) + common
        assert abs(signal.var(ddof=1) - noise) < allowed, f"age {age}: {signal.var(ddof=1):.3f}"


def test_sparse_memories_fade_at_the_rate_of_their_overwriting():
    units, active, up = 500, 50, 0.8
    rule, level = at.AmitFusi(up), active / units
    patterns = random_sparse(60, units, active, stream(0, "patterns"))
    down = up * level / (2 * (1 - level))
    lost = up * level**2 + down * 2 * level * (1 - level)
    gaps = []
    for seed in range(6):
        memory = learned(at.AmitFusi(up, seed=seed), patterns, patterns, (level, level))
        on = [memory[np.ix_(p > 0, p > 0)].mean() for p in patterns[::-1]]
        gaps.append(np.array(on) - 0.5)
    # p = ½: of the half that was off, a new pattern switches on the share q+
    for age in (0, 10, 30):
        found, wanted = np.mean(gaps, axis=0)[age], 0.5 * up * (1 - lost) ** age
        # 6 × 50² synapses, of which those of one unit share their patterns
        error = 0.5 / np.sqrt(6 * active**2) + 0.02
        assert abs(found - wanted) < 4 * error, f"age {age}: {found:.3f}, wanted {wanted:.3f}"
    assert rule.chances((level, level)) == pytest.approx((up, down, 0.5))


def test_half_of_the_synapses_stay_on_when_potentiation_and_depression_balance():
    patterns = random_sparse(300, 200, 20, stream(0, "patterns"))
    on = learned(at.AmitFusi(0.5), patterns, patterns, (0.1, 0.1)).mean()
    # 40,000 synapses; those of one pattern move together, so ten times their standard error
    assert abs(on - 0.5) < 10 * 0.5 / 200, on


def test_the_equilibrium_is_where_a_long_life_leads():
    rule = at.AmitFusi(0.9, 0.3)
    *_, expected = rule.chances((0.1, 0.1))
    patterns = random_sparse(400, 200, 20, stream(0, "patterns"))
    on = learned(rule, patterns, patterns, (0.1, 0.1)).mean()
    assert abs(on - expected) < 10 * np.sqrt(expected * (1 - expected)) / 200, (on, expected)


@pytest.mark.parametrize("values", ["01", "±1"])
def test_lessons_may_be_split_and_depend_on_name_and_seed(values):
    draw = random_signs if values == "±1" else lambda n, u, rng: random_sparse(n, u, 5, rng)
    level = NOTHING if values == "±1" else (0.1, 0.1)
    x, rule = draw(12, 50, stream(0, "x")), at.AmitFusi(0.3, values=values)
    held = rule.start((50, 50), "edge")
    for part in (slice(5), slice(5, 5), slice(5, None)):
        held = rule.learn(held, x[part], x[part], level)
    whole = learned(rule, x, x, level)
    assert np.array_equal(rule.matrix(held), whole)
    assert not np.array_equal(learned(rule, x, x, level, name="other"), whole)
    assert not np.array_equal(learned(at.AmitFusi(0.3, values=values, seed=1), x, x, level), whole)


def test_nothing_is_on_before_the_first_lesson():
    for values in ("01", "±1"):
        rule = at.AmitFusi(values=values)
        held = rule.start((5, 4))
        assert not rule.matrix(held).any()
        assert rule.scale(held, 4, 0.5) == 0.0


def test_gain_one_parts_the_newest_pattern_by_its_values_in_the_mean():
    patterns = random_sparse(30, 400, 40, stream(0, "patterns"))
    gaps = []
    for seed in range(8):
        rule = at.AmitFusi(0.6, 0.1, seed=seed)
        held = rule.learn(rule.start((400, 400)), patterns, patterns, (0.1, 0.1))
        newest = patterns[-1]
        field = rule.matrix(held) @ newest * rule.scale(held, 400, 0.1)
        gaps.append(field[newest > 0].mean() - field[newest == 0].mean())
    error = np.std(gaps, ddof=1) / np.sqrt(len(gaps))
    # the equilibrium is that of random patterns, these thirty deviate by chance: 5 %
    assert abs(np.mean(gaps) - 1.0) < 0.05 + 3 * error, f"{np.mean(gaps):.3f} ± {error:.3f}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"potentiation": 0.0}, "potentiation is 0"),
        ({"potentiation": 1.1}, "potentiation is 1.1; it must be at most 1"),
        ({"depression": -0.1}, "depression is -0.1"),
        ({"seed": -1}, "seed is -1"),
    ],
)
def test_probabilities_are_probabilities(arguments, message):
    with pytest.raises(ParameterError, match=message):
        at.AmitFusi(**arguments)


def test_values_are_01_or_signs():
    with pytest.raises(UnknownNameError, match="values of AmitFusi"):
        at.AmitFusi(values="any")


def test_networks_without_activity_or_too_active_to_balance_are_refused():
    with pytest.raises(ParameterError, match="write AmitFusi\\(activity"):
        at.Memory(50, at.Threshold(), at.AmitFusi()).store(np.eye(50, dtype=np.int8))
    with pytest.raises(ParameterError, match="depression would have to be 1.8"):
        at.AmitFusi(0.9).check((0.8, 0.8))
    at.AmitFusi(0.9, 0.9).check((0.8, 0.8))
