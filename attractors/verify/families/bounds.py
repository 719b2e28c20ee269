"""Dense memories and attention: thresholds and margins that are solved."""

from __future__ import annotations

import numpy as np

from attractors import theory
from attractors.catalog import Measured
from attractors.dynamics import Sparsemax
from attractors.seeding import stream
from attractors.synapses.separation import separate
from attractors.verify.families.family import Family, exactly, real, whole
from attractors.verify.row import Parameters

# random trials of sparsemax: patterns, sharpness
TRIALS, PATTERNS, BETA = 5000, 10, 1.0


def base(parameters: Parameters, seed: int) -> Measured:
    """Return c of Ramsauer's theorem 3."""
    return exactly(
        theory.attention_base(
            whole(parameters, "d"),
            real(parameters, "K"),
            real(parameters, "beta"),
            real(parameters, "p"),
        )
    )


def signs(parameters: Parameters, seed: int) -> Measured:
    """Return α₁ of ±1 patterns."""
    return exactly(theory.exponential_capacity(real(parameters, "lambda")))


def spherical(parameters: Parameters, seed: int) -> Measured:
    """Return α₁ of spherical patterns."""
    return exactly(theory.exponential_capacity(real(parameters, "lambda"), "sphere"))


def basin(parameters: Parameters, seed: int) -> Measured:
    """Return the largest α at which a basin of a radius has to be kept."""
    return exactly(theory.exponential_bound(real(parameters, "rho")))


def mismatches(parameters: Parameters, seed: int) -> Measured:
    """Count the trials in which sparsemax answers with one pattern and the margin says otherwise.

    It is to answer with one pattern alone if the largest similarity leads by 1/β, and not if not.
    """
    draw = stream(seed, "margin")
    similar = draw.standard_normal((TRIALS, PATTERNS)) * draw.exponential(1.0, (TRIALS, 1))
    ordered = np.sort(similar, axis=1)
    gap = ordered[:, -1] - ordered[:, -2]
    alone = np.count_nonzero(separate(Sparsemax(), BETA * similar), axis=1) == 1
    return exactly(float(np.count_nonzero(alone != (gap >= theory.exact_retrieval_margin(BETA)))))


FAMILIES = (
    Family("ram", base),
    Family("lm_bin", signs),
    Family("lm_sph", spherical),
    Family("dem", basin),
    Family("hfy", mismatches),
)
