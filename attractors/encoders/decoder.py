"""Readouts: linear decoders from a sparse code back to the input, learned from examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse


class Readout(NamedTuple):
    """Weights and offset that turn codes s into inputs, Ws + b.

    Attributes
    ----------
    weights : (D, N) float64
    offset : (D,) float64
    """

    weights: NDArray[np.float64]
    offset: NDArray[np.float64]

    def __call__(self, codes: Any) -> NDArray[np.float64]:
        """Return the inputs, (B, D), that codes of shape (B, N) stand for."""
        decoded: NDArray[np.float64] = codes @ self.weights.T + self.offset
        return decoded


def hebbian(codes: Any, inputs: Any, ridge: float) -> Readout:
    r"""Return the Hebbian readout, :math:`x = \bar x + g \sum_{i\,active} w_i`.

    :math:`w_i` is the mean of :math:`x - \bar x` over the examples for which unit i is active:
    the fixed point of the local rule :math:`\Delta w_i = \eta s_i (x - \bar x - w_i)`. The one
    number that is not local is the gain g, which minimises the squared error over the examples.

    Parameters
    ----------
    codes : (P, N) CSR array of 0/1
    inputs : (P, D) float array or CSR array
    ridge : float
        Not used.
    """
    mean = _mean(inputs)
    usage = _mean(codes) * codes.shape[0]
    together = _dense(codes.T @ inputs) - usage[:, None] * mean
    weights = together / np.maximum(usage, 1.0)[:, None]
    decoded = codes @ weights
    power = np.sum(decoded**2)
    gain = np.sum(together * weights) / power if power > 0 else 0.0
    return Readout(np.ascontiguousarray(gain * weights.T), mean)


def pseudo_inverse(codes: Any, inputs: Any, ridge: float) -> Readout:
    r"""Return the readout of least squares, :math:`W = X^T S (S^T S + \lambda k I)^{-1}`.

    S and X are codes and inputs less their means, k is the mean number of active units. As
    :math:`\lambda \to 0` this becomes :math:`W = X^T (S^T)^+`, which restores up to about N
    examples without error but amplifies errors in a code.

    Parameters
    ----------
    codes : (P, N) CSR array of 0/1
    inputs : (P, D) float array or CSR array
    ridge : float
        The factor λ, above 0.
    """
    mean, usage = _mean(inputs), _mean(codes)
    centred, targets = _dense(codes) - usage, _dense(inputs) - mean
    damping = ridge * usage.sum()
    if centred.shape[0] <= centred.shape[1]:  # the smaller of the two equal forms
        kernel = _damped(centred @ centred.T, damping)
        weights = linalg.solve(kernel, targets, assume_a="pos").T @ centred
    else:
        kernel = _damped(centred.T @ centred, damping)
        weights = linalg.solve(kernel, centred.T @ targets, assume_a="pos").T
    return Readout(np.ascontiguousarray(weights), mean - weights @ usage)


# a readout of your own: a function with the parameters of these, and a line here
READOUTS: dict[str, Callable[[Any, Any, float], Readout]] = {
    "hebbian": hebbian,
    "pseudo-inverse": pseudo_inverse,
}


def _mean(array: Any) -> NDArray[np.float64]:
    return np.asarray(array.mean(axis=0), dtype=np.float64).ravel()


def _dense(array: Any) -> NDArray[np.float64]:
    return np.asarray(array.toarray() if sparse.issparse(array) else array, dtype=np.float64)


def _damped(kernel: NDArray[np.float64], damping: float) -> NDArray[np.float64]:
    kernel[np.diag_indices_from(kernel)] += damping
    return kernel
