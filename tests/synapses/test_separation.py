"""Separation functions: their formulas, vetoed units, and what they cannot do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import softmax

import attractors as at
from attractors.errors import ParameterError, UnsupportedError
from attractors.synapses import separate

GRADED = [at.Linear(), at.Power(4), at.Exponential(), at.Softmax(3.0), at.Sparsemax()]
ALL = [*GRADED, at.Threshold(0.4), at.KWinners(2)]
fields = st.lists(st.lists(st.floats(-5, 5), min_size=4, max_size=4), min_size=1, max_size=3)


@given(fields, st.floats(0.1, 20))
def test_softmax_shares_by_the_exponentials(rows: list[list[float]], beta: float) -> None:
    field = np.array(rows)
    found = separate(at.Softmax(beta), field)
    assert found == pytest.approx(softmax(beta * field, axis=1), abs=1e-12)


@given(fields)
def test_sparsemax_is_the_nearest_point_of_the_simplex(rows: list[list[float]]) -> None:
    field = np.array(rows)
    found = separate(at.Sparsemax(), field)
    for row, answers in zip(field, found, strict=True):
        # an independent way to the cut: where the clipped differences sum to one
        def excess(cut: float, row: np.ndarray = row) -> float:
            return float(np.maximum(row - cut, 0).sum() - 1)

        cut = brentq(excess, row.min() - 1, row.max(), xtol=1e-14)
        assert answers == pytest.approx(np.maximum(row - cut, 0), abs=1e-9)


@given(fields, st.floats(1.1, 30))
def test_power_raises_to_one_less_than_the_exponent_of_the_energy(rows, n: float) -> None:
    field = np.array(rows)
    found = separate(at.Power(n), field)
    assert found == pytest.approx(np.where(field > 0, np.abs(field) ** (n - 1), 0), rel=1e-12)


def test_power_answers_the_slope_of_the_energy() -> None:
    n, step, field = 5, 1e-6, np.array([[0.3, 1.2, 2.0]])
    slope = ((field + step) ** n - (field - step) ** n) / (2 * step)
    assert separate(at.Power(n), field) == pytest.approx(slope / n, rel=1e-6)


@given(fields)
def test_exponential_answers_by_the_exponentials_up_to_a_common_factor(rows) -> None:
    field = np.array(rows)
    found = separate(at.Exponential(), field)
    assert (found.max(axis=1) == 1).all()
    ratio = found / np.exp(field)
    assert ratio == pytest.approx(np.broadcast_to(ratio[:, :1], field.shape), rel=1e-9)


def test_threshold_winners_and_identity_answer_as_their_units_do() -> None:
    field = np.array([[0.3, 0.9, -0.2, 0.8, 0.9]])
    assert separate(at.Threshold(0.5), field).tolist() == [[0, 1, 0, 1, 1]]
    assert separate(at.KWinners(2), field).tolist() == [[0, 1, 0, 0, 1]]
    assert separate(at.KWinners(4, threshold=0.5), field).tolist() == [[0, 1, 0, 1, 1]]
    assert separate(at.Linear(), field).tolist() == field.tolist()


@pytest.mark.parametrize("dynamics", ALL, ids=repr)
def test_vetoed_units_are_silent_and_a_silent_row_is_no_error(dynamics: at.Dynamics) -> None:
    field = np.array([[-np.inf, 2.0, 1.0, -np.inf], [-np.inf] * 4])
    found = separate(dynamics, field)
    assert (found[np.isinf(field)] == 0).all()
    assert found[0, 1] > 0


@pytest.mark.parametrize("dynamics", [*GRADED[2:], at.Linear()], ids=repr)
def test_single_precision_stays_single(dynamics: at.Dynamics) -> None:
    field = np.random.default_rng(0).normal(size=(3, 50)).astype(np.float32)
    found = separate(dynamics, field)
    assert found.dtype == np.float32
    assert found == pytest.approx(separate(dynamics, field.astype(float)), abs=1e-6)


@pytest.mark.parametrize("dynamics", GRADED[2:], ids=repr)
def test_fields_beyond_the_range_of_exponentials_give_numbers(dynamics: at.Dynamics) -> None:
    found = separate(dynamics, np.array([[1e6, 1e6 - 0.1, -1e6]]))
    assert np.isfinite(found).all()
    assert found[0, 0] > found[0, 1] > found[0, 2] == 0


def test_a_power_that_no_number_can_hold_is_refused_with_a_cure() -> None:
    with pytest.raises(ParameterError, match=r"field of 1e\+09 to the power of 40.*smaller gain"):
        separate(at.Power(41), np.array([[1e9]]))


def test_dynamics_that_separate_nothing_are_refused() -> None:
    with pytest.raises(UnsupportedError, match=r"Sign is no separation function; use Softmax"):
        separate(at.Sign(), np.zeros((1, 2)))
