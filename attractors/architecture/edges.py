"""Directed edges between networks: association and diversion."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import ClassVar

from attractors import checks
from attractors.errors import ArchitectureError, ParameterError
from attractors.rules import Fixed, Rule

MODES = ("subtractive", "divisive", "veto")


@dataclass(frozen=True)
class Edge(abc.ABC):
    """Base of both kinds of edges.

    Parameters
    ----------
    source, target : str
        Qualified names of the networks, e.g. ``"cortex/word"``.
    rule : Rule, optional
        How stored pairs become synapses; by default ``Hebbian()`` between ±1 networks and
        ``Willshaw()`` between 0/1 networks.
    gain : float
        At least 0. The sign belongs to the kind of edge.
    delay : float
        In ms. Edges read their source ``max(delay, step)`` ago.
    name : str, optional
        By default made of the ends; needed to tell apart two edges between the same ends.
    synapses : str, optional
        Form that holds the weights, e.g. ``"sparse"``; by default chosen by rule and size.
    fade : float
        Time constant in ms of the exponentially fading trace of its source that the edge reads,
        as slow synapses do; 0 reads the source as it is.
    """

    source: str
    target: str
    rule: Rule | None = None
    gain: float = 1.0
    delay: float = 0.0
    name: str | None = None
    synapses: str | None = None
    fade: float = 0.0
    arrow: ClassVar[str]

    def __post_init__(self) -> None:
        owner = f"{type(self).__name__} {self.source!r} to {self.target!r}"
        for end in (self.source, self.target):
            for part in str(end).split("/"):
                checks.name(owner, part)
        if self.rule is not None and not isinstance(self.rule, Rule):
            raise ParameterError(
                f"{owner}: rule is {self.rule!r}; give an instance, e.g. Willshaw(), or None."
            )
        if self.name is not None and (not self.name or "/" in self.name):
            raise ArchitectureError(f"{owner}: {self.name!r} is no name; leave out '/'.")
        object.__setattr__(self, "gain", checks.real(owner, "gain", self.gain, low=0.0))
        object.__setattr__(self, "delay", checks.real(owner, "delay", self.delay, low=0.0))
        object.__setattr__(self, "fade", checks.real(owner, "fade", self.fade, low=0.0))

    @property
    def label(self) -> str:
        """The edge's own name, or one made of its ends."""
        return self.name or f"{self.source}{self.arrow}{self.target}"


@dataclass(frozen=True)
class Association(Edge):
    """Excitatory edge: when the source is in x, push the target towards y.

    Examples
    --------
    >>> Association("image", "word").label
    'image->word'
    """

    arrow: ClassVar[str] = "->"


@dataclass(frozen=True)
class Diversion(Edge):
    """Inhibitory edge: when the source is in x, push the target away from y.

    With e the excitation of a target unit and d what the diversions of one mode bring it,
    modes apply in the order ``"divisive"``: e⁺/(1+d), ``"subtractive"``: −d, ``"veto"``: the
    unit is inactive while d ≥ ½.

    Parameters
    ----------
    mode : {"subtractive", "divisive", "veto"}
        How the diversion acts.

    Notes
    -----
    Weights are at least 0: rules that make signed weights are refused.

    Examples
    --------
    >>> Diversion("context", "word", mode="veto").label
    'context-|word'
    """

    mode: str = "subtractive"
    arrow: ClassVar[str] = "-|"

    def __post_init__(self) -> None:
        super().__post_init__()
        owner = f"Diversion {self.label!r}"
        checks.choice(owner, "mode", self.mode, MODES)
        if self.rule is not None and self.rule.signed:
            what = "has negative weights" if isinstance(self.rule, Fixed) else "is signed"
            raise ArchitectureError(
                f"{owner}: {type(self.rule).__name__} {what}; a diversion needs weights of at "
                "least 0, e.g. Willshaw()."
            )
