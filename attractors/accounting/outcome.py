"""The outcome of recalls in bits: what came back says about what was stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.errors import PatternError
from attractors.theory import identification, transinformation


@dataclass(frozen=True)
class Outcome:
    """Bits of one recall.

    Attributes
    ----------
    bits : float
        What the recalled state says about the stored pattern.
    cued : float
        What the cue had said about it already: 0 where the cue is another pattern.
    false_alarms, misses : float
        Error rates of the units, p₀₁ and p₁₀; NaN where an answer was counted as a whole.
    """

    bits: float
    cued: float = 0.0
    false_alarms: float = float("nan")
    misses: float = float("nan")

    @property
    def gained(self) -> float:
        """Bits that were not in the cue."""
        return max(self.bits - self.cued, 0.0)


def outcome(
    stored: NDArray[Any], recalled: NDArray[Any], cues: NDArray[Any] | None = None
) -> Outcome:
    r"""Return the bits of recalls whose states can be compared with the stored patterns.

    Every unit is a binary channel with the error rates measured over all units and recalls:
    N·T bits, with T as in :func:`attractors.theory.transinformation`. Rates that differ between
    recalls are pooled, which can only lower T; patterns of exactly k active units are counted
    as N independent units, :math:`N H(k/N)` instead of :math:`\log_2 \binom N k` bits.

    Parameters
    ----------
    stored : (B, N)
        The pattern that each recall should give.
    recalled : (B, N)
        Final states; above 0 counts as active in ±1 patterns, above ½ in 0/1 patterns.
    cues : (B, N), optional
        What the recalls started from, if it was the same pattern damaged (auto-association).
        Units of a ±1 cue that are 0 say nothing.

    Raises
    ------
    PatternError
        If the shapes differ.

    References
    ----------
    Palm & Sommer (1996), in Models of Neural Networks III, 79,
    doi:10.1007/978-1-4612-0723-8_3: pattern and completion capacity.

    Examples
    --------
    >>> stored = np.array([[1, 1, 0, 0]])
    >>> found = outcome(stored, stored, np.array([[1, 0, 0, 0]]))
    >>> found.bits, round(found.gained, 3)
    (4.0, 2.755)
    """
    truth = np.asarray(stored) > 0
    level = 0.0 if (np.asarray(stored) < 0).any() else 0.5
    wrong, missed = _rates(truth, recalled, level)
    activity, units = float(truth.mean()), truth.shape[1]
    bits = units * transinformation(activity, wrong, missed)
    return Outcome(bits, _cued(truth, cues, level) if cues is not None else 0.0, wrong, missed)


def named(choices: float, share: float) -> Outcome:
    """Return the bits of recalls that name one of some equally likely things.

    Parameters
    ----------
    choices : float
        Number of things that could have been named.
    share : float
        Share of right answers.
    """
    return Outcome(identification(choices, share))


def _cued(truth: NDArray[np.bool_], cues: NDArray[Any], level: float) -> float:
    """Return what cues say about the patterns; of unknown units (0 among ±1) they say nothing."""
    if level:
        wrong, missed = _rates(truth, cues, level)
        return float(truth.shape[1]) * transinformation(float(truth.mean()), wrong, missed)
    known = np.asarray(cues) != 0
    if not known.any():
        return 0.0
    wrong, missed = _rates(truth[known][None], np.asarray(cues)[known][None], level)
    units = float(truth.shape[1]) * float(known.mean())
    return units * transinformation(float(truth[known].mean()), wrong, missed)


def _rates(truth: NDArray[np.bool_], states: NDArray[Any], level: float) -> tuple[float, float]:
    """Return the rates of wrongly active and of wrongly inactive units."""
    found = np.asarray(states) > level
    if found.shape != truth.shape or truth.ndim != 2:
        raise PatternError(
            f"outcome: stored patterns of shape {truth.shape} and states of shape {found.shape} "
            "cannot be compared; give (B, N) arrays, row by row."
        )
    active = truth.sum()
    wrong = (found & ~truth).sum() / max(truth.size - active, 1)
    return float(wrong), float((truth & ~found).sum() / max(active, 1))
