"""The field of a network: what its links, cues and noise bring to its units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attractors.circuit import Link
from attractors.synapses.blockwise import blockwise

HALF = 0.5 - 1e-9


@dataclass
class Field:
    """Excitation and diversions of one network, (B, N) each.

    With e the excitation and d the diversions of one mode: e⁺/(1+d), then −d, then veto.
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
            field = np.maximum(field, 0.0) / (1.0 + self.divisive[:, units])
        if self.subtractive is not None:
            field = field - self.subtractive[:, units]
        if self.veto is not None:
            field = np.where(self.veto[:, units] >= HALF, -np.inf, field)
        return field


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
    """

    def __init__(self, link: Link, blocks: int | None = None, count: str = "sum") -> None:
        self.link = link
        self._field = blockwise(link.synapses, blocks, count, recurrent=link.kind == "recurrent")
        self._bias = link.synapses.bias

    def drive(self, states: NDArray[Any]) -> NDArray[Any]:
        """Return what source states (B, n_pre) bring to the target, (B, n_post)."""
        raw = self._field(states)
        if self._bias is not None:
            raw = raw + self._bias
        # a factor like 1/k is scaled in double precision: m/k must not depend on the link
        scaled: NDArray[Any] = np.multiply(raw, self.link.factor, dtype=np.float64)
        return scaled

    def columns(self) -> NDArray[Any]:
        """Return the scaled weights as (n_pre, n_post), for updates of one unit at a time."""
        weights = self.link.synapses.toarray()
        scaled: NDArray[Any] = np.multiply(weights.T, self.link.factor, dtype=np.float64, order="C")
        return scaled

    def events(self, states: NDArray[Any]) -> NDArray[np.int64]:
        """Return the synaptic events (B,) that source states cause: active units × fan-out."""
        return self.link.synapses.events(states)
