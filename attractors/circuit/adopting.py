"""A circuit whose synapses are those that a run with plasticity left behind."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from attractors.architecture.swap import with_rules
from attractors.errors import ArchitectureError, ParameterError, UnsupportedError
from attractors.rules import Fixed
from attractors.synapses import synapses_for

if TYPE_CHECKING:
    from attractors.circuit.circuit import Circuit


class Learned(Protocol):
    """What a recording says of the weights that were learned while it was made."""

    @property
    def networks(self) -> list[str]:
        """Qualified names of the networks."""

    @property
    def plastic(self) -> list[str]:
        """Names of the edges, and networks for their recurrence, whose weights it holds."""

    def weights(self, edge: str) -> Any:
        """Return raw weights (trial, post, pre)."""


def adopted(circuit: Circuit, recording: Learned, trial: int) -> Circuit:
    """Return a circuit with the weights of one trial; see Circuit.adopt."""
    _require_same(circuit, recording)
    rules = {}
    for name in recording.plastic:
        weights = recording.weights(name)
        if not 0 <= trial < len(weights):
            raise ParameterError(
                f"adopt: trial is {trial!r}; the recording has trials 0 to {len(weights) - 1}."
            )
        rules[name] = Fixed(np.asarray(weights[trial], float), scale_of(circuit, name))
    # only what is replaced is not copied
    other = copy.deepcopy(circuit)
    other.architecture = with_rules(circuit.architecture, rules)
    for name, rule in rules.items():
        held = circuit.contents.synapses[name]
        other.contents.put(name, synapses_for(rule, held.shape, held.recurrent, name))
    # without what was stored before it the run would have made other weights
    other.contents.register.settle()
    return other


def scale_of(circuit: Circuit, name: str) -> float:
    """Return the factor from raw weights to the field at gain 1, also where nothing is stored.

    Parameters
    ----------
    circuit : Circuit
        What is there.
    name : str
        Qualified name of an edge, or of a network for its recurrence.

    Returns
    -------
    float
        0 where the rule has none before something is stored.
    """
    architecture = circuit.architecture
    part = architecture.nodes.get(name) or architecture.links[name]
    link = next(link for link in circuit.links if link.name == name)
    if link.factor != 0.0:
        return link.factor / part.gain
    level = circuit.activity(link.source)
    # units that store ±1 have no activity, and their rules do not ask for one
    if level == 0.0 and architecture.nodes[link.source].values == "01":
        return 0.0
    return float(link.synapses.scale(link.synapses.shape[1], level))


def _require_same(circuit: Circuit, recording: Learned) -> None:
    """Refuse a recording without weights, or one of another architecture.

    Raises
    ------
    UnsupportedError, ArchitectureError
        If it is one.
    """
    if not recording.plastic:
        raise UnsupportedError(
            "adopt: the recording has no learned weights; run units with "
            "transmission={edge: Transmission(plasticity=...)}."
        )
    held, networks = circuit.contents.synapses, list(circuit.architecture.nodes)
    shapes = {name: recording.weights(name).shape[1:] for name in recording.plastic}
    same = recording.networks == networks and all(
        name in held and held[name].shape == shape for name, shape in shapes.items()
    )
    if not same:
        raise ArchitectureError(
            f"adopt: the recording is of another architecture, with networks {recording.networks} "
            f"and weights {shapes}; this one has {networks}."
        )
