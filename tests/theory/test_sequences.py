"""Sequences: published numbers, the course from a cue, and networks that follow one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attractors.errors import ParameterError
from attractors.theory import sequence_capacity, sequence_course, sequence_overlap


def test_published_numbers() -> None:
    """Rows seq_*."""
    assert abs(sequence_capacity() - 0.2690616) <= 1e-5
    assert abs(sequence_overlap(0.1) - 0.9984047) <= 1e-5
    assert abs(sequence_overlap(0.2) - 0.9663261) <= 1e-5


@pytest.mark.parametrize("load", [0.05, 0.15, 0.25])
def test_the_course_settles_on_the_stationary_overlap(load: float) -> None:
    assert sequence_course(load, 1.0, 400)[-1] == pytest.approx(sequence_overlap(load), abs=1e-9)


def test_beyond_capacity_every_course_ends_in_nothing() -> None:
    critical = sequence_capacity()
    assert sequence_overlap(critical * 1.001) == 0.0
    assert sequence_course(critical * 1.02, 1.0, 3000)[-1] < 1e-3
    assert sequence_course(critical * 0.98, 1.0, 3000)[-1] > 0.8


@pytest.mark.parametrize(("load", "start"), [(0.1, 0.4), (0.2, 1.0)])
def test_a_network_follows_the_course(load: float, start: float) -> None:
    generator, units, steps = np.random.default_rng(3), 3000, 5
    courses = []
    for _ in range(4):
        rows = generator.choice(np.float32([-1, 1]), (round(load * units), units))
        kept = generator.random(rows.shape) < (1 + start) / 2
        states = np.where(kept, rows, -rows)
        # every pattern starts a course of its own: rows of states run side by side
        course = [(states * rows).mean()]
        for step in range(1, steps + 1):
            states = np.sign((states @ rows.T) @ np.roll(rows, -1, axis=0) + np.float32(1e-9))
            course.append((states * np.roll(rows, -step, axis=0)).mean())
        courses.append(course)
    found, expected = np.mean(courses, axis=0), sequence_course(load, start, steps)
    error = np.std(courses, axis=0, ddof=1) / math.sqrt(len(courses))
    # finite size: 0.0070 at N = 1500 and 0.0016 at 6000 were seen, in the steepest step
    allowed = 4 * error + 12 / units
    assert (np.abs(found - expected) < allowed).all(), f"{found} against {expected}"


def test_a_stricter_overlap_lowers_the_capacity_and_bad_values_are_refused() -> None:
    strict = sequence_capacity(0.99)
    assert strict < sequence_capacity()
    assert sequence_overlap(strict) == pytest.approx(0.99, abs=1e-9)
    with pytest.raises(ParameterError, match="overlap is"):
        sequence_capacity(1.0)
    with pytest.raises(ParameterError, match="start is"):
        sequence_course(0.1, 1.1, 3)
    with pytest.raises(ParameterError, match="load is"):
        sequence_overlap(0.0)
