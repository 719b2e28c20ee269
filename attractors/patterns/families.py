r"""Correlated patterns: families of members around independent prototypes.

All three ensembles are built so that the correlation c of two members of one family is stated
and exact: a member agrees with its prototype by r = √c, two members are drawn independently
given the prototype, and so agree by r² = c. Patterns of different families are uncorrelated.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attractors import checks
from attractors.errors import ParameterError
from attractors.patterns.random import (
    check_active,
    check_activity,
    choose,
    random_bernoulli,
    random_signs,
    random_sparse,
)


class Families(NamedTuple):
    """Patterns that come in families.

    Attributes
    ----------
    patterns : (F * M, N) int8
        The members, family after family.
    family : (F * M,) int
        The family of each.
    prototypes : (F, N) int8
        What the members of each family vary; not among the patterns.
    """

    patterns: NDArray[np.int8]
    family: NDArray[np.intp]
    prototypes: NDArray[np.int8]


def sign_families(
    families: int,
    members: int,
    units: int,
    correlation: float,
    generator: np.random.Generator,
) -> Families:
    r"""Return ±1 patterns in families, of correlation c between members of one family.

    A unit of a member equals that of the prototype with probability (1 + √c)/2, independently.
    Every unit has mean 0 and variance 1, so Pearson's correlation over the ensemble is
    E[xy]: √c of a member with its prototype, and between members
    :math:`E[x y] = E[x\xi]\,E[y\xi] = \sqrt{c}^2 = c`. The overlap :math:`\sum_j x_j y_j / N` of
    two given rows has exactly this mean; their sample correlation differs from it by O(1/N).

    Parameters
    ----------
    families, members, units : int
        Numbers F, M (a family) and N, each at least 1.
    correlation : float
        c, 0 to 1.
    generator : numpy.random.Generator

    Raises
    ------
    ParameterError
        If a number is out of range or the generator is none.

    Examples
    --------
    >>> animals = sign_families(2, 3, 100, 0.5, np.random.default_rng(0))
    >>> animals.patterns.shape, animals.family
    ((6, 100), array([0, 0, 0, 1, 1, 1]))
    """
    family, likeness = _check("sign_families", families, members, correlation)
    prototypes = random_signs(families, units, generator)
    flips = generator.random((len(family), prototypes.shape[1])) >= (1 + likeness) / 2
    return Families(np.where(flips, -prototypes[family], prototypes[family]), family, prototypes)


def bernoulli_families(
    families: int,
    members: int,
    units: int,
    activity: float,
    correlation: float,
    generator: np.random.Generator,
) -> Families:
    r"""Return 0/1 patterns in families, units active with probability a, correlation c.

    A unit of a member copies the prototype with probability √c, and is drawn anew otherwise, so
    it stays active with probability a. Its covariance with the prototype is √c a(1 - a), hence
    Pearson's correlation over the ensemble is √c; two members share the prototype only where
    both copy it, which happens with probability c, hence c. The sample correlation of two given
    rows differs from it by O(1/(Na)).

    Parameters
    ----------
    families, members, units : int
        Numbers F, M (a family) and N, each at least 1.
    activity : float
        a, strictly between 0 and 1.
    correlation : float
        c, 0 to 1.
    generator : numpy.random.Generator

    Raises
    ------
    ParameterError
        If a number is out of range or the generator is none.

    Examples
    --------
    >>> bernoulli_families(2, 3, 100, 0.1, 0.5, np.random.default_rng(0)).prototypes.shape
    (2, 100)
    """
    family, likeness = _check("bernoulli_families", families, members, correlation)
    activity = check_activity("bernoulli_families", activity)
    prototypes = random_bernoulli(families, units, activity, generator)
    anew = random_bernoulli(len(family), units, activity, generator)
    copied = generator.random(anew.shape) < likeness
    return Families(np.where(copied, prototypes[family], anew), family, prototypes)


def sparse_families(
    families: int,
    members: int,
    units: int,
    active: int,
    correlation: float,
    generator: np.random.Generator,
) -> Families:
    r"""Return 0/1 patterns in families, exactly k active, correlation c within a family.

    A member keeps m of the prototype's k active units and takes k - m among the others, all at
    random. With a = k/N, Pearson's correlation of two such rows that share o active units is
    :math:`\rho = (o/k - a)/(1 - a)`, linear in o. A member has o = m with its prototype, so
    E[m] = k(a + (1 - a)√c) makes their expected correlation √c; a fractional m is rounded up
    or down at random, with this mean. Two members that keep m and m' share on average
    :math:`mm'/k + (k-m)(k-m')/(N-k)`. With m = k(a + (1 - a)r) this is k(a + (1 - a)rr'), so the
    expected correlation is E[r]E[r'] = c. Both hold for the sample correlation of two given
    rows at any N, without correction.

    Parameters
    ----------
    families, members, units : int
        Numbers F, M (a family) and N, each at least 1.
    active : int
        k, 1 to N - 1.
    correlation : float
        c, 0 to 1.
    generator : numpy.random.Generator

    Raises
    ------
    ParameterError
        If a number is out of range or the generator is none.

    Examples
    --------
    >>> sparse_families(2, 3, 100, 5, 0.5, np.random.default_rng(0)).patterns.sum(axis=1)
    array([5, 5, 5, 5, 5, 5])
    """
    family, likeness = _check("sparse_families", families, members, correlation)
    units = checks.whole("sparse_families", "units", units)
    active = check_active("sparse_families", active, units - 1)
    prototypes = random_sparse(families, units, active, generator)
    activity = active / units
    kept = active * (activity + (1 - activity) * likeness)
    rounded = np.floor(kept + generator.random(len(family))).astype(np.intp)
    counts = np.minimum(rounded, active)  # √c = 1 may come out a rounding error above k
    old = choose(prototypes[family] == 1, counts, generator)
    new = choose(prototypes[family] == 0, active - counts, generator)
    return Families((old | new).astype(np.int8), family, prototypes)


def _check(
    owner: str, families: int, members: int, correlation: float
) -> tuple[NDArray[np.intp], float]:
    """Return the family of each member and the correlation of a member with its prototype."""
    families = checks.whole(owner, "families", families)
    members = checks.whole(owner, "members", members)
    correlation = checks.real(owner, "correlation", correlation, low=0.0)
    if correlation > 1:
        raise ParameterError(f"{owner}: correlation is {correlation:g}; it must be 0 to 1.")
    return np.repeat(np.arange(families, dtype=np.intp), members), float(np.sqrt(correlation))
