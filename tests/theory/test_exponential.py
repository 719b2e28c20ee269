"""Exponential energies: published thresholds, sampled overlaps, numeric maxima and limits."""

import math

import numpy as np
import pytest
from scipy import optimize, special

import attractors as at
from attractors.errors import AttractorsError


@pytest.mark.parametrize(
    ("row", "sharpness", "patterns", "published"),
    [
        ("lm_bin_0.5", 0.5, "signs", 0.379885),
        ("lm_bin_1", 1.0, "signs", 0.566219),
        ("lm_sph_0.5", 0.5, "sphere", 0.387006),
        ("lm_sph_1", 1.0, "sphere", 0.622572),
    ],
)
def test_published_thresholds(row, sharpness, patterns, published) -> None:
    found = at.theory.exponential_capacity(sharpness, patterns)
    assert abs(found - published) <= 1e-6, f"{row}: {found}"


@pytest.mark.parametrize(("radius", "published"), [(0.0, 0.346574), (0.1, 0.184032)])
def test_published_bounds(radius: float, published: float) -> None:
    assert abs(at.theory.exponential_bound(radius) - published) <= 1e-6


def retrieved(load, sharpness, overlap, units, rng) -> bool:
    """Whether one pattern outweighs e^(αN) others, of which the overlaps are drawn."""
    ups = np.arange(units + 1)
    ways = special.gammaln(units + 1) - special.gammaln(ups + 1) - special.gammaln(units - ups + 1)
    expected = load * units + ways - units * math.log(2)
    # large counts hardly vary
    counts = np.where(expected < 12, rng.poisson(np.exp(np.minimum(expected, 12))), 0)
    with np.errstate(divide="ignore"):
        logs = np.where(expected < 12, np.log(counts), expected)
    others = special.logsumexp(logs + sharpness * (2 * ups - units))
    return bool(others < sharpness * overlap * units)


@pytest.mark.parametrize(
    ("sharpness", "overlap", "units", "margin"),
    # below m* the most overlapping of all patterns decides, up to ln N / N
    [(0.5, 1.0, 300, 0.02), (1.7, 1.0, 300, 0.02), (0.7, 0.9, 300, 0.04), (2.0, 0.5, 2000, 0.06)],
)
def test_sampled_overlaps_turn_where_it_says(sharpness, overlap, units, margin) -> None:
    load = at.theory.exponential_capacity(sharpness, overlap=overlap)
    rng = np.random.default_rng(0)
    below, above = (
        np.mean([retrieved(load * f, sharpness, overlap, units, rng) for _ in range(50)])
        for f in (1 - margin, 1 + margin)
    )
    assert (below, above) == (1.0, 0.0)


@pytest.mark.parametrize("sharpness", [1e-6, 0.3, 2.0, 40.0])
@pytest.mark.parametrize("overlap", [1.0, 0.6])
def test_the_sphere_agrees_with_a_maximum_found_numerically(sharpness, overlap) -> None:
    def rarity(m: float) -> float:
        return -0.5 * math.log1p(-m * m)

    found = optimize.minimize_scalar(
        lambda m: rarity(m) - sharpness * m,
        bounds=(0, 1 - 1e-12),
        method="bounded",
        options={"xatol": 1e-12},
    )
    condensed = overlap < found.x
    expected = rarity(overlap) if condensed else sharpness * overlap + found.fun
    load = at.theory.exponential_capacity(sharpness, "sphere", overlap=overlap)
    assert load == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_sharp_energies_reach_all_states_there_are() -> None:
    assert at.theory.exponential_capacity(1000.0) == pytest.approx(math.log(2))
    assert at.theory.exponential_capacity(1e-3) == pytest.approx(1e-3, rel=1e-3)
    # the nearest pattern is the right one up to the same load, however sharp
    by_overlap = [at.theory.exponential_capacity(λ, overlap=0.5) for λ in (3.0, 30.0, 3000.0)]
    # I(½), written out
    rarity = 0.75 * math.log(1.5) + 0.25 * math.log(0.5)
    assert by_overlap == pytest.approx([rarity] * 3)


def test_the_thresholds_join_where_patterns_condense() -> None:
    for patterns, best in (("signs", math.tanh(1.0)), ("sphere", (math.sqrt(5) - 1) / 2)):
        sides = [
            at.theory.exponential_capacity(1.0, patterns, overlap=best * f)
            for f in (1 - 1e-9, 1 + 1e-9)
        ]
        assert sides[0] == pytest.approx(sides[1], abs=1e-8)


def test_the_bound_for_units_lies_below_what_is_typical() -> None:
    for radius in (0.0, 0.05, 0.2, 0.4):
        typical = at.theory.exponential_capacity(1.0, overlap=1 - 2 * radius)
        assert at.theory.exponential_bound(radius) <= typical


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.exponential_capacity(0.0),
        lambda: at.theory.exponential_capacity(1.0, "gaussian"),
        lambda: at.theory.exponential_capacity(1.0, overlap=1.1),
        lambda: at.theory.exponential_bound(0.5),
        lambda: at.theory.exponential_bound(-0.1),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(AttractorsError, match="exponential_"):
        call()
