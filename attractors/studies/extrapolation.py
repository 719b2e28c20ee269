r"""Critical loads of several sizes, carried on to infinitely many units.

.. math:: α(N) = α_∞ + c \, N^{-ν}

is fitted by least squares, each size weighted by its own error, with a stated power ν. Which power
is right is for theory to say, and the goodness of fit tells whether the sizes bear it out; a
wrong one moves the limit by more than its interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from attractors import checks
from attractors.errors import ParameterError
from attractors.seeding import stream
from attractors.studies.study import Study

DRAWS = 10_000
# a 95 % interval is 2 × 1.96 standard errors wide
_SIGMAS = 3.92


class Limit(NamedTuple):
    """Critical load for infinitely many units.

    Attributes
    ----------
    load, low, high : float
        α_∞ in patterns per unit with its 95 % interval.
    slope : float
        c: how far finite sizes lie from it, times N^ν.
    power : float
        ν.
    chi_square : float
        Sum of squared deviations from the fit in units of the errors.
    freedom : int
        Number of sizes minus two.
    probability : float
        How often deviations at least as large arise if the form holds; NaN for two sizes. Below
        0.05 the power or the errors are wrong, and the interval is too narrow.
    """

    load: float
    low: float
    high: float
    slope: float
    power: float
    chi_square: float
    freedom: int
    probability: float


def extrapolate(
    units: ArrayLike, loads: ArrayLike, errors: ArrayLike, power: float = 1.0, seed: int = 0
) -> Limit:
    """Return the critical load for infinitely many units.

    Parameters
    ----------
    units : (S,) int
        Sizes N, at least two different ones.
    loads, errors : (S,) float
        Critical load of each size and its standard error.
    power : float
        ν of the correction, above 0.
    seed : int
        Seed of the draws that the interval comes from: loads scattered by their errors and fitted
        again.

    Raises
    ------
    ParameterError
        If sizes, loads and errors do not belong together or are not allowed.

    Examples
    --------
    >>> limit = extrapolate([250, 500, 1000], [0.178, 0.158, 0.148], [0.001] * 3)
    >>> print(f"{limit.load:.3f} [{limit.low:.3f}, {limit.high:.3f}], p = {limit.probability:.2f}")
    0.138 [0.136, 0.140], p = 1.00
    """
    size, load, error = _checked(units, loads, errors)
    power = checks.real("extrapolate", "power", power, low=0.0, open=True)
    design = np.stack([np.ones(len(size)), size**-power], axis=1) / error[:, None]
    # the same linear map takes the measured loads and every draw to the limit and the slope
    solve = np.linalg.pinv(design) / error
    limit, slope = solve @ load
    deviations = (load - limit - slope * size**-power) / error
    scattered = stream(seed, "extrapolate").normal(load, error, (DRAWS, len(load)))
    low, high = np.quantile(scattered @ solve[0], [0.025, 0.975])
    chi, freedom = float(deviations @ deviations), len(size) - 2
    probability = float(stats.chi2.sf(chi, freedom)) if freedom else float("nan")
    return Limit(
        *(float(limit), float(low), float(high), float(slope), power),
        *(chi, freedom, probability),
    )


def extrapolate_studies(studies: Sequence[Study], power: float = 1.0, seed: int = 0) -> Limit:
    """Return the limit of capacity studies that differ in their number of units.

    Parameters
    ----------
    studies : sequence of Study
        Their intervals are taken as 3.92 standard errors wide.
    power, seed
        As in :func:`extrapolate`.

    Raises
    ------
    ParameterError
        If a study has no critical load, or two differ in more than units and trials.
    """
    for study in studies:
        _refuse_other(studies[0].header["definition"], study.header["definition"])
    units = [study.header["definition"]["units"] for study in studies]
    widths = [study.interval[1] - study.interval[0] for study in studies]
    loads = [study.critical_load for study in studies]
    return extrapolate(units, loads, np.divide(widths, _SIGMAS), power, seed)


# what may differ from size to size without being another experiment
_FREE = {"units", "activity", "patterns", "trials", "cues", "seed", "precision", "most", "version"}


def _refuse_other(first: dict[str, object], other: dict[str, object]) -> None:
    for key in sorted((first.keys() | other.keys()) - _FREE):
        if first.get(key) != other.get(key):
            raise ParameterError(
                f"extrapolate: studies differ in {key}, {first.get(key)!r} and {other.get(key)!r}; "
                "they may differ in units only."
            )


def _checked(units: ArrayLike, loads: ArrayLike, errors: ArrayLike) -> list[NDArray[np.float64]]:
    arrays = [np.asarray(values, dtype=float) for values in (units, loads, errors)]
    if len({array.shape for array in arrays}) != 1 or arrays[0].ndim != 1:
        raise ParameterError(
            "extrapolate: units, loads and errors have "
            f"{', '.join(str(a.shape) for a in arrays)} entries; give one of each for every size."
        )
    if len(set(arrays[0])) < 2:
        raise ParameterError("extrapolate: a limit needs at least two different numbers of units.")
    if not (np.isfinite(arrays).all() and (arrays[0] > 0).all() and (arrays[2] > 0).all()):
        raise ParameterError(
            "extrapolate: units and errors must be above 0 and all numbers finite; leave out "
            "sizes without a critical load or an interval."
        )
    return arrays
