r"""Signal, noise and response of ±1 units without temperature.

A field of signal μ and normal noise of deviation s leaves the overlap m = erf(y) with
:math:`y = μ/(\sqrt2 s)`; pushing the field by δ moves the mean state by Cδ,

.. math:: C = \sqrt{\frac{2}{π}} \frac{e^{-y^2}}{s}.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

# erf(y) is 1 in double precision beyond
LARGEST = 5.8


class SignState(NamedTuple):
    """Overlap m, noise s and response C of units whose signal is their own overlap."""

    overlap: float
    noise: float
    response: float


def sign_state(y: float) -> SignState:
    """Return the state in which the signal m stands y·√2 deviations above 0."""
    m = overlap(y)
    s = m / (np.sqrt(2.0) * y)
    return SignState(m, float(s), response(y, float(s)))


def overlap(y: float) -> float:
    """Return m = erf(y)."""
    return float(special.erf(y))


def response(y: float, noise: float) -> float:
    """Return C for noise of this deviation."""
    return float(np.sqrt(2.0 / np.pi) * np.exp(-(y**2)) / noise)
