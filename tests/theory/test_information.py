"""Bits of binary channels and of answers, against sums over all outcomes and known limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attractors.errors import ParameterError
from attractors.theory import (
    entropy,
    hopfield_capacity,
    hopfield_overlap,
    identification,
    transinformation,
    willshaw_capacity,
    willshaw_false_positive,
)

SHARES = st.floats(0.0, 1.0)


def by_joint_table(joint: np.ndarray) -> float:
    """Mutual information of a table of joint probabilities, by its definition."""
    product = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    some = joint > 1e-150  # the squares of smaller ones are no numbers any more
    return float((joint[some] * np.log2(joint[some] / product[some])).sum())


@given(SHARES, SHARES, SHARES)
def test_transinformation_is_the_mutual_information_of_stored_and_recalled(
    a: float, wrong: float, missed: float
) -> None:
    joint = np.array([[(1 - a) * (1 - wrong), (1 - a) * wrong], [a * missed, a * (1 - missed)]])
    found = transinformation(a, wrong, missed)
    assert found == pytest.approx(by_joint_table(joint), abs=1e-9)
    assert 0.0 <= found <= entropy(a) + 1e-12


@given(st.integers(2, 50), SHARES)
def test_identification_is_the_mutual_information_of_thing_and_answer(
    choices: int, share: float
) -> None:
    right = max(share, 1 / choices)
    joint = np.full((choices, choices), (1 - right) / (choices - 1) / choices)
    np.fill_diagonal(joint, right / choices)
    found = identification(choices, share)
    assert found == pytest.approx(by_joint_table(joint), abs=1e-9)


@given(SHARES, SHARES)
def test_a_recall_that_ignores_what_was_stored_says_nothing(a: float, active: float) -> None:
    assert transinformation(a, active, 1.0 - active) == pytest.approx(0.0, abs=1e-9)


def test_one_thing_alone_needs_no_name() -> None:
    assert identification(1, 1.0) == 0.0


@pytest.mark.parametrize(("active", "published"), [(10, 0.3832), (20, 0.3389)])
def test_willshaw_holds_what_exact_counting_says(active: int, published: float) -> None:
    """Knoblauch, Palm & Sommer (2010): bits per synapse at 1 % wrong units, n = 1000."""
    patterns = willshaw_capacity(1000, active)
    wrong = willshaw_false_positive(1000, active, patterns)
    found = patterns * transinformation(active / 1000, wrong) / 1000
    assert found == pytest.approx(published, abs=1e-4)


def test_willshaw_rises_towards_ln_2_bits_a_synapse() -> None:
    found = []
    for units, active in [(10**3, 10), (10**4, 13), (10**5, 17), (10**6, 21)]:
        patterns = willshaw_capacity(units, active)
        wrong = willshaw_false_positive(units, active, patterns)
        found.append(patterns * transinformation(active / units, wrong) / units)
    assert found == sorted(found)
    assert found[-1] == pytest.approx(0.5276, abs=5e-4), "published for n = 10^6, k = 21"
    assert found[-1] < np.log(2)


def test_the_classical_network_recalls_an_eighth_of_a_bit_a_synapse_at_its_limit() -> None:
    load = hopfield_capacity()
    wrong = (1.0 - hopfield_overlap(load - 1e-9)) / 2.0
    assert load * transinformation(0.5) == pytest.approx(0.138, abs=1e-3)
    assert load * transinformation(0.5, wrong, wrong) == pytest.approx(0.121, abs=1e-3)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "0.5"])
def test_what_is_no_probability_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="entropy: probability is"):
        entropy(value)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="misses is"):
        transinformation(0.5, 0.0, value)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="share is"):
        identification(4, value)  # type: ignore[arg-type]
