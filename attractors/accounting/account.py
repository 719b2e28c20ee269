"""What a memory holds and what that costs: the one account of demo, studies and bench."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from attractors import checks
from attractors.accounting.energy import CORTEX, SILICON, Energies
from attractors.accounting.outcome import Outcome
from attractors.circuit import Circuit, Link
from attractors.recording import Recording

WHOLE_TYPES = (np.bool_, np.int8, np.int16, np.int32)
WHOLE_FORMS = ("packed", "int8", "int16")


@dataclass(frozen=True)
class Holding:
    """What holds the memory.

    Attributes
    ----------
    units : int
        Units of all networks that synapses lead to.
    synapses, synapses_used : int
        Synapses that could be there, and those that are not 0.
    bytes : int
        Bytes of the weights; patterns that are kept for comparison are no part of the memory.
    whole : bool
        Whether all weights are whole numbers, so that adding them up needs no floating point.
    """

    units: int
    synapses: int
    synapses_used: int
    bytes: int
    whole: bool = False

    @classmethod
    def of(cls, circuit: Circuit) -> Holding:
        """Return what a circuit holds its memory in."""
        links = circuit.links
        nodes = circuit.architecture.nodes
        return cls(
            units=sum(nodes[name].units for name in {link.target for link in links}),
            synapses=sum(link.synapses.possible for link in links),
            synapses_used=sum(link.synapses.count for link in links),
            bytes=sum(link.synapses.nbytes for link in links),
            whole=all(_whole(link) for link in links),
        )


@dataclass(frozen=True)
class Work:
    """What one recall does, on average.

    Attributes
    ----------
    events, dense_events : float
        Synaptic events, and what they would be if all units were joined and active.
    bytes_read : float
        Bytes of weights that are touched. Recalls in a batch may share one reading of them.
    """

    events: float
    bytes_read: float
    dense_events: float = float("nan")

    @classmethod
    def of(cls, recording: Recording) -> Work:
        """Return the mean work of the trials of a recording."""
        names = ("synaptic_events", "bytes_read", "dense_events")
        return cls(*(float(recording.dataset[name].mean()) for name in names))


@dataclass(frozen=True)
class Account:
    """A memory's yield and price: per unit, per synapse and byte, per operation.

    Attributes
    ----------
    patterns : float
        Number of stored patterns or pairs.
    outcome : Outcome
        Bits of one recall.
    holding : Holding
        What the memory is held in.
    work : Work
        What one recall does.
    """

    patterns: float
    outcome: Outcome
    holding: Holding
    work: Work

    @property
    def bits(self) -> float:
        """Bits that can be recalled of all stored patterns."""
        return self.patterns * self.outcome.bits

    @property
    def bits_gained(self) -> float:
        """Bits that can be recalled beyond those that the cues bring."""
        return self.patterns * self.outcome.gained

    @property
    def bits_per_synapse(self) -> float:
        """Recalled bits by synapse that could be there."""
        return _ratio(self.bits, self.holding.synapses)

    @property
    def bits_per_used_synapse(self) -> float:
        """Recalled bits by synapse that is not 0."""
        return _ratio(self.bits, self.holding.synapses_used)

    @property
    def bits_per_byte(self) -> float:
        """Recalled bits by byte that the weights take."""
        return _ratio(self.bits, self.holding.bytes)

    def energy(self, energies: Energies = SILICON) -> float:
        """Return an estimate of the energy of one recall, in joules."""
        work, holding = self.work, self.holding
        return energies.recall(work.events, work.bytes_read, holding.bytes, holding.whole)

    def row(self) -> dict[str, Any]:
        """Return all numbers under the names that tables use.

        ``joules_per_recall`` and ``joules_in_cortex`` are estimates with the energies of
        :data:`SILICON` and :data:`CORTEX`; ``patterns_per_event`` is patterns by synaptic event
        of a recall.
        """
        holding, work = self.holding, self.work
        return {
            "synapses": holding.synapses,
            "synapses_used": holding.synapses_used,
            "bytes": holding.bytes,
            "patterns_per_unit": _ratio(self.patterns, holding.units),
            "patterns_per_synapse": _ratio(self.patterns, holding.synapses),
            "patterns_per_byte": _ratio(self.patterns, holding.bytes),
            "patterns_per_event": _ratio(self.patterns, work.events),
            "events_per_recall": work.events,
            "dense_events_per_recall": work.dense_events,
            "bytes_read": work.bytes_read,
            "bits": self.bits,
            "bits_gained": self.bits_gained,
            "bits_per_synapse": self.bits_per_synapse,
            "bits_per_used_synapse": self.bits_per_used_synapse,
            "bits_per_byte": self.bits_per_byte,
            "joules_per_recall": self.energy(),
            "joules_in_cortex": self.energy(CORTEX),
        }


def account(
    circuit: Circuit | Holding, work: Recording | Work, outcome: Outcome, patterns: float
) -> Account:
    """Return what a memory holds and what that costs.

    Parameters
    ----------
    circuit : Circuit or Holding
        What holds the memory, or the numbers of it.
    work : Recording or Work
        Recalls of it, one a trial, or the numbers of one.
    outcome : Outcome
        Bits of one recall, from :func:`outcome` or :func:`named`.
    patterns : float
        Number of stored patterns, of which the recalls are a fair sample.

    Raises
    ------
    ParameterError
        If the number of patterns is negative.

    Examples
    --------
    >>> held = Holding(units=1000, synapses=10**6, synapses_used=4 * 10**5, bytes=125_000)
    >>> work = Work(events=4000.0, bytes_read=1250.0)
    >>> found = account(held, work, Outcome(bits=80.0), patterns=4800)
    >>> found.bits_per_synapse, found.bits_per_used_synapse
    (0.384, 0.96)
    """
    return Account(
        checks.real("account", "patterns", patterns, low=0.0),
        outcome,
        circuit if isinstance(circuit, Holding) else Holding.of(circuit),
        work if isinstance(work, Work) else Work.of(work),
    )


def _whole(link: Link) -> bool:
    return link.synapses.form in WHOLE_FORMS or link.synapses.rule.dtype in WHOLE_TYPES


def _ratio(amount: float, size: float) -> float:
    return amount / size if size else float("nan")
