"""Corruption changes exactly the units that it says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from attractors.errors import ParameterError, PatternError
from attractors.patterns import (
    add,
    erase,
    flip,
    mask,
    mask_units,
    move,
    random_bernoulli,
    random_signs,
    random_sparse,
)

FRACTIONS = [0.0, 0.1, 0.33, 0.5, 1.0]
RANDOM = [flip, erase, add, move, mask]


@pytest.mark.parametrize("fraction", FRACTIONS)
@pytest.mark.parametrize("signs", [True, False])
def test_flip_changes_the_rounded_fraction_of_all_units(
    fraction: float, signs: bool, rng: np.random.Generator
) -> None:
    patterns = random_signs(30, 50, rng) if signs else random_sparse(30, 50, 5, rng)
    flipped = flip(patterns, fraction, rng)
    assert flipped.dtype == np.int8
    assert set(np.unique(flipped)) <= set(np.unique(patterns))
    assert ((flipped != patterns).sum(axis=1) == round(fraction * 50)).all()


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_erase_add_and_move_count_in_active_units(
    fraction: float, rng: np.random.Generator
) -> None:
    patterns = random_bernoulli(30, 60, 0.2, rng)
    active = patterns.sum(axis=1)
    expected = np.array([round(fraction * k) for k in active.tolist()])
    for corrupt, lost, gained in ((erase, 1, 0), (add, 0, 1), (move, 1, 1)):
        result = corrupt(patterns, fraction, rng)
        assert result.dtype == np.int8
        np.testing.assert_array_equal(
            ((patterns == 1) & (result == 0)).sum(axis=1), lost * expected
        )
        np.testing.assert_array_equal(
            ((patterns == 0) & (result == 1)).sum(axis=1), gained * expected
        )


def test_add_may_exceed_the_active_units(rng: np.random.Generator) -> None:
    assert (add(random_sparse(4, 50, 5, rng), 3.0, rng).sum(axis=1) == 20).all()


def test_patterns_without_active_units_stay_silent(rng: np.random.Generator) -> None:
    silent = np.zeros((2, 5), dtype=np.int8)
    for corrupt in (erase, add, move):
        assert not corrupt(silent, 0.5, rng).any()


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_mask_hides_the_rounded_fraction_whatever_the_value(
    fraction: float, rng: np.random.Generator
) -> None:
    patterns = random_signs(30, 50, rng)
    masked = mask(patterns, fraction, rng)
    assert ((masked == 0).sum(axis=1) == round(fraction * 50)).all()
    assert ((masked == patterns) | (masked == 0)).all()
    assert mask(masked, 0.5, rng).dtype == np.int8  # a masked pattern can be masked again


def test_given_units_are_masked_in_every_pattern(rng: np.random.Generator) -> None:
    patterns = random_signs(3, 6, rng)
    for units in ([0, 2], np.array([True, False, True, False, False, False])):
        masked = mask_units(patterns, units)
        assert not masked[:, [0, 2]].any()
        np.testing.assert_array_equal(masked[:, [1, 3, 4, 5]], patterns[:, [1, 3, 4, 5]])
    assert patterns.all(), "the input was changed"


@pytest.mark.parametrize("units", [[6], [-1], [0.5], [True], "left"])
def test_units_that_do_not_exist_are_refused(units: Any, rng: np.random.Generator) -> None:
    with pytest.raises(ParameterError, match="give indices from 0 to 5, or 6 booleans"):
        mask_units(random_signs(3, 6, rng), units)


@pytest.mark.parametrize("corrupt", RANDOM)
def test_every_unit_is_hit_alike(corrupt: Callable[..., Any], rng: np.random.Generator) -> None:
    patterns = np.tile(np.array([1, 0], dtype=np.int8), (4000, 10))
    changed = corrupt(patterns, 0.2, rng) != patterns
    for kind in (0, 1):
        share = changed[:, patterns[0] == kind].mean(axis=0)
        # 4000 independent draws per unit: standard error at most sqrt(p(1-p)/4000)
        error = np.sqrt(share.mean() * (1 - share.mean()) / 4000)
        assert np.abs(share - share.mean()).max() <= 4.5 * error, share


@pytest.mark.parametrize("corrupt", RANDOM)
def test_the_generator_alone_decides(corrupt: Callable[..., Any]) -> None:
    patterns = random_sparse(5, 40, 8, np.random.default_rng(0))
    before = patterns.copy()
    first, again, other = (corrupt(patterns, 0.5, np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()
    np.testing.assert_array_equal(patterns, before)


def test_nothing_but_ones_flips_once_told_what_they_are(rng: np.random.Generator) -> None:
    ones = np.ones((1, 4), dtype=np.int8)
    with pytest.raises(PatternError, match="nothing but 1, neither 0/1 nor ±1; say values='01'"):
        flip(ones, 0.5, rng)
    assert sorted(flip(ones, 0.5, rng, values="±1")[0].tolist()) == [-1, -1, 1, 1]
    assert sorted(flip(ones, 0.5, rng, values="01")[0].tolist()) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g: flip([[1, 0, -1]], 0.5, g), "flip: patterns contain -1 and 0"),
        (lambda g: flip([[0, 2]], 0.5, g), "flip: patterns contain 2"),
        (lambda g: erase([[1, -1]], 0.5, g), "erase: patterns contain -1"),
        (lambda g: add([[1, 1, 0]], 1.0, g), "add: pattern 0 has 1 inactive units, 2 are needed"),
        (lambda g: move([[1, 1, 0]], 1.0, g), "move: pattern 0 has 1 inactive"),
        (lambda g: mask([[0.5, 1]], 0.5, g), "mask: patterns contain 0.5"),
        (lambda g: mask([1, 0], 0.5, g), r"mask: patterns have shape \(2,\)"),
    ],
)
def test_unsuitable_patterns_are_refused(
    call: Callable[[np.random.Generator], Any], message: str, rng: np.random.Generator
) -> None:
    with pytest.raises(PatternError, match=message):
        call(rng)


@pytest.mark.parametrize("corrupt", RANDOM)
@pytest.mark.parametrize("fraction", [-0.1, float("nan"), float("inf"), "half"])
def test_impossible_fractions_are_refused(
    corrupt: Callable[..., Any], fraction: float, rng: np.random.Generator
) -> None:
    with pytest.raises(ParameterError, match=f"{corrupt.__name__}: fraction is"):
        corrupt([[1, 0, 0]], fraction, rng)


@pytest.mark.parametrize("corrupt", [flip, erase, move, mask])
def test_more_than_everything_is_refused(
    corrupt: Callable[..., Any], rng: np.random.Generator
) -> None:
    with pytest.raises(ParameterError, match=r"fraction is 1.2; it must be 0 to 1"):
        corrupt([[1, 0, 0]], 1.2, rng)


@pytest.mark.parametrize("corrupt", RANDOM)
def test_a_seed_is_no_generator(corrupt: Callable[..., Any]) -> None:
    with pytest.raises(ParameterError, match="generator is 7"):
        corrupt([[1, 0, 0]], 0.5, 7)
