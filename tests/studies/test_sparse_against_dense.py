"""Sparse codes beside dense ones, and beside their mean field."""

from __future__ import annotations

import pytest

import attractors as at


def test_sparse_covariance_memory_comes_near_its_mean_field_load() -> None:
    """With k winners at a = 0.02 (as rows cov01_*, whose threshold is the best one)."""
    study = at.studies.capacity("covariance", 500, 0.02, trials=3, cues=30, seed=1)
    assert study.theory == pytest.approx(2.124, abs=0.001)
    # k = 10 makes the overlap granular: 0.9 of it is ten of ten
    assert 0.7 < study.critical_load / study.theory < 1.3
    plain = at.studies.capacity("hebbian", 500, trials=2, cues=20, seed=1)
    assert study.critical_load > 7 * plain.critical_load, "sparse codes hold many times more"
