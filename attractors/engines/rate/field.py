"""The field of a network: what its links, cues and noise bring to its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.synapses.blockwise import blockwise

HALF = 0.5 - 1e-9
# times that all columns may be read one by one: measured at 10,000 units in single precision,
# one takes 0.12 ms, and all of them at once 1.8 s
PATIENCE = 1.5


@dataclass
class Field:
    """Excitation and diversions of one network, (B, N) each.

    With e the excitation and d the diversions of one mode: e⁺/(1+d) where e is above 0, then −d,
    then veto.
    """

    excitation: NDArray[Any]
    divisive: NDArray[Any] | None = None
    subtractive: NDArray[Any] | None = None
    veto: NDArray[Any] | None = None

    def add(self, kind: str, drive: NDArray[Any]) -> None:
        """Add what one link brings."""
        if kind in ("recurrent", "association"):
            self.excitation += drive
        else:
            before = getattr(self, kind)
            setattr(self, kind, drive if before is None else before + drive)

    def total(self, units: slice | NDArray[np.int64] = slice(None)) -> NDArray[Any]:
        """Return the field of the units; that of vetoed units is minus infinity."""
        field = self.excitation[:, units]
        if self.divisive is not None:
            # what is below 0 already is left alone: a diversion never lifts a field
            field = field / (1.0 + np.where(field > 0.0, self.divisive[:, units], 0.0))
        if self.subtractive is not None:
            field = field - self.subtractive[:, units]
        if self.veto is not None:
            field = np.where(self.veto[:, units] >= HALF, -np.inf, field)
        return field


class Columns:
    """Scaled weights that leave one unit or a few, as rows ``[pre, post]`` in double precision.

    They are made when they are asked for: a state near a fixed point asks for few. Once they
    have taken as long as making all of them at once would have, that is done.

    Parameters
    ----------
    weights : (n_post, n_pre)
        Raw weights.
    factor : float
        What they are multiplied by.
    """

    def __init__(self, weights: NDArray[Any], factor: float) -> None:
        self._weights, self._factor = weights.T, factor
        self._whole: NDArray[Any] | None = None
        self._left = PATIENCE * len(self._weights)

    def __getitem__(self, units: Any) -> NDArray[Any]:
        """Return the weights that leave a unit, (n_post,), or each of some units, (U, n_post)."""
        if self._whole is None and self._left <= 0:
            self._whole = self._scaled(slice(None))
        if self._whole is not None:
            return np.asarray(self._whole[units])
        self._left -= np.size(units)
        return self._scaled(units)

    def _scaled(self, units: Any) -> NDArray[Any]:
        rows = self._weights[units]
        scaled: NDArray[Any] = np.multiply(rows, self._factor, dtype=np.float64, order="C")
        return scaled


class Operator:
    """A link as it acts on states: its synapses, scaled.

    Parameters
    ----------
    link : Link
        Raw weights and their factor.
    blocks : int, optional
        Number of blocks of the source.
    count : {"sum", "max"}
        How the target counts a block of its source.

    Attributes
    ----------
    whole : bool
        Whether the source has no blocks.
    """

    def __init__(self, link: Link, blocks: int | None = None, count: str = "sum") -> None:
        self.link, self.whole = link, blocks is None
        self._field = blockwise(link.synapses, blocks, count, recurrent=link.kind == "recurrent")
        self._bias = link.synapses.bias

    def raw(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return what source states (B, n_pre) bring to the target before it is scaled."""
        raw = self._field(states)
        return raw if self._bias is None else raw + self._bias

    def drive(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return what source states (B, n_pre) bring to the target, (B, n_post)."""
        # a factor like 1/k is scaled in double precision: m/k must not depend on the link
        scaled: NDArray[Any] = np.multiply(self.raw(states), self.link.factor, dtype=np.float64)
        return scaled

    def columns(self) -> Columns:
        """Return the scaled weights as (n_pre, n_post), for updates of one unit at a time."""
        return Columns(self.link.synapses.toarray(), self.link.factor)

    def events(self, states: NDArray[Any]) -> NDArray[np.int64]:
        """Return the synaptic events (B,) that source states cause: active units × fan-out."""
        return self.link.synapses.events(states)
