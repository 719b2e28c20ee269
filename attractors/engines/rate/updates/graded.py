"""Graded units: rates in continuous time, and the hidden and visible units of dense memories."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from attractors.dynamics import Dynamics, Exponential, Linear, Power, Rate, Softmax, Sparsemax
from attractors.engines.rate.updates.base import Updated, update
from attractors.synapses.separation import separate


@update.register
def _rate(
    dynamics: Rate, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    drive = dynamics.slope * (field - dynamics.threshold)
    if dynamics.response == "sigmoid":
        return expit(drive), None
    return (np.tanh(drive) if dynamics.response == "tanh" else np.maximum(drive, 0.0)), None


@update.register(Linear)
@update.register(Softmax)
@update.register(Power)
@update.register(Exponential)
@update.register(Sparsemax)
def _separated(
    dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    return separate(dynamics, field), None
