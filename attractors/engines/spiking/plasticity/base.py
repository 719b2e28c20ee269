"""Base of the rules of plasticity: what a spike at either end does to a synapse."""

from __future__ import annotations

import abc
from dataclasses import dataclass, fields

from attractors import checks
from attractors.errors import ParameterError


@dataclass(frozen=True, kw_only=True)
class Plasticity(abc.ABC):
    """What the rules of plasticity have in common.

    A synapse has a raw weight w, from 0 to the maximum, and two traces. That of its source, x,
    jumps when a spike arrives at the synapse; that of its target, y, when the target spikes.
    Between spikes both decay with time constants of their own. All of it happens at events.

    Parameters
    ----------
    maximum : float
        Largest raw weight, in the units of the edge's rule: 1 is a synapse of Willshaw that is on.
    candidates : float
        Fraction, 0 to 1, of the pairs of units without a stored synapse that may grow one. Those
        that are stored learn in any case.
    """

    maximum: float = 1.0
    candidates: float = 1.0

    def __post_init__(self) -> None:
        for entry in fields(self):
            if entry.type == "float":
                above = entry.name.startswith("tau") or entry.name == "maximum"
                value = getattr(self, entry.name)
                checks.real(type(self).__name__, entry.name, value, low=0.0, open=above)
        self._check_share("candidates")

    def _check_share(self, field: str) -> None:
        value = getattr(self, field)
        if value > 1.0:
            raise ParameterError(f"{type(self).__name__}: {field} is {value!r}; it must be 0 to 1.")

    @property
    @abc.abstractmethod
    def taus(self) -> tuple[float, float]:
        """Time constants of x and y in ms."""

    @abc.abstractmethod
    def jumps(self, source: float, target: float) -> tuple[float, float]:
        """Return what a spike adds to x and y; on-rates of source and target in Hz."""

    @property
    @abc.abstractmethod
    def on_pre(self) -> str:
        """Change of w when a spike arrives, before x jumps; ``top`` is the maximum."""

    @property
    @abc.abstractmethod
    def on_post(self) -> str:
        """Change of w when the target spikes, before y jumps."""

    @property
    @abc.abstractmethod
    def constants(self) -> dict[str, float]:
        """Numbers in the two changes, by name."""
