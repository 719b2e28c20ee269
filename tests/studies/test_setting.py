"""A setting refuses what has no meaning and says in words what it measures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import attractors as at
from attractors.errors import AttractorsError
from attractors.studies.expectation import expectation
from attractors.studies.setting import Setting


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"rule": "hebian"}, "did you mean 'hebbian'"),
        ({"units": 0}, "units is 0"),
        ({"rule": "hebbian", "activity": 0.02}, "covariance"),
        ({"rule": "hebbian", "threshold": 0.5}, "no threshold"),
        ({"activity": 0.0001}, "0 active"),
        ({"activity": 0.7}, "70 active"),
        ({"activity": float("nan")}, "activity is nan"),
        ({"flipped": 1.0}, "flipped is 1"),
        ({"erased": -0.1}, "erased is -0.1"),
        ({"held": -1}, "held is -1"),
        ({"measure": "mach"}, "did you mean 'match'"),
        ({"order": "asynchronous"}, "all units at once"),
        ({"threshold": 0.5, "order": "sync"}, "did you mean 'synchronous'"),
        ({"steps": 0}, "steps is 0"),
        ({"trials": 1}, "trials is 1"),
        ({"workers": 0}, "workers is 0"),
        ({"patterns": []}, "patterns is empty"),
        ({"patterns": [10, 0]}, "patterns is 0"),
        ({"seed": -1}, "seed is -1"),
    ],
)
def test_bad_parameters_get_one_clear_error(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(AttractorsError, match=message) as caught:
        at.studies.capacity(**{"rule": "covariance", "units": 100, **parameters})
    assert str(caught.value).count("\n") == 0


def test_cues_are_damaged_as_the_criterion_says(rng: np.random.Generator) -> None:
    sparse = Setting("willshaw", 200, 0.05, flipped=0.2, erased=0.5)
    stored = sparse.patterns(30, rng)
    cues = sparse.cue(stored, rng)
    assert (stored.sum(axis=1) == 10).all()
    assert (cues.sum(axis=1) == 5).all()
    dense = Setting("hebbian", 200, flipped=0.1, erased=0.3)
    stored = dense.patterns(30, rng)
    cues = dense.cue(stored, rng)
    assert ((cues == 0).sum(axis=1) == 60).all()
    assert set(np.unique(stored)) == {-1, 1}


def test_the_criterion_names_cue_threshold_order_steps_and_success() -> None:
    words = Setting("covariance", 1000, erased=0.3, held=0.5, steps=20, level=0.8).criterion()
    assert words == {
        "patterns": "random 0/1, exactly 20 of 1000 units active",
        "cue": "initial state: the stored pattern, 0.3 of the active units erased, "
        "held on as input of strength 0.5",
        "threshold": "the 20 largest fields win, ties by unit index",
        "order": "synchronous",
        "steps": 20,
        "success": "final match with the cued pattern > 0.8",
    }


def test_success_is_measured_as_declared() -> None:
    stored = np.array([[1, 1, 0, 0, 0, 0, 0, 0]], np.int8)
    final = np.array([[1, 1, 1, 0, 0, 0, 0, 0]], float)
    overlap, match, exact = (
        Setting("willshaw", 8, 0.25, measure=measure).scores(final, stored)[0]
        for measure in ("overlap", "match", "exact")
    )
    # one extra unit of six: m = 1 - 1/6; Pearson for 2 of 3 active units among 8
    assert overlap == pytest.approx(1 - 1 / 6)
    assert match == pytest.approx((2 / 8 - 2 / 8 * 3 / 8) / np.sqrt(2 / 8 * 6 / 8 * 3 / 8 * 5 / 8))
    assert exact == 0.0


def test_theory_is_given_where_it_exists_and_nowhere_else() -> None:
    known = expectation(Setting("hebbian", 500))
    assert known is not None
    assert known["critical_load"] == pytest.approx(0.137906, abs=1e-6)
    assert expectation(Setting("hebbian", 500, measure="exact")) is None
    assert expectation(Setting("willshaw", 500, flipped=0.1)) is None
