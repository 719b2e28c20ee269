"""One update of each dynamics: from field and state to the new state.

Register a function for a dynamics of your own::

    @attractors.engines.rate.update.register
    def _(dynamics: MyDynamics, field, state, uniform):
        return new_state, None
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from attractors.dynamics import (
    Dynamics,
    Exponential,
    KWinners,
    Linear,
    Power,
    Rate,
    Sign,
    Softmax,
    Sparsemax,
    Threshold,
)
from attractors.errors import UnsupportedError
from attractors.kernels import k_winners
from attractors.synapses.separation import ROUNDING, separate, winners

Updated = tuple[NDArray[Any], NDArray[np.bool_] | None]


@singledispatch
def update(
    dynamics: Dynamics, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    """Return the new state of all units and which trials met a tie.

    Parameters
    ----------
    dynamics : Dynamics
        Chooses the function.
    field : (B, N)
        Field of each unit.
    state : (B, N)
        State before the update.
    uniform : (B, N) or None
        Uniform random numbers, where the temperature is above 0.

    Returns
    -------
    state : (B, N)
        New state. For dynamics with a time constant, what the state relaxes to.
    tied : (B,) bool or None
        Trials in which a tie had to be broken; ``None`` where there are no ties.

    Raises
    ------
    UnsupportedError
        If no function is registered for the dynamics.
    """
    raise UnsupportedError(
        f"The rate engine knows no update for {type(dynamics).__name__}; register a function with "
        "@attractors.engines.rate.update.register."
    )


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


@update.register
def _k_winners(
    dynamics: KWinners, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    if uniform is not None:
        # candidates must pass the threshold by their own field, before the noise
        gumbel = -np.log(-np.log(np.clip(uniform, 1e-12, 1.0 - 1e-12)))
        noisy = field + dynamics.temperature * gumbel
        if dynamics.threshold is not None:
            noisy = np.where(field > dynamics.threshold, noisy, -np.inf)
        active, tied = k_winners(noisy, dynamics.k, None)
        return (active & np.isfinite(noisy)).astype(field.dtype), tied & False
    active, tied = winners(field, dynamics.k, dynamics.threshold)
    return active.astype(field.dtype), tied


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
