"""Random patterns without structure: the ensembles that theory is written for."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from attractors import checks
from attractors.errors import ParameterError
from attractors.patterns.drawing import draw_rows


def random_signs(count: int, units: int, generator: np.random.Generator) -> NDArray[np.int8]:
    """Return patterns whose units are independently -1 or +1 with equal probability.

    Parameters
    ----------
    count, units : int
        Number of patterns P and of units N, each at least 1.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8

    Raises
    ------
    ParameterError
        If a number is too small or the generator is none.

    Examples
    --------
    >>> random_signs(2, 4, np.random.default_rng(0)).shape
    (2, 4)
    """
    shape = _shape("random_signs", count, units)
    draws = check_generator("random_signs", generator).integers(0, 2, shape, dtype=np.int8)
    return draws * np.int8(2) - np.int8(1)


@overload
def random_sparse(
    count: int,
    units: int,
    active: int,
    generator: np.random.Generator,
    *,
    sparse: Literal[False] = False,
) -> NDArray[np.int8]: ...


@overload
def random_sparse(
    count: int,
    units: int,
    active: int,
    generator: np.random.Generator,
    *,
    sparse: Literal[True],
) -> csr_array: ...


def random_sparse(
    count: int,
    units: int,
    active: int,
    generator: np.random.Generator,
    *,
    sparse: bool = False,
) -> NDArray[np.int8] | csr_array:
    """Return 0/1 patterns with exactly k active units, every choice equally probable.

    Parameters
    ----------
    count, units : int
        Number of patterns P and of units N, each at least 1.
    active : int
        Number k of active units in every pattern, 1 to N.
    generator : numpy.random.Generator
    sparse : bool
        Return a CSR array, for which P k numbers are drawn instead of P N: the same ensemble,
        but other patterns than the full ones of a generator in the same state.

    Returns
    -------
    (P, N) int8, or csr_array of int8

    Raises
    ------
    ParameterError
        If a number is out of range or the generator is none.

    Examples
    --------
    >>> random_sparse(3, 50, 4, np.random.default_rng(0)).sum(axis=1)
    array([4, 4, 4])
    """
    shape = _shape("random_sparse", count, units)
    active = check_active("random_sparse", active, shape[1])
    generator = check_generator("random_sparse", generator)
    if sparse and 2 * active <= shape[1]:
        return draw_rows(*shape, active, generator)
    template = (np.arange(shape[1]) < active).astype(np.int8)
    rows = np.broadcast_to(template, shape)
    patterns = generator.permuted(rows, axis=1)
    # where most units are active, few of the others would be left to draw
    return csr_array(patterns) if sparse else patterns


def random_bernoulli(
    count: int, units: int, activity: float, generator: np.random.Generator
) -> NDArray[np.int8]:
    """Return 0/1 patterns whose units are independently active with probability a.

    The number of active units varies, with mean Na and variance Na(1 - a); a pattern can be
    silent. :func:`random_sparse` fixes the number.

    Parameters
    ----------
    count, units : int
        Number of patterns P and of units N, each at least 1.
    activity : float
        Probability a, strictly between 0 and 1.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) int8

    Raises
    ------
    ParameterError
        If a number is out of range or the generator is none.

    Examples
    --------
    >>> random_bernoulli(2, 4, 0.5, np.random.default_rng(0)).dtype
    dtype('int8')
    """
    shape = _shape("random_bernoulli", count, units)
    activity = check_activity("random_bernoulli", activity)
    draws = check_generator("random_bernoulli", generator).random(shape)
    return (draws < activity).astype(np.int8)


def choose(
    eligible: NDArray[np.bool_], counts: NDArray[np.intp], generator: np.random.Generator
) -> NDArray[np.bool_]:
    """Return a random choice of ``counts[p]`` of the eligible units of each row p.

    Parameters
    ----------
    eligible : (P, N) bool
    counts : (P,) int
        At most the number of eligible units of the row.
    generator : numpy.random.Generator

    Returns
    -------
    (P, N) bool
    """
    keys = np.where(eligible, generator.random(eligible.shape), np.inf)
    # an order, unlike a cut, gives the exact count even if two keys are equal
    order = np.argsort(keys, axis=1)
    chosen = np.zeros(eligible.shape, dtype=bool)
    np.put_along_axis(chosen, order, np.arange(keys.shape[1]) < counts[:, None], axis=1)
    return chosen


def check_generator(owner: str, generator: np.random.Generator) -> np.random.Generator:
    """Return the generator, or raise ParameterError if it is something else, e.g. a seed."""
    if not isinstance(generator, np.random.Generator):
        raise ParameterError(
            f"{owner}: generator is {generator!r}; pass a numpy Generator, "
            "e.g. attractors.seeding.stream(seed, 'patterns')."
        )
    return generator


def check_active(owner: str, active: int, units: int) -> int:
    """Return the number of active units, or raise ParameterError if it is not 1 to ``units``."""
    active = checks.whole(owner, "active", active)
    if active > units:
        raise ParameterError(f"{owner}: active is {active}; there are only {units} units.")
    return active


def check_activity(owner: str, activity: float) -> float:
    """Return the activity, or raise ParameterError if it is not strictly between 0 and 1."""
    activity = checks.real(owner, "activity", activity, low=0.0, open=True)
    if activity >= 1:
        raise ParameterError(
            f"{owner}: activity is {activity:g}; it is a fraction of the units, below 1."
        )
    return activity


def _shape(owner: str, count: int, units: int) -> tuple[int, int]:
    return checks.whole(owner, "count", count), checks.whole(owner, "units", units)
