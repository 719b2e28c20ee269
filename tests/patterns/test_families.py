"""Families have the correlation that they state, in every ensemble."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from attractors.errors import ParameterError
from attractors.patterns import Families, bernoulli_families, sign_families, sparse_families

COUNT, UNITS, ACTIVE = 800, 200, 10
A = ACTIVE / UNITS
# a mean of n independent draws leaves 4.5 standard errors once in 150,000 seeds
SIGMAS = 4.5
STATED = [0.0, 0.1, 0.37, 0.5, 0.9, 1.0]


def draw(ensemble: str, correlation: float, members: int, seed: int) -> Families:
    generator = np.random.default_rng(seed)
    if ensemble == "sign":
        return sign_families(COUNT, members, UNITS, correlation, generator)
    if ensemble == "sparse":
        return sparse_families(COUNT, members, UNITS, ACTIVE, correlation, generator)
    return bernoulli_families(COUNT, members, UNITS, A, correlation, generator)


def normalised(ensemble: str, patterns: NDArray[np.int8]) -> NDArray[np.float64]:
    """Patterns less the mean of the ensemble, over its standard deviation.

    The mean product of two such rows has the correlation over the ensemble as its expectation.
    For exactly k active units it is Pearson's sample correlation itself.
    """
    mean, deviation = (0.0, 1.0) if ensemble == "sign" else (A, np.sqrt(A * (1 - A)))
    return (patterns - mean) / deviation


def assert_mean(samples: NDArray[np.float64], stated: float, what: str) -> None:
    # the samples come from different families, so they are independent and their mean has
    # the standard error sd/sqrt(n); 1e-12 is for those without spread
    error = samples.std(ddof=1) / np.sqrt(len(samples))
    assert abs(samples.mean() - stated) <= SIGMAS * error + 1e-12, (
        f"{what}: {samples.mean():.5f} ± {error:.5f}, stated {stated:.5f}"
    )


@pytest.mark.parametrize("correlation", STATED)
@pytest.mark.parametrize("ensemble", ["sign", "sparse", "bernoulli"])
def test_correlation_is_the_stated_one(ensemble: str, correlation: float) -> None:
    drawn = draw(ensemble, correlation, members=2, seed=round(100 * correlation))
    members = normalised(ensemble, drawn.patterns).reshape(COUNT, 2, UNITS)
    prototypes = normalised(ensemble, drawn.prototypes)
    first, second = members[:, 0], members[:, 1]
    assert_mean((first * second).mean(axis=1), correlation, "member and member")
    assert_mean((first * prototypes).mean(axis=1), np.sqrt(correlation), "member and prototype")
    # neighbours in pairs, so that no family is used twice
    strangers = (first[::2] * second[1::2]).mean(axis=1)
    assert_mean(strangers, 0.0, "members of two families")


@pytest.mark.parametrize("active", [1, 3, 10, 100, 199])
def test_exactly_k_correlates_without_bias_at_any_activity(active: int) -> None:
    # few active units make the kept number a coarse one, which is rounded at random
    generator = np.random.default_rng(active)
    drawn = sparse_families(COUNT, 2, UNITS, active, 0.3, generator)
    assert (drawn.patterns.sum(axis=1) == active).all()
    pairs = drawn.patterns.reshape(COUNT, 2, UNITS)
    sample = np.array([np.corrcoef(first, second)[0, 1] for first, second in pairs])
    assert_mean(sample, 0.3, f"k = {active}")


@pytest.mark.parametrize("ensemble", ["sign", "bernoulli"])
def test_sample_correlation_differs_by_no_more_than_stated(ensemble: str) -> None:
    # Pearson's sample correlation of N units is biased by O(1/N), 1/(Na) for 0/1
    drawn = draw(ensemble, 0.5, members=2, seed=3)
    pairs = drawn.patterns.reshape(COUNT, 2, UNITS)
    sample = np.array([np.corrcoef(first, second)[0, 1] for first, second in pairs])
    allowed = 1 / UNITS if ensemble == "sign" else 1 / (UNITS * A)
    error = sample.std(ddof=1) / np.sqrt(COUNT)
    assert abs(sample.mean() - 0.5) < allowed + SIGMAS * error, (sample.mean(), error)


@pytest.mark.parametrize("ensemble", ["sign", "bernoulli"])
def test_members_keep_the_mean_of_the_ensemble(ensemble: str) -> None:
    members = normalised(ensemble, draw(ensemble, 0.5, members=1, seed=4).patterns)
    # one member a family: the units are independent, of variance 1 over the ensemble
    assert abs(members.mean()) < SIGMAS / np.sqrt(members.size), members.mean()


@pytest.mark.parametrize("ensemble", ["sign", "sparse", "bernoulli"])
def test_extremes_are_copies_of_the_prototype(ensemble: str) -> None:
    drawn = draw(ensemble, 1.0, members=3, seed=5)
    np.testing.assert_array_equal(drawn.patterns, drawn.prototypes[drawn.family])
    assert drawn.patterns.shape == (3 * COUNT, UNITS)
    assert drawn.patterns.dtype == drawn.prototypes.dtype == np.int8
    np.testing.assert_array_equal(drawn.family, np.repeat(np.arange(COUNT), 3))


@pytest.mark.parametrize("correlation", [-0.1, 1.1, float("nan"), "high"])
def test_impossible_correlation_is_refused(correlation: float, rng: np.random.Generator) -> None:
    with pytest.raises(ParameterError, match="correlation is"):
        sign_families(2, 2, 10, correlation, rng)


def test_all_units_active_leaves_no_correlation_to_state(rng: np.random.Generator) -> None:
    with pytest.raises(ParameterError, match="active is 10"):
        sparse_families(2, 2, 10, 10, 0.5, rng)
