"""Units that compare their own field with a threshold: Sign and Threshold."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from attractors.dynamics import Sign, Threshold
from attractors.engines.rate.updates.base import Updated, update
from attractors.synapses.separation import ROUNDING, separate


@update.register
def _sign(
    dynamics: Sign, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    if uniform is not None:
        return np.where(uniform < expit(2.0 * field / dynamics.temperature), 1.0, -1.0), None
    return np.where(np.abs(field) <= ROUNDING, state, np.sign(field)), None


@update.register
def _threshold(
    dynamics: Threshold, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    if uniform is not None:
        excess = field - dynamics.threshold
        return (uniform < expit(excess / dynamics.temperature)).astype(field.dtype), None
    return separate(dynamics, field), None
