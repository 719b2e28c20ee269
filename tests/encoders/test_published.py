"""What expansion does to distances, against theory and published values."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from attractors.encoders import Expansion
from attractors.patterns import flip, random_signs


def cluster_size(coding: float, spread: float) -> float:
    """Output cluster size of Gaussian expansion with a threshold, by integration.

    Babadi & Sompolinsky (2014), 10.1016/j.neuron.2014.07.035: two inputs of correlation
    1 - dS give fields of that correlation; the size is the probability that just one of them
    passes the threshold, over its value 2f(1 - f) for unrelated inputs.
    """
    cut, rho = norm.isf(coding), 1 - spread

    def both(field: float) -> float:
        return float(norm.pdf(field) * norm.sf((cut - rho * field) / np.sqrt(1 - rho**2)))

    shared = quad(both, cut, np.inf)[0]
    return (coding - shared) / (coding * (1 - coding))


PUBLISHED = [(0.5, 0.1, 0.2871), (0.1, 0.1, 0.3459), (0.1, 0.4, 0.6776)]
OTHERS = [(0.02, 0.1), (0.05, 0.2), (0.25, 0.7)]


@pytest.mark.parametrize(
    ("coding", "spread", "expected"),
    [*PUBLISHED, *((f, d, cluster_size(f, d)) for f, d in OTHERS)],
)
def test_cluster_size_of_gaussian_expansion(
    coding: float, spread: float, expected: float, rng: np.random.Generator
) -> None:
    sizes = []
    for seed in range(5):
        centres = random_signs(100, 400, rng)
        members = flip(centres, spread / 2, rng)
        # a set and its negative have mean 0 exactly, as the theory's inputs do
        model = Expansion(units=4000, activity=coding, random_state=seed)
        model.fit(np.concatenate([centres, -centres]))
        apart = abs(model.transform(centres) - model.transform(members)).mean()
        sizes.append(apart / (2 * coding * (1 - coding)))
    measured, error = np.mean(sizes), np.std(sizes, ddof=1) / np.sqrt(len(sizes))
    # the published rows have a tolerance of 0.01 and are held to two standard errors beyond it
    assert abs(measured - expected) <= 0.01 + 2 * error, f"{measured:.4f} ± {error:.4f}"


@pytest.mark.parametrize(("coding", "spread", "published"), PUBLISHED)
def test_the_integral_is_the_published_cluster_size(
    coding: float, spread: float, published: float
) -> None:
    assert cluster_size(coding, spread) == pytest.approx(published, abs=5e-5)
