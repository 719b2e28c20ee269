"""Random projections: the weights from inputs to the units of a code, and their field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.patterns import random_sparse


def gaussian(units: int, inputs: int, fan_in: int | None, generator: np.random.Generator) -> Any:
    r"""Return Gaussian weights of mean 0 and variance 1/m, for m inputs to a unit.

    The field of a unit then has the mean variance of an input, whatever m is.

    Parameters
    ----------
    units, inputs : int
        N and D.
    fan_in : int or None
        Number m of inputs to a unit, chosen at random; None takes all D.
    generator : numpy.random.Generator

    Returns
    -------
    (N, D) float64, or a CSR array of it where the fan-in is below D
    """
    if fan_in is None or fan_in == inputs:
        return generator.standard_normal((units, inputs)) / np.sqrt(inputs)
    weights = fly(units, inputs, fan_in, generator)
    weights.data = generator.standard_normal(weights.nnz) / np.sqrt(fan_in)
    return weights


def fly(units: int, inputs: int, fan_in: int | None, generator: np.random.Generator) -> Any:
    """Return weights of 1 from m random inputs to each unit, as in the fly's mushroom body.

    Parameters
    ----------
    units, inputs : int
        N and D.
    fan_in : int or None
        Number m of inputs to a unit; None takes a tenth of them, at least one.
    generator : numpy.random.Generator

    Returns
    -------
    (N, D) CSR array of float64
    """
    taken = max(1, round(inputs / 10)) if fan_in is None else fan_in
    return sparse.csr_array(random_sparse(units, inputs, taken, generator), dtype=np.float64)


# a projection of your own: a function with the parameters of these, and a line here
PROJECTIONS: dict[str, Callable[[int, int, int | None, np.random.Generator], Any]] = {
    "gaussian": gaussian,
    "sparse": fly,
}


def field(weights: Any, inputs: Any) -> NDArray[np.float64]:
    """Return the field of every unit.

    Parameters
    ----------
    weights : (N, D) float array or CSR array
    inputs : (B, D) float array or CSR array

    Returns
    -------
    (B, N) float64
    """
    # sparse weights go first: they are then added in the order of the inputs, whatever the batch
    product = (weights @ inputs.T).T if sparse.issparse(weights) else inputs @ weights.T
    dense = product.toarray() if sparse.issparse(product) else product
    return np.ascontiguousarray(dense, dtype=np.float64)
