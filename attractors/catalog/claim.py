"""A number that a paper states, and what we measure for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from attractors import checks, measures
from attractors.errors import ParameterError

CONFIDENCE = 0.95
# half-width of a 95 % interval in standard errors
DEVIATE = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))


@dataclass(frozen=True)
class Measured:
    """A measured number with its 95 % interval.

    Parameters
    ----------
    value : float
        Point estimate.
    low, high : float
        95 % interval; equal to ``value`` for what is computed exactly.
    trials : int
        Number of independent runs behind it.

    Raises
    ------
    ParameterError
        If a number is not finite or the interval does not hold the value.
    """

    value: float
    low: float
    high: float
    trials: int

    def __post_init__(self) -> None:
        for field in ("low", "value", "high"):
            number = checks.real("Measured", field, getattr(self, field))
            object.__setattr__(self, field, number)
        checks.whole("Measured", "trials", self.trials)
        if not self.low <= self.value <= self.high:
            raise ParameterError(
                f"Measured: value {self.value:g} lies outside its interval "
                f"{self.low:g} to {self.high:g}; give low <= value <= high."
            )

    @classmethod
    def mean(cls, values: Sequence[float]) -> Measured:
        """Return the mean of independent runs with Student's interval.

        Parameters
        ----------
        values : sequence of float
            One number a run, e.g. a seed; at least two.

        Examples
        --------
        >>> Measured.mean([0.9, 1.0, 0.95]).trials
        3
        """
        if len(values) < 2:
            raise ParameterError(
                f"Measured.mean: {len(values)} values give no interval; run at least two seeds."
            )
        centre = float(np.mean(values))
        error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
        width = float(stats.t.ppf(0.5 + CONFIDENCE / 2, len(values) - 1)) * error
        return cls(centre, centre - width, centre + width, len(values))

    @classmethod
    def share(cls, successes: int, trials: int) -> Measured:
        """Return a share of independent trials with Wilson's interval.

        Examples
        --------
        >>> Measured.share(9, 10).value
        0.9
        """
        low, high = measures.interval(successes, trials, CONFIDENCE)
        value = successes / trials
        # rounding puts the bounds of 0 and 1 a hair inside
        return cls(value, min(low, value), max(high, value), trials)

    @property
    def standard_error(self) -> float:
        """Standard error that an interval of this width stands for."""
        return (self.high - self.low) / (2 * DEVIATE)


@dataclass(frozen=True)
class Claim:
    """A number in a publication and how it is measured again.

    Parameters
    ----------
    statement : str
        What is claimed, in one line with its conditions.
    published : float
        The number.
    tolerance : float
        Its own uncertainty, at least 0.
    source : str
        Where it stands: author, year, figure, table or equation, DOI.
    measure : callable
        From a seed to :class:`Measured`; through the public API, never a copied value.
    slow : bool
        Whether measuring takes minutes; ``attractors run`` leaves it out unless told ``--slow``.

    Raises
    ------
    ParameterError
        If a number is not finite, the tolerance is negative or ``measure`` is no function.
    """

    statement: str
    published: float
    tolerance: float
    source: str
    measure: Callable[[int], Measured]
    slow: bool = False

    def __post_init__(self) -> None:
        owner = f"Claim {self.statement!r}"
        checks.real(owner, "published", self.published)
        checks.real(owner, "tolerance", self.tolerance, low=0.0)
        if not callable(self.measure):
            raise ParameterError(
                f"{owner}: measure is {self.measure!r}; give a function of the seed."
            )

    def holds(self, measured: Measured) -> bool:
        """Tell whether the difference is at most the tolerance plus two standard errors."""
        margin = self.tolerance + 2 * measured.standard_error
        return abs(measured.value - self.published) <= margin
