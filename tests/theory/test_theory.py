"""Theory is solved from its equations: the published numbers come out, at their tolerances."""

from __future__ import annotations

import math
from math import comb

import numpy as np
import pytest

import attractors as at
from attractors.errors import ParameterError
from attractors.seeding import stream


@pytest.mark.parametrize(
    ("row", "measured", "published", "tolerance"),
    [
        ("hop_ac", lambda: at.theory.hopfield_capacity(), 0.1379056, 1e-6),
        ("hop_m_0.1", lambda: at.theory.hopfield_overlap(0.1), 0.99799927, 1e-6),
        ("hop_m_0.135", lambda: at.theory.hopfield_overlap(0.135), 0.98079132, 1e-6),
        ("cov01_0.5", lambda: at.theory.covariance_capacity(0.5), 0.06907, 2e-4),
        ("cov01_0.1", lambda: at.theory.covariance_capacity(0.1), 0.44097, 2e-4),
        ("cov01_0.01", lambda: at.theory.covariance_capacity(0.01), 4.3677, 9e-4),
        ("covc_0.5", lambda: at.theory.covariance_capacity(0.5, centred=True), 0.13791, 2e-4),
        ("covc_0.1", lambda: at.theory.covariance_capacity(0.1, centred=True), 0.48416, 2e-4),
        ("covc_0.01", lambda: at.theory.covariance_capacity(0.01, centred=True), 4.40366, 9e-4),
        # the knife edge of a fixed threshold at a = 0.05
        ("theta 0.4", lambda: at.theory.covariance_capacity(0.05, 0.4), 0.48, 0.006),
        ("theta 0.5", lambda: at.theory.covariance_capacity(0.05, 0.5), 0.88, 0.009),
        ("theta 0.6", lambda: at.theory.covariance_capacity(0.05, 0.6), 0.80, 0.006),
        ("theta 0.7", lambda: at.theory.covariance_capacity(0.05, 0.7), 0.30, 0.006),
        ("wil_1000_10", lambda: math.floor(at.theory.willshaw_capacity(1000, 10)), 4791, 0),
        ("wil_1000_20", lambda: math.floor(at.theory.willshaw_capacity(1000, 20)), 2424, 0),
        (
            "wp_1000_10_6000",
            lambda: at.theory.willshaw_false_positive(1000, 10, 6000),
            4.8453154e-4,
            1e-10,
        ),
    ],
)
def test_published_number_comes_out(
    row: str, measured: object, published: float, tolerance: float
) -> None:
    value = measured()  # type: ignore[operator]
    assert abs(value - published) <= tolerance, f"{row}: {value} instead of {published}"


def test_overlap_vanishes_beyond_the_critical_load_and_is_published_below_it() -> None:
    critical = at.theory.hopfield_capacity()
    assert at.theory.hopfield_overlap(critical * 1.0001) == 0.0
    # hop_mc: the overlap approaches its critical value with a vertical tangent
    assert at.theory.hopfield_overlap(critical * (1 - 1e-12)) == pytest.approx(0.9674171, abs=1e-5)


def test_a_stricter_overlap_lowers_the_capacity() -> None:
    strict = at.theory.hopfield_capacity(0.99)
    assert strict < at.theory.hopfield_capacity()
    assert at.theory.hopfield_overlap(strict) == pytest.approx(0.99, abs=1e-9)
    loads = [at.theory.covariance_capacity(0.02, "winners", overlap=m) for m in (0.5, 0.9, 0.99)]
    assert loads[0] > loads[1] > loads[2] > 0


def test_no_policy_beats_the_best_threshold() -> None:
    best = at.theory.covariance_capacity(0.05)
    others = [at.theory.covariance_capacity(0.05, p) for p in ("winners", 0.45, 0.5, 0.55, 0.6)]
    assert max(others) <= best + 1e-6


def test_willshaw_counting_agrees_with_memories_that_are_filled() -> None:
    units, active, stored, inputs = 60, 4, 120, 3
    hits = total = 0
    for seed in range(60):
        rows = at.patterns.random_sparse(stored, units, active, np.random.default_rng(seed))
        weights = at.Willshaw().learn(np.zeros((units, units), bool), rows, rows, (None, None))
        for row in rows[:20]:
            cue = np.flatnonzero(row)[:inputs]
            others = np.flatnonzero(row == 0)
            hits += int(weights[np.ix_(others, cue)].all(axis=1).sum())
            total += len(others)
    expected = at.theory.willshaw_false_positive(units, active, stored, inputs, recurrent=True)
    # units of one memory share its synapses: the bound allows ten times the variance of free draws
    error = math.sqrt(10 * expected * (1 - expected) / total)
    assert abs(hits / total - expected) < 4 * error, f"{hits / total} against {expected}"


def test_willshaw_counting_is_exact_for_one_other_pattern() -> None:
    # one other pattern covers a unit and a given input with the chance of drawing both
    both = comb(18, 3) / comb(20, 5)
    found = at.theory.willshaw_false_positive(20, 5, 2, 1, recurrent=True)
    assert found == pytest.approx(both, rel=1e-12)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.hopfield_capacity(1.0),
        lambda: at.theory.hopfield_overlap(0.0),
        lambda: at.theory.covariance_capacity(0.6),
        lambda: at.theory.covariance_capacity(0.1, overlap=1.0),
        lambda: at.theory.willshaw_false_positive(10, 6, 3),
        lambda: at.theory.willshaw_capacity(100, 0),
    ],
)
def test_values_out_of_range_are_refused(call: object) -> None:
    with pytest.raises(ParameterError):
        call()  # type: ignore[operator]


@pytest.mark.parametrize("given", [20, 10])
def test_half_of_the_recalls_succeed_where_counting_expects_it(given: int) -> None:
    units, k, memories, cued = 1000, 20, 6, 100
    stored = round(at.theory.willshaw_recall_load(units, k, given))
    shares = []
    for seed in range(memories):
        generator = stream(seed, "counting", given)
        rows = at.patterns.random_sparse(stored, units, k, generator)
        memory = at.Memory(units, at.KWinners(k), at.Willshaw())
        memory.store(rows)
        cues = at.patterns.erase(rows[:cued], 1 - given / k, generator)
        shares.append((memory.recall(cues, steps=1) == rows[:cued]).all(axis=1).mean())
    error = np.std(shares, ddof=1) / np.sqrt(memories)
    # with ties lost half of the time it would be a third
    assert abs(np.mean(shares) - 0.5) < 0.04 + 2 * error, shares
