"""A link: one set of synapses as engines see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attractors.synapses import Synapses

LinkKind = Literal["recurrent", "association", "subtractive", "divisive", "veto"]


@dataclass(frozen=True)
class Link:
    """One set of synapses as engines see it.

    Attributes
    ----------
    name : str
        Qualified name of the edge, or of the network for its recurrence.
    source, target : str
        Qualified names of the networks.
    kind : {"recurrent", "association", "subtractive", "divisive", "veto"}
        What the synapses do.
    synapses : Synapses
        Raw weights.
    factor : float
        Factor from raw weights to the field, gain included.
    delay : float
        In ms.
    fade : float
        Time constant in ms of the trace of the source that is read; 0 for the source itself.
    """

    name: str
    source: str
    target: str
    kind: LinkKind
    synapses: Synapses
    factor: float
    delay: float
    fade: float = 0.0
