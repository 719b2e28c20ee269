r"""The critical load: where half of the cues are recalled, with its interval.

The share of recalled cues is fitted by a logistic function of the logarithm of the load,

.. math:: p(α) = \frac{1}{1 + (α/α_{1/2})^{b}},

by maximum likelihood. Cues of one trial share their synapses and are no independent draws, so
the interval comes from resampling whole trials within each load (Rao & Wu (1988), JASA 83:231,
doi:10.1080/01621459.1988.10478591).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attractors import measures

Array = NDArray[np.float64]
SAMPLES = 1000
# keeps the slope finite where all loads below are recalled and all above are not
_RIDGE = 1e-3
_ITERATIONS = 60


class Critical(NamedTuple):
    """Critical load with its 95 % interval and the steepness b; NaN where there is none."""

    load: float
    low: float
    high: float
    slope: float


def critical_load(table: pd.DataFrame, generator: np.random.Generator) -> Critical:
    """Return the load at which half of the cues are recalled.

    Parameters
    ----------
    table : DataFrame
        Columns ``load``, ``cues`` and ``recalled``, one row a trial.
    generator : numpy.random.Generator
        Draws the bootstrap samples.

    Returns
    -------
    Critical
        NaN where the success never crosses one half.
    """
    groups = [group for _, group in table.groupby("load", sort=True)]
    loads = np.array([group["load"].iloc[0] for group in groups], dtype=float)
    once = np.array([[g["recalled"].sum(), g["cues"].sum()] for g in groups], dtype=float)
    load, slope = (float(x[0]) for x in fit(loads, once[None, :, 0], once[None, :, 1]))
    if np.isnan(load):
        return Critical(np.nan, np.nan, np.nan, np.nan)
    resampled = np.stack([_resampled(group, generator) for group in groups], axis=1)
    fits = fit(loads, resampled[..., 0], resampled[..., 1])[0]
    low, high = np.nanquantile(fits, [0.025, 0.975])
    return Critical(load, float(low), float(high), slope)


def _resampled(group: pd.DataFrame, generator: np.random.Generator) -> Array:
    """Return recalled and presented cues of bootstrap samples of the trials, (SAMPLES, 2)."""
    counts = group[["recalled", "cues"]].to_numpy(float)
    # T draws would see only (T-1)/T of the variance between T trials, T-1 draws see all of it
    draws = max(len(counts) - 1, 1)
    chosen = generator.integers(0, len(counts), (SAMPLES, draws))
    return np.asarray(counts[chosen].sum(axis=1) * (len(counts) / draws))


def fit(loads: Array, recalled: Array, cues: Array) -> tuple[Array, Array]:
    """Fit the logistic function to many samples at once, by Newton's method.

    Parameters
    ----------
    loads : (L,) float
        Loads, above 0.
    recalled, cues : (R, L) float
        Counts of each sample.

    Returns
    -------
    load, slope : (R,) float
        Load of half recall and b; NaN where success does not fall through one half.
    """
    x = np.log(loads)
    centre, scale = x.mean(), max(float(x.std()), 1e-9)
    z = (x - centre) / scale
    offset, slope = np.zeros(len(recalled)), np.full(len(recalled), 1.0)
    for _ in range(_ITERATIONS):
        p = 1.0 / (1.0 + np.exp(np.clip(slope[:, None] * z - offset[:, None], -500, 500)))
        error, weight = recalled - cues * p, cues * p * (1.0 - p)
        gradient = np.stack([error.sum(1), -(error * z).sum(1) - _RIDGE * slope])
        a, b, c = weight.sum(1) + _RIDGE, -(weight * z).sum(1), (weight * z * z).sum(1) + _RIDGE
        step = np.stack([c * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]])
        step /= a * c - b * b
        # full steps overshoot while the slope is far too small
        step *= np.minimum(1.0, 2.0 / np.maximum(np.abs(step).max(axis=0), 1e-12))
        offset, slope = offset + step[0], slope + step[1]
    falls = (recalled / cues >= 0.5).any(axis=1) & (recalled / cues < 0.5).any(axis=1) & (slope > 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        half = np.exp(centre + scale * offset / slope)
    return np.where(falls, half, np.nan), np.where(falls, slope / scale, np.nan)


def shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the success at each load with a 95 % interval.

    Wilson's interval with the number of cues divided by the design effect: how much more the
    trials differ than independent cues would make them.

    Parameters
    ----------
    table : DataFrame
        Columns ``patterns``, ``load``, ``cues`` and ``recalled``, one row a trial.

    Returns
    -------
    DataFrame
        ``load``, ``patterns``, ``trials``, ``cues``, ``success``, ``low``, ``high``, a row a load.
    """
    rows = []
    for load, group in table.groupby("load", sort=True):
        cues, recalled = int(group["cues"].sum()), int(group["recalled"].sum())
        effect = _design_effect(group)
        low, high = measures.interval(round(recalled / effect), max(round(cues / effect), 1))
        share = recalled / cues
        rows.append(
            (
                load,
                group["patterns"].iloc[0],
                len(group),
                cues,
                share,
                min(low, share),
                max(high, share),
            )
        )
    columns = ["load", "patterns", "trials", "cues", "success", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def _design_effect(group: pd.DataFrame) -> float:
    """Return the variance between trials over that of independent cues, at least 1."""
    share = group["recalled"].sum() / group["cues"].sum()
    if len(group) < 2 or share in (0.0, 1.0):
        return 1.0
    spread = float((group["recalled"] / group["cues"]).var(ddof=1))
    return float(max(1.0, spread * group["cues"].mean() / (share * (1.0 - share))))
