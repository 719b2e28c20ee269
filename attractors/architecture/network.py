"""One node of the graph."""

from __future__ import annotations

from dataclasses import dataclass

from attractors import checks
from attractors.dynamics import Alphabet, Dynamics
from attractors.errors import ArchitectureError, ParameterError
from attractors.rules import Fixed, Rule
from attractors.synapses import form_for


@dataclass(frozen=True)
class AttractorNetwork:
    """A network of units with one dynamics and, if it has a rule, a recurrent memory.

    Parameters
    ----------
    name : str
        Letters, digits, ``_`` and ``-``; ``/`` is kept for nested architectures.
    units : int
        Number of units N.
    dynamics : Dynamics
        How the units update.
    rule : Rule, optional
        How stored patterns become recurrent synapses; ``None`` for no recurrent memory.
    gain : float
        Gain of the recurrence, at least 0.
    synapses : str, optional
        Form that holds the recurrent weights, e.g. ``"packed"``; by default chosen by rule and
        size, see :meth:`attractors.Circuit.describe`.
    self_coupling : bool
        Whether a unit has a synapse onto itself.

    Raises
    ------
    ArchitectureError, ParameterError
        If a value is not allowed.
    UnsupportedError
        If the form cannot hold what the rule makes.

    Examples
    --------
    >>> from attractors import KWinners, Willshaw
    >>> AttractorNetwork("word", 500, KWinners(10), Willshaw()).activity
    0.02
    """

    name: str
    units: int
    dynamics: Dynamics
    rule: Rule | None = None
    gain: float = 1.0
    synapses: str | None = None
    self_coupling: bool = False

    def __post_init__(self) -> None:
        checks.name("AttractorNetwork", self.name)
        owner = f"network {self.name!r}"
        object.__setattr__(self, "units", checks.whole(owner, "units", self.units))
        object.__setattr__(self, "gain", checks.real(owner, "gain", self.gain, low=0.0))
        if not isinstance(self.dynamics, Dynamics):
            raise ParameterError(
                f"{owner}: dynamics is {self.dynamics!r}; give an instance, e.g. KWinners(20)."
            )
        self._check_rule(owner)
        self._check_synapses(owner)
        try:
            self.dynamics.activity(self.units)
        except ParameterError as error:
            raise ParameterError(f"{owner}: {error}") from None

    def _check_rule(self, owner: str) -> None:
        if self.rule is None:
            return
        if not isinstance(self.rule, Rule):
            raise ParameterError(
                f"{owner}: rule is {self.rule!r}; give an instance, e.g. Willshaw(), or None."
            )
        if self.rule.values not in (None, "any", self.values):
            raise ArchitectureError(
                f"{owner}: {type(self.rule).__name__} stores {self.rule.values} patterns, "
                f"{type(self.dynamics).__name__} units take {self.values}; change one of them."
            )
        if isinstance(self.rule, Fixed) and self.rule.weights.shape != (self.units, self.units):
            raise ArchitectureError(
                f"{owner}: Fixed weights of shape {self.rule.weights.shape} "
                f"must be ({self.units}, {self.units})."
            )

    def _check_synapses(self, owner: str) -> None:
        if self.rule is not None:
            form_for(self.rule, (self.units, self.units), self.synapses, owner)
        elif self.synapses is not None or self.self_coupling:
            raise ArchitectureError(
                f"{owner}: synapses and self_coupling belong to a recurrent memory, but rule is "
                "None; give a rule, e.g. Willshaw(), or leave them out."
            )

    @property
    def values(self) -> Alphabet:
        """Values of the patterns that the network stores."""
        return self.dynamics.values

    @property
    def activity(self) -> float | None:
        """Nominal fraction of active units, ``None`` where the dynamics prescribes none."""
        return self.dynamics.activity(self.units)
