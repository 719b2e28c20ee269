"""Units that compete: the k largest fields of a network, or the largest of every block."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import Blocks, KWinners
from attractors.engines.rate.updates.base import Updated, update
from attractors.kernels import k_winners
from attractors.synapses.separation import TIE_DECIMALS, winners


@update.register
def _k_winners(
    dynamics: KWinners, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    if uniform is not None:
        noisy = _noisy(field, dynamics.threshold, dynamics.temperature, uniform)
        active, tied = k_winners(noisy, dynamics.k, None)
        return (active & np.isfinite(noisy)).astype(field.dtype), tied & False
    active, tied = winners(field, dynamics.k, dynamics.threshold)
    return active.astype(field.dtype), tied


@update.register
def _blocks(
    dynamics: Blocks, field: NDArray[Any], state: NDArray[Any], uniform: NDArray[Any] | None
) -> Updated:
    if uniform is None:
        # fields that differ by rounding alone are ties: the order of a sum must not decide
        ranked, least = np.round(field, TIE_DECIMALS), dynamics.threshold
    else:
        ranked, least = _noisy(field, dynamics.threshold, dynamics.temperature, uniform), None
    by_block = ranked.reshape(len(field), dynamics.blocks, -1)
    best = by_block.max(axis=2, keepdims=True)
    free = best > (-np.inf if least is None else least)
    active = (by_block == best) & free
    if dynamics.winners == "all":
        return active.reshape(field.shape).astype(field.dtype), None
    tied = np.count_nonzero(np.count_nonzero(active, axis=2) > 1, axis=1)
    single = np.zeros_like(active)
    np.put_along_axis(single, active.argmax(axis=2, keepdims=True), free, axis=2)
    return single.reshape(field.shape).astype(field.dtype), tied


def _noisy(
    field: NDArray[Any], threshold: float | None, temperature: float, uniform: NDArray[Any]
) -> NDArray[Any]:
    """Return fields with Gumbel noise, minus infinity for units that cannot win."""
    # candidates must pass the threshold by their own field, before the noise
    gumbel = -np.log(-np.log(np.clip(uniform, 1e-12, 1.0 - 1e-12)))
    noisy = field + temperature * gumbel
    if threshold is not None:
        noisy = np.where(field > threshold, noisy, -np.inf)
    return np.asarray(noisy)
