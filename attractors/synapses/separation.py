"""Separation: how hidden units answer their fields, for networks and dual forms alike."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.dynamics import (
    Dynamics,
    Exponential,
    KWinners,
    Linear,
    Power,
    Softmax,
    Sparsemax,
    Threshold,
)
from attractors.errors import ParameterError, UnsupportedError
from attractors.kernels import k_winners

Activities = NDArray[Any]

TIE_DECIMALS = 9
# fields this close are equal: sums of many parts cancel up to rounding only
ROUNDING = 1e-9


@singledispatch
def separate(dynamics: Dynamics, field: Activities) -> Activities:
    r"""Return the activities with which hidden units answer their fields.

    ==================  =====================================================================
    ``Linear()``        :math:`h_μ`
    ``Threshold(θ)``    :math:`[h_μ > θ]`
    ``KWinners(k)``     1 for the k largest fields above the threshold
    ``Power(n)``        :math:`\max(h_μ, 0)^{n-1}`, in double precision
    ``Exponential()``   :math:`e^{h_μ - \max_ν h_ν}`
    ``Softmax(beta)``   :math:`e^{β h_μ} / \sum_ν e^{β h_ν}`
    ``Sparsemax()``     :math:`\max(h_μ - τ, 0)`, with τ such that they sum to 1
    ==================  =====================================================================

    The first four answer unit by unit, or by rank; the last three compare all units of a row,
    so that a row must not be cut into blocks.

    Parameters
    ----------
    dynamics : Dynamics
        Of the hidden units; its temperature, if any, is left out.
    field : (B, P) float
        Inner products of patterns and states; minus infinity for vetoed units, which stay
        silent.

    Returns
    -------
    (B, P) float
        In the precision of the field, where the table names no other.

    Raises
    ------
    UnsupportedError
        If the dynamics separates nothing.

    Examples
    --------
    >>> separate(Sparsemax(), np.array([[2.0, 1.5, 0.0]]))
    array([[0.75, 0.25, 0.  ]])
    """
    raise UnsupportedError(
        f"{type(dynamics).__name__} is no separation function; use Softmax, Power, Exponential, "
        "Sparsemax, Threshold, KWinners or Linear."
    )


@separate.register
def _linear(dynamics: Linear, field: Activities) -> Activities:
    return np.where(np.isneginf(field), 0, field).astype(field.dtype, copy=False)


@separate.register
def _threshold(dynamics: Threshold, field: Activities) -> Activities:
    return (field - dynamics.threshold > ROUNDING).astype(field.dtype)


@separate.register
def _k_winners(dynamics: KWinners, field: Activities) -> Activities:
    return winners(field, dynamics.k, dynamics.threshold)[0].astype(field.dtype)


@separate.register
def _power(dynamics: Power, field: Activities) -> Activities:
    above = np.maximum(field, 0.0, dtype=np.float64)
    with np.errstate(over="ignore"):
        answers = np.asarray(above ** (dynamics.n - 1))
    if not np.isfinite(answers).all():
        raise ParameterError(
            f"Power: a field of {above.max():g} to the power of {dynamics.n - 1:g} is too large "
            "for a number; use a smaller n, a smaller gain of the association, or Exponential()."
        )
    return answers


@separate.register
def _exponential(dynamics: Exponential, field: Activities) -> Activities:
    return np.asarray(np.exp(field - _largest(field)))


@separate.register
def _softmax(dynamics: Softmax, field: Activities) -> Activities:
    beta = field.dtype.type(dynamics.beta)
    answers = np.exp(beta * (field - _largest(field)))
    total = answers.sum(axis=1, keepdims=True)
    # a row whose units are all vetoed is silent
    return np.asarray(np.divide(answers, total, out=answers, where=total > 0))


@separate.register
def _sparsemax(dynamics: Sparsemax, field: Activities) -> Activities:
    # from the largest downwards, so that sums of large fields do not lose the differences
    lag = np.maximum(field - _largest(field), -1.0)
    ordered = -np.sort(-lag, axis=1)
    excess = np.cumsum(ordered, axis=1) - 1.0
    support = np.arange(1, lag.shape[1] + 1, dtype=lag.dtype)
    active = np.count_nonzero(ordered * support > excess, axis=1)[:, None]
    cut = np.take_along_axis(excess, active - 1, axis=1) / active.astype(lag.dtype)
    return np.asarray(np.where(np.isneginf(field), 0, np.maximum(lag - cut, 0)), dtype=field.dtype)


def winners(
    field: Activities, k: int, threshold: float | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the k units of largest field (B, P) and which rows (B,) had a tie to break.

    Fields that differ by rounding alone are ties: the order of a sum must not choose winners.
    Vetoed units never win, and fewer free units than places leave none to choose between.
    """
    active, tied = k_winners(np.round(field, TIE_DECIMALS), k, threshold)
    free = field > -np.inf
    return active & free, tied & (np.count_nonzero(free, axis=1) > k)


def _largest(field: Activities) -> Activities:
    """Return the largest field of each row (B, 1), 0 where every unit is vetoed."""
    largest = field.max(axis=1, keepdims=True)
    return np.asarray(np.where(np.isneginf(largest), 0, largest), dtype=field.dtype)
