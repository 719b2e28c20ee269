import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import erf

import attractors as at
from attractors.errors import ParameterError
from attractors.patterns import random_signs
from attractors.seeding import stream

NOTHING = (None, None)


def theory(strength, age):
    """Overlap of the pattern of a given age/N in a full memory (replica-symmetric, T = 0).

    Patterns have strengths λ = ε exp(-ε²α/2) for ages α, so dα = 2/ε² dλ/λ. With the response
    C = √(2/πr) exp(-(λm)²/2r) the noise is r = ∫ λ² dα / (1 - λC)², and m = erf(λm / √2r).
    """
    own = strength * np.exp(-(strength**2) * age / 2)
    m, r = 1.0, 1.0
    for _ in range(5000):
        response = np.sqrt(2 / (np.pi * r)) * np.exp(-((own * m) ** 2) / (2 * r))
        if response * strength >= 1:
            return 0.0
        noise, _ = quad(
            lambda s, c: 2 / strength**2 * s / (1 - s * c) ** 2, 0, strength, (response,)
        )
        before, m, r = (m, r), erf(own * m / np.sqrt(2 * noise)), noise
        if np.abs(np.subtract(before, (m, r))).max() < 1e-10:
            break
    return m


def test_a_lesson_equals_decay_and_addition_pattern_by_pattern():
    x, y = random_signs(30, 12, stream(0, "x")), random_signs(30, 8, stream(0, "y"))
    rule, expected = at.Marginalist(3.0), np.zeros((8, 12))
    for a, b in zip(x, y, strict=True):
        expected = np.exp(-9 / 24) * expected + np.outer(b, a)
    held = rule.start((8, 12))
    for part in (slice(11), slice(11, None)):
        held = rule.learn(held, y[part], x[part], NOTHING)
    assert held == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("strength", "published"), [(4.108, 0.0489585), (6.0, 0.04057)])
def test_theory_gives_the_published_age_at_which_recall_ends(strength, published):
    # the overlap falls from about 0.9 to 0 there
    assert theory(strength, published - 1e-4) > 0.8
    assert theory(strength, published + 1e-4) == 0.0


def test_the_weakest_strength_that_recalls_anything_is_the_published_one():
    assert theory(2.467, 0.0) > 0.5
    assert theory(2.462, 0.0) == 0.0


@pytest.mark.parametrize("strength", [4.108, 6.0])
def test_recall_falls_with_age_as_theory_says(strength, overlaps):
    units, seeds = 1000, 6
    curves = np.array(
        [overlaps(at.Marginalist(strength), units, units, s, 100) for s in range(seeds)]
    )
    for age in (0.005, 0.015, 0.025):
        around = slice(round((age - 0.005) * units), round((age + 0.005) * units))
        found = curves[:, around].mean(axis=1)
        error = found.std(ddof=1) / np.sqrt(seeds)
        wanted = np.mean([theory(strength, a) for a in np.linspace(age - 0.005, age + 0.005, 5)])
        # at this size 1e-3 of the units is one unit a pattern
        assert abs(found.mean() - wanted) < 1e-3 + 3 * error, (
            f"{age}: {found.mean():.4f}, {wanted:.4f}"
        )


def test_what_is_recalled_in_all_tends_to_theory_with_size(overlaps):
    sizes, means, errors = np.array([250, 500, 1000]), [], []
    for units in sizes:
        rule, seeds = at.Marginalist(4.108), 6000 // units
        kept = [
            (overlaps(rule, units, units, s, units // 10) > 0.9).mean() / 10 for s in range(seeds)
        ]
        means.append(np.mean(kept))
        errors.append(np.std(kept, ddof=1) / np.sqrt(seeds))
    # what is kept approaches its limit like 1/√N, as half loads of the Hopfield network do
    terms = np.stack([np.ones(3), 1 / np.sqrt(sizes)], axis=1)
    solve = np.linalg.inv(terms.T @ terms) @ terms.T
    limit, error = (solve @ means)[0], np.sqrt(solve[0] ** 2 @ np.square(errors))
    assert abs(limit - 0.0489585) < 3 * error, (
        f"{np.round(means, 4)} N -> {limit:.4f} ± {error:.4f}"
    )
    assert error < 0.003, error


@pytest.mark.parametrize("strength", [0.0, -1.0, float("inf"), None])
def test_the_strength_must_be_above_zero(strength):
    with pytest.raises(ParameterError, match="Marginalist: strength"):
        at.Marginalist(strength)
