"""What is done to a circuit: cues, noise, silencing and lesions in trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attractors import checks
from attractors.errors import PatternError, TrialError

CUE_MODES = ("added", "clamped")


class Encoder(Protocol):
    """Anything that turns raw inputs (B, D) into patterns (B, N), e.g. a fitted Expansion."""

    def transform(self, inputs: Any, /) -> Any:
        """Return the patterns (B, N) of raw inputs (B, D)."""


@dataclass(frozen=True, eq=False)
class Cue:
    """Input to one network.

    Parameters
    ----------
    network : str
        Qualified name of the network.
    pattern : (N,) or (T, N) array_like
        Input of each unit, constant or one row a step; raw input (D,) or (T, D) if an encoder
        is given.
    start, stop : float
        In ms; ``stop=None`` lasts to the end of the trial.
    strength : float
        Factor on the pattern; 1 is what a pure source pattern brings through an edge of gain 1.
    mode : {"added", "clamped"}
        Whether the pattern is added to the field or replaces the state.
    encoder : object with ``transform``, optional
        Turns the raw input into a pattern, e.g. a fitted :class:`attractors.Expansion`.

    Raises
    ------
    TrialError, PatternError
        If times are out of order or the pattern is not finite.
    """

    network: str
    pattern: ArrayLike
    start: float = 0.0
    stop: float | None = None
    strength: float = 1.0
    mode: str = "added"
    encoder: Encoder | None = None

    def __post_init__(self) -> None:
        owner = f"Cue to {self.network!r}"
        _check_times(owner, self.start, self.stop)
        checks.real(owner, "strength", self.strength)
        checks.choice(owner, "mode", self.mode, CUE_MODES)
        if self.mode == "clamped" and self.strength != 1.0:
            raise TrialError(
                f"{owner}: strength {self.strength:g} has no meaning when clamped; leave it at 1."
            )
        object.__setattr__(self, "pattern", self._encoded(owner))

    def _encoded(self, owner: str) -> NDArray[np.float32]:
        raw: Any = self.pattern
        if self.encoder is not None:
            raw = self.encoder.transform(np.atleast_2d(_numbers(owner, raw, float)))
        pattern = _numbers(owner, raw, np.float32)
        # one encoded input, or one row of a sparse matrix, is a constant pattern
        row = hasattr(raw, "toarray") if self.encoder is None else np.ndim(self.pattern) == 1
        if row and pattern.ndim == 2 and len(pattern) == 1:
            pattern = pattern[0]
        if pattern.ndim not in (1, 2) or pattern.size == 0 or not np.isfinite(pattern).all():
            raise PatternError(
                f"{owner}: pattern of shape {pattern.shape} must be finite, (N,) or (T, N)."
            )
        return pattern


@dataclass(frozen=True)
class Noise:
    """Gaussian noise on the field of one network, drawn anew every step and unit.

    Parameters
    ----------
    network : str
        Qualified name of the network.
    amplitude : float
        Standard deviation in units of the field.
    start, stop : float
        In ms; ``stop=None`` lasts to the end of the trial.
    """

    network: str
    amplitude: float
    start: float = 0.0
    stop: float | None = None

    def __post_init__(self) -> None:
        checks.real(f"Noise on {self.network!r}", "amplitude", self.amplitude, low=0.0)
        _check_times(f"Noise on {self.network!r}", self.start, self.stop)


@dataclass(frozen=True)
class Silence:
    """Units held inactive.

    Parameters
    ----------
    network : str
        Qualified name of the network.
    start, stop : float
        In ms; ``stop=None`` lasts to the end of the trial.
    units : sequence of int, optional
        Indices of the units, by default all.
    """

    network: str
    start: float = 0.0
    stop: float | None = None
    units: Sequence[int] | None = None

    def __post_init__(self) -> None:
        owner = f"Silence of {self.network!r}"
        _check_times(owner, self.start, self.stop)
        if self.units is not None:
            # kept as a tuple: an iterator would be used up by the first step
            units = _all(owner, "units", self.units)
            units = tuple(checks.whole(owner, "a unit", unit, low=0) for unit in units)
            object.__setattr__(self, "units", units)


@dataclass(frozen=True)
class Trial:
    """One run of a circuit.

    Parameters
    ----------
    duration : float
        In ms.
    cues : sequence of Cue
        Inputs; those to the same network add up.
    noise : sequence of Noise
        Noise on fields.
    silences : sequence of Silence
        Units held inactive.
    lesions : sequence of str
        Names of edges that are cut for the whole trial.

    Raises
    ------
    TrialError
        If the duration is not above 0 or something starts or stops outside the trial.

    Examples
    --------
    >>> trial = Trial(200.0, cues=[Cue("word", [0, 1, 1], stop=50.0)])
    >>> trial.cues[0].stop
    50.0
    """

    duration: float
    cues: Sequence[Cue] = ()
    noise: Sequence[Noise] = ()
    silences: Sequence[Silence] = ()
    lesions: Sequence[str] = ()

    def __post_init__(self) -> None:
        try:
            checks.real("Trial", "duration", self.duration, low=0.0, open=True)
        except ValueError:
            raise TrialError(
                f"Trial: duration is {self.duration!r}; it must be a number of ms above 0."
            ) from None
        if isinstance(self.lesions, str):
            object.__setattr__(self, "lesions", (self.lesions,))
        for field in ("cues", "noise", "silences", "lesions"):
            object.__setattr__(self, field, _all("Trial", field, getattr(self, field)))
        actions: tuple[Cue | Noise | Silence, ...] = (*self.cues, *self.noise, *self.silences)
        for action in actions:
            end = self.duration if action.stop is None else action.stop
            if end > self.duration or action.start >= self.duration:
                raise TrialError(
                    f"{type(action).__name__} on {action.network!r} lasts from {action.start:g} to "
                    f"{end:g} ms; it must lie within the trial's {self.duration:g} ms."
                )

    @classmethod
    def batch(
        cls,
        duration: float,
        cues: Mapping[str, ArrayLike],
        *,
        start: float = 0.0,
        stop: float | None = None,
        strength: float = 1.0,
        mode: str = "added",
        encoders: Mapping[str, Encoder] | None = None,
        noise: Sequence[Noise] = (),
        silences: Sequence[Silence] = (),
        lesions: Sequence[str] = (),
    ) -> list[Trial]:
        """Return one trial for each row of the cues.

        Parameters
        ----------
        duration, start, stop : float
            In ms, the same for all cues.
        cues : mapping of str to (B, N) array_like
            Patterns by network, raw inputs (B, D) where ``encoders`` has an encoder.
        strength, mode
            As in :class:`Cue`.
        encoders : mapping of str to object with ``transform``, optional
            Encoder by network.
        noise, silences, lesions
            As in :class:`Trial`, the same in all trials.

        Raises
        ------
        TrialError
            If the cues have different numbers of rows.
        """
        encoded = {
            name: _rows(name, rows, (encoders or {}).get(name)) for name, rows in cues.items()
        }
        counts = {name: len(rows) for name, rows in encoded.items()}
        if len(set(counts.values())) != 1:
            raise TrialError(f"Trial.batch: cues have {counts} rows; give each network as many.")
        return [
            cls(
                duration,
                [
                    Cue(name, rows[index], start, stop, strength, mode)
                    for name, rows in encoded.items()
                ],
                noise,
                silences,
                lesions,
            )
            for index in range(next(iter(counts.values())))
        ]


def _rows(name: str, rows: ArrayLike, encoder: Encoder | None) -> NDArray[np.float32]:
    raw: Any = rows
    if encoder is not None:
        raw = encoder.transform(raw)
    patterns = _numbers(f"Trial.batch, cues of {name!r}", raw, np.float32)
    if patterns.ndim != 2:
        raise PatternError(
            f"Trial.batch: cues of {name!r} have shape {patterns.shape}; give (B, N), one a trial."
        )
    return patterns


def _numbers(owner: str, raw: Any, kind: type[np.float32] | type[float]) -> NDArray[Any]:
    """Return numbers, dense or sparse, as an array."""
    try:
        return np.asarray(raw.toarray() if hasattr(raw, "toarray") else raw, dtype=kind)
    except (TypeError, ValueError):
        raise PatternError(
            f"{owner}: the pattern forms no array of numbers; give (N,) or rows of equal length."
        ) from None


def _all(owner: str, field: str, items: Any) -> tuple[Any, ...]:
    try:
        return tuple(items)
    except TypeError:
        raise TrialError(f"{owner}: {field} is {items!r}; give a list, e.g. [...].") from None


def _check_times(owner: str, start: float, stop: float | None) -> None:
    checks.real(owner, "start", start, low=0.0)
    if stop is not None and not start < checks.real(owner, "stop", stop):
        raise TrialError(f"{owner}: stop {stop:g} ms is not after start {start:g} ms.")
