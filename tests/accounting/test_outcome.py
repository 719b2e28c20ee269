"""Bits of measured recalls: perfect, damaged and by chance, beyond what cues bring."""

from __future__ import annotations

import numpy as np
import pytest

from attractors.accounting import named, outcome
from attractors.errors import PatternError
from attractors.patterns import erase, flip, mask, random_signs, random_sparse
from attractors.seeding import stream
from attractors.theory import entropy, transinformation


def sparse(seed: int, count: int = 200) -> np.ndarray:
    return random_sparse(count, 500, 20, stream(seed, "stored"))


def test_perfect_recall_gives_the_entropy_of_the_pattern() -> None:
    assert outcome(sparse(0), sparse(0)).bits == pytest.approx(500 * entropy(0.04))
    signs = random_signs(200, 100, stream(0, "signs"))
    active = float((signs > 0).mean())
    assert outcome(signs, signs).bits == pytest.approx(100 * entropy(active))


def test_recall_by_chance_gives_nothing() -> None:
    """The estimate from n units has a bias of 1/(2 n ln 2) bits a unit, chi-squared / 2 n ln 2."""
    found = outcome(sparse(0), sparse(1))
    size = 200 * 500
    # chi-squared of one degree of freedom exceeds 20 once in 100,000
    bound = 500 * 20.0 / (2 * size * np.log(2))
    assert found.bits <= bound, f"{found.bits:.4f} bits by chance, bound {bound:.4f}"


def test_error_rates_are_those_of_the_units() -> None:
    stored = np.array([[1, 1, 0, 0, 0, 0, 0, 0]])
    found = outcome(stored, np.array([[1, 0, 1, 0, 0, 0, 0, 0]]))
    assert (found.false_alarms, found.misses) == (1 / 6, 1 / 2)
    assert found.bits == 8 * transinformation(0.25, 1 / 6, 1 / 2)


def test_graded_states_count_as_active_above_one_half() -> None:
    stored = np.array([[1, 0, 0, 0]])
    assert outcome(stored, np.array([[0.6, 0.4, 0.2, 0.0]])).bits == outcome(stored, stored).bits


def test_the_pattern_itself_as_cue_leaves_nothing_to_gain() -> None:
    stored = sparse(0)
    assert outcome(stored, stored, stored).gained == 0.0
    worse = flip(random_signs(50, 100, stream(1, "signs")), 0.2, stream(1, "worse"))
    assert outcome(worse, -worse, worse).gained == 0.0


def test_what_an_incomplete_cue_says_is_subtracted() -> None:
    stored = sparse(0)
    found = outcome(stored, stored, erase(stored, 0.5, stream(0, "erase")))
    assert found.cued == pytest.approx(500 * transinformation(0.04, 0.0, 0.5))
    assert found.gained == found.bits - found.cued > 0


def test_unknown_units_of_a_sign_cue_say_nothing_and_the_known_ones_all() -> None:
    stored = random_signs(400, 100, stream(2, "signs"))
    found = outcome(stored, stored, mask(stored, 0.3, stream(2, "mask")))
    # the known units are a sample: their share of +1 differs by its spread from that of all
    assert found.cued == pytest.approx(70.0, abs=0.05)
    assert found.gained == pytest.approx(30.0, abs=0.05)
    assert outcome(stored, stored, np.zeros_like(stored)).gained == found.bits


def test_a_name_is_worth_the_logarithm_of_the_choices() -> None:
    assert named(16, 1.0).bits == 4.0
    assert named(16, 1 / 16).gained == 0.0
    assert np.isnan(named(16, 1.0).misses)


def test_states_of_another_shape_are_refused() -> None:
    with pytest.raises(PatternError, match=r"shape \(200, 500\) and states of shape \(200, 499\)"):
        outcome(sparse(0), sparse(0)[:, 1:])
    with pytest.raises(PatternError, match=r"\(B, N\)"):
        outcome(sparse(0)[0], sparse(0)[0])
