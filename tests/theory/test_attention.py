"""Attention: the published constants, and margins against maps that are computed."""

import math

import numpy as np
import pytest
from scipy import special

import attractors as at
from attractors.errors import ParameterError


@pytest.mark.parametrize(
    ("row", "dimension", "radius", "published"),
    [("ram_20_3", 20, 3.0, 3.15461), ("ram_75_1", 75, 1.0, 1.37188)],
)
def test_published_constants(row, dimension, radius, published) -> None:
    found = at.theory.attention_base(dimension, radius)
    assert abs(found - published) <= 1e-5, f"{row}: {found}"


@pytest.mark.parametrize(
    ("dimension", "radius", "beta", "failure"), [(30, 2.0, 0.5, 0.01), (200, 0.7, 3.0, 1e-4)]
)
def test_the_constant_solves_its_equation(dimension, radius, beta, failure) -> None:
    c = at.theory.attention_base(dimension, radius, beta, failure)
    b = 0.4 * radius**2 * beta
    a = 2 / (dimension - 1) * (1 + math.log(2 * beta * radius**2 * failure * (dimension - 1)))
    # w = b/c must satisfy w eʷ = b eᵃ
    assert b / c * math.exp(b / c) == pytest.approx(b * math.exp(a), rel=1e-12)
    assert c == pytest.approx(b / special.lambertw(b * math.exp(a)).real, rel=1e-12)


def test_large_patterns_do_not_overflow() -> None:
    assert at.theory.attention_base(50, 100.0) > at.theory.attention_base(50, 10.0) > 1.0


def test_capacity_grows_exponentially_and_is_refused_where_the_theorem_is_silent() -> None:
    c = at.theory.attention_base(200, 2.0)
    found = at.theory.attention_capacity(200, 2.0)
    assert found == pytest.approx(math.sqrt(0.001) * c ** (199 / 4), rel=1e-9)
    with pytest.raises(ParameterError, match="2 patterns"):
        at.theory.attention_capacity(10, 1.0)


def entmax(scores: np.ndarray, alpha: float) -> np.ndarray:
    """Weights of α-entmax, by bisection for the threshold; a row a trial."""
    scaled = (alpha - 1) * scores
    low, high = scaled.max(axis=1, keepdims=True) - 1, scaled.max(axis=1, keepdims=True)
    for _ in range(60):
        middle = (low + high) / 2
        total = (np.maximum(scaled - middle, 0) ** (1 / (alpha - 1))).sum(axis=1, keepdims=True)
        low, high = np.where(total > 1, middle, low), np.where(total > 1, high, middle)
    return np.maximum(scaled - (low + high) / 2, 0) ** (1 / (alpha - 1))


@pytest.mark.parametrize("alpha", [2.0, 1.5, 1.2, 3.0])
def test_all_weight_falls_on_one_score_iff_the_margin_is_kept(alpha: float) -> None:
    rng = np.random.default_rng(0)
    beta = 2.5
    scores = rng.normal(size=(5000, 4))
    # gaps on both sides of the margin
    scores[:, 0] = scores[:, 1:].max(axis=1) + rng.uniform(0, 2 / beta / (alpha - 1), 5000)
    gaps = scores[:, 0] - scores[:, 1:].max(axis=1)
    exact = entmax(beta * scores, alpha)[:, 0] > 1 - 1e-9
    # next to the margin the second weight is below 1e-9 already, but not 0
    seen = max(1e-8 ** (alpha - 1), 1e-8) / (alpha - 1) / beta
    clear = np.abs(gaps - at.theory.exact_retrieval_margin(beta, alpha)) > seen
    expected = gaps >= at.theory.exact_retrieval_margin(beta, alpha)
    assert np.count_nonzero((exact != expected) & clear) == 0
    assert 0.4 < expected.mean() < 0.6


def test_the_packages_sparsemax_retrieves_exactly_iff_the_margin_is_kept() -> None:
    rng = np.random.default_rng(1)
    exact, kept = [], []
    for _ in range(60):
        stored = rng.normal(size=(5, 12)) * rng.uniform(0.1, 0.8)
        inner = stored @ stored.T
        gap = inner[0, 0] - inner[0, 1:].max()
        memory = at.Memory(12, at.Linear(), at.KeyValue(at.Sparsemax()))
        memory.store(stored)
        exact.append(bool(np.allclose(memory.recall(stored[:1]), stored[:1], atol=1e-9)))
        kept.append(bool(gap >= at.theory.exact_retrieval_margin(1.0)))
    assert exact == kept
    assert 10 < sum(kept) < 50


def test_queries_within_the_distance_are_retrieved() -> None:
    rng = np.random.default_rng(2)
    stored = rng.normal(size=(6, 40))
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    inner = stored @ stored.T
    gaps = 1 - (inner - 2 * np.eye(6)).max(axis=1)
    beta, distance = 6.0, 0.2
    found = gaps >= at.theory.exact_retrieval_margin(beta, distance=distance)
    assert found.any()
    shift = rng.normal(size=(6, 40))
    queries = stored + distance * shift / np.linalg.norm(shift, axis=1, keepdims=True)
    weights = entmax(beta * queries @ stored.T, 2.0)
    assert (np.diag(weights)[found] > 1 - 1e-9).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: at.theory.attention_base(1, 1.0),
        lambda: at.theory.attention_base(20, 1.0, failure=1.0),
        lambda: at.theory.exact_retrieval_margin(1.0, alpha=1.0),
        lambda: at.theory.exact_retrieval_margin(0.0),
        lambda: at.theory.exact_retrieval_margin(1.0, distance=-1.0),
    ],
)
def test_values_out_of_range_are_refused(call) -> None:
    with pytest.raises(ParameterError):
        call()
