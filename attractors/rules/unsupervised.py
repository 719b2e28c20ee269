"""Weights that units find by themselves: prototypes by competition, directions by Oja's rule."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.errors import ParameterError, PatternError

Reals = NDArray[np.float64]


def compete(
    inputs: ArrayLike,
    units: int,
    winners: int,
    generator: np.random.Generator,
    *,
    rate: float = 0.05,
    epochs: int = 20,
    conscience: float = 1.0,
) -> Reals:
    r"""Return weights of units that compete for inputs: prototypes of what each wins.

    For one input x of length 1 after the other, the k units of largest field win and move:

    .. math:: h_j = \sum_i W_{ji} x_i + c \, (k/N - f_j), \qquad
        W_j ← \frac{W_j + η (x - W_j)}{|W_j + η (x - W_j)|},

    with f the recent fraction of inputs that a unit has won, so that none wins nothing. Rows have
    length 1: ``Fixed(compete(...))`` on an edge to ``KWinners(k, threshold=None)`` units gives
    the same winners in a circuit, but for the conscience c, which fades over the epochs.

    Parameters
    ----------
    inputs : (P, n) array_like
        Finite numbers, no row all zero.
    units, winners : int
        Numbers N of units, at most P, and k of winners.
    generator : numpy.random.Generator
        Source of the initial weights, which are inputs, and of the order of presentation.
    rate : float
        η, above 0.
    epochs : int
        How often all inputs are presented.
    conscience : float
        c at the start, at least 0.

    Returns
    -------
    (N, n) float64

    Raises
    ------
    ParameterError, PatternError
        If a value is out of range or the inputs are no such matrix.

    References
    ----------
    Rumelhart & Zipser (1985), Cogn. Sci. 9:75, doi:10.1207/s15516709cog0901_5; conscience:
    DeSieno (1988), IEEE ICNN 1:117, doi:10.1109/ICNN.1988.23839.

    Examples
    --------
    >>> inputs = np.repeat(np.eye(3), 20, axis=0)
    >>> weights = compete(inputs, 3, 1, np.random.default_rng(0))
    >>> np.sort(weights.argmax(axis=1))
    array([0, 1, 2])
    """
    x = _inputs("compete", inputs)
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    if not lengths.all():
        row = int(np.flatnonzero(lengths[:, 0] == 0.0)[0])
        raise PatternError(f"compete: input {row} is all zero; leave such inputs out.")
    x = x / lengths
    units = _at_most("compete", "units", units, len(x), "inputs")
    winners = _at_most("compete", "winners", winners, units, "units")
    rate = checks.real("compete", "rate", rate, low=0.0, open=True)
    epochs = checks.whole("compete", "epochs", epochs)
    conscience = checks.real("compete", "conscience", conscience, low=0.0)
    weights: Reals = x[generator.permutation(len(x))[:units]]
    won = np.full(units, winners / units)
    for epoch in range(epochs):
        strength = conscience * (1.0 - epoch / epochs)
        for row in x[generator.permutation(len(x))]:
            field = weights @ row + strength * (winners / units - won)
            best = np.argpartition(-field, winners - 1)[:winners]
            moved = weights[best] + rate * (row - weights[best])
            weights[best] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
            won *= 1.0 - rate
            won[best] += rate
    return weights


def oja(
    inputs: ArrayLike,
    units: int,
    generator: np.random.Generator,
    *,
    rate: float = 0.1,
    epochs: int = 50,
) -> Reals:
    r"""Return weights of linear units that find the principal components of their inputs.

    For one input after the other, with :math:`y_j = \sum_i W_{ji} x_i`,

    .. math:: ΔW_{ji} = η \, y_j \Bigl(x_i - \sum_{l ≤ j} y_l W_{li}\Bigr),

    Oja's rule for the first unit, and for each further one after what those before it take
    (Sanger). Rows approach the eigenvectors of the inputs' matrix of second moments, of length 1,
    in the order of their eigenvalues; centre the inputs for principal components.

    Parameters
    ----------
    inputs : (P, n) array_like
        Finite numbers.
    units : int
        Number of units, at most n.
    generator : numpy.random.Generator
        Source of the initial weights and of the order of presentation.
    rate : float
        η in the first epoch, above 0, in units of the inverse mean squared length of an input; it
        falls as 1 / epoch.
    epochs : int
        How often all inputs are presented.

    Returns
    -------
    (units, n) float64

    Raises
    ------
    ParameterError, PatternError
        If a value is out of range or the inputs are no such matrix.

    References
    ----------
    Oja (1982), J. Math. Biol. 15:267, doi:10.1007/BF00275687; Sanger (1989), Neural Networks
    2:459, doi:10.1016/0893-6080(89)90044-0.

    Examples
    --------
    >>> inputs = np.outer(np.sin(np.arange(50)), [3.0, 4.0])
    >>> np.abs(oja(inputs, 1, np.random.default_rng(0))).round(3)
    array([[0.6, 0.8]])
    """
    x = _inputs("oja", inputs)
    units = _at_most("oja", "units", units, x.shape[1], "inputs to a unit")
    rate = checks.real("oja", "rate", rate, low=0.0, open=True)
    epochs = checks.whole("oja", "epochs", epochs)
    power = float((x**2).sum(axis=1).mean())
    weights = generator.normal(size=(units, x.shape[1]))
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    for epoch in range(epochs):
        step = rate / (power or 1.0) / (1 + epoch)
        for row in x[generator.permutation(len(x))]:
            y = weights @ row
            weights += step * (np.outer(y, row) - np.tril(np.outer(y, y)) @ weights)
    return weights


def _inputs(owner: str, inputs: Any) -> Reals:
    try:
        x = np.asarray(inputs, dtype=float)
    except (TypeError, ValueError):
        x = np.array(np.nan)
    if x.ndim != 2 or not x.size or not np.isfinite(x).all():
        raise PatternError(f"{owner}: inputs of shape {x.shape} must be a finite (P, n) matrix.")
    return x


def _at_most(owner: str, field: str, value: int, most: int, of: str) -> int:
    value = checks.whole(owner, field, value)
    if value > most:
        raise ParameterError(f"{owner}: {field} is {value}; there are only {most} {of}.")
    return value
