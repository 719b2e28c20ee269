"""What is expected of a network and of an edge in spikes, and the fields of stored patterns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from attractors.circuit import Circuit, Link
from attractors.dynamics import Blocks
from attractors.synapses.blockwise import between_blocks

# stored patterns that fields are measured with
PATTERNS = 64
NAN = float("nan")


@dataclass(frozen=True)
class ExpectedNetwork:
    """What one network is expected to do; rates in Hz, all else in mV unless it says otherwise.

    Attributes
    ----------
    network, preset : str
        Qualified name, and the preset of its units.
    units : int
        N.
    on_rate : float
        Rate of the on-state s = 1.
    field_scale : float
        Drive V of a field of 1.
    threshold : float
        Drive above rest from which a unit fires (its rheobase).
    drive_on, inhibition_on : float
        Drive above rest of an active unit in the on-state, inhibition taken off, and that
        inhibition.
    rate_on, rate_off, rate_rest : float
        Of active and inactive units in the on-state, and of all units without any input.
    noise, crosstalk_on, crosstalk_off : float
        Standard deviations: of the potential of an active unit, and of the drive of active and
        inactive units from unit to unit of the stored patterns.
    noise_field : float
        The noise in units of the field.
    """

    network: str
    preset: str
    units: int
    on_rate: float = NAN
    field_scale: float = NAN
    threshold: float = NAN
    drive_on: float = NAN
    inhibition_on: float = NAN
    rate_on: float = NAN
    rate_off: float = NAN
    rate_rest: float = NAN
    noise: float = NAN
    noise_field: float = NAN
    crosstalk_on: float = NAN
    crosstalk_off: float = NAN


@dataclass(frozen=True)
class ExpectedEdge:
    """What a spike through the synapses of an edge does, one row a receptor.

    Attributes
    ----------
    edge, kind, receptor : str
        Name, what the synapses do, and the variable of the target that a spike adds to.
    synapses : int
        Their number; of an edge that learns about those that may, also where it is empty.
    mean, largest : float
        Strength of a spike, by absolute value, in ``unit``; the largest of an edge that learns is
        the one that its rule allows.
    unit : str
        ``"mV"``, ``"nS"`` or ``"1"``.
    psp_mean, psp_largest : float
        Peak in mV of the potential of a resting target after one spike.
    delay : str
        In ms.
    short_term : str
        Facilitation and depression, or nothing.
    plasticity : str
        How the synapses learn, or nothing.
    """

    edge: str
    kind: str
    receptor: str
    synapses: int
    mean: float
    largest: float
    unit: str
    psp_mean: float
    psp_largest: float
    delay: str
    short_term: str = ""
    plasticity: str = ""


@dataclass(frozen=True)
class Fields:
    """Fields of a network's recurrence in its stored patterns.

    Attributes
    ----------
    patterns : int
        Stored in all; at most 64 are measured.
    active : float
        Mean number of active units.
    on, off : (S,) float
        Field of active and of inactive units of the measured patterns, in units of the field.
    lowest_on, highest_off : (P,) float
        By pattern.
    squares : float
        Mean over active units of the sum of the squared weights from active units.
    """

    patterns: int
    active: float
    on: NDArray[np.float64]
    off: NDArray[np.float64]
    lowest_on: NDArray[np.float64]
    highest_off: NDArray[np.float64]
    squares: float


def recurrence(circuit: Circuit, network: str) -> Link | None:
    """Return the recurrent synapses of a network if they can have an effect."""
    for link in circuit.links:
        if link.kind == "recurrent" and link.target == network and link.factor != 0:
            return link
    return None


def stored_fields(circuit: Circuit, network: str) -> Fields | None:
    """Return the fields that stored patterns bring about, ``None`` without memory or patterns."""
    link, stored = recurrence(circuit, network), circuit.patterns(network)
    if link is None or stored.shape[0] == 0:
        return None
    some = stored[:PATTERNS]
    states = np.asarray(some.toarray() if sparse.issparse(some) else some, float).T
    weights = scaled(circuit, link)
    fields, active = np.asarray(weights @ states), states > 0
    squares = np.asarray(weights.power(2) @ states)
    bias = link.synapses.bias
    if bias is not None:
        fields = fields + link.factor * np.asarray(bias)[:, None]
    return Fields(
        int(stored.shape[0]),
        float(active.sum(axis=0).mean()),
        fields[active],
        fields[~active],
        np.where(active, fields, np.inf).min(axis=0),
        np.where(active, -np.inf, fields).max(axis=0),
        float(squares[active].mean()) if active.any() else 0.0,
    )


def scaled(circuit: Circuit, link: Link) -> sparse.csr_array:
    """Return the weights of a link in units of the field, (post, pre), as engines use them."""
    triples = link.synapses.triples()
    dynamics = circuit.architecture.nodes[link.target].dynamics
    if link.kind == "recurrent" and isinstance(dynamics, Blocks):
        triples = between_blocks(triples, link.synapses.shape[0] // dynamics.blocks)
    post, pre, weights = triples
    values = np.asarray(weights, float) * link.factor
    return sparse.csr_array((values, (post, pre)), shape=link.synapses.shape)
